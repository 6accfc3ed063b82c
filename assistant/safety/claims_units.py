"""Units that may be swapped for one another in an explanation, with the factors that do it."""

# Unit as written (lower case): its dimension and its size in the dimension's base unit.
UNITS: dict[str, tuple[str, float]] = {
    **dict.fromkeys(("minute", "minutes", "min", "minuto", "minutos"), ("time", 1 / 60)),
    **dict.fromkeys(("hour", "hours", "hora", "horas"), ("time", 1.0)),
    **dict.fromkeys(("day", "days", "night", "nights", "día", "días"), ("time", 24.0)),
    **dict.fromkeys(("week", "weeks", "semana", "semanas"), ("time", 168.0)),
    **dict.fromkeys(("month", "months", "mes", "meses"), ("month", 1.0)),
    **dict.fromkeys(("year", "years", "año", "años"), ("month", 12.0)),
    **dict.fromkeys(("kg", "kilogram", "kilograms", "kilos"), ("mass", 1.0)),
    **dict.fromkeys(("lb", "lbs", "pound", "pounds", "libras"), ("mass", 0.45359237)),
    **dict.fromkeys(("stone",), ("mass", 6.35029)),
    **dict.fromkeys(("g", "gram", "grams"), ("mass", 1e-3)),
    **dict.fromkeys(("mg", "milligram", "milligrams", "miligramos"), ("mass", 1e-6)),
    **dict.fromkeys(("µg", "mcg", "microgram", "micrograms"), ("mass", 1e-9)),
    **dict.fromkeys(("cm", "centimeter", "centimeters", "centimetre", "centimetres"), ("length", 1.0)),
    **dict.fromkeys(("mm", "millimeter", "millimeters", "millimetre", "millimetres"), ("length", 0.1)),
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres"), ("length", 100.0)),
    **dict.fromkeys(("inch", "inches", "in."), ("length", 2.54)),
    **dict.fromkeys(("ft", "foot", "feet"), ("length", 30.48)),
    **dict.fromkeys(("µm", "micrometre", "micrometres", "micrometers"), ("length", 1e-4)),
    **dict.fromkeys(("km", "kilometer", "kilometers", "kilometre", "kilometres"), ("distance", 1.0)),
    **dict.fromkeys(("mile", "miles"), ("distance", 1.609344)),
    **dict.fromkeys(("ml", "milliliter", "milliliters", "millilitre", "millilitres"), ("volume", 1.0)),
    **dict.fromkeys(("l", "liter", "liters", "litre", "litres"), ("volume", 1000.0)),
    **dict.fromkeys(("mmhg", "mm hg"), ("pressure", 1.0)),
    **dict.fromkeys(("kpa",), ("pressure", 7.50062)),
    **dict.fromkeys(("kcal", "calories"), ("energy", 1.0)),
    **dict.fromkeys(("kj",), ("energy", 0.239006)),
    **dict.fromkeys(("°c", "degrees celsius"), ("celsius", 1.0)),
    **dict.fromkeys(("°f", "degrees fahrenheit"), ("fahrenheit", 1.0)),
    **dict.fromkeys(("%", "percent", "per cent", "por ciento"), ("percent", 1.0)),
    **dict.fromkeys(("mg/dl",), ("mass_concentration", 1.0)),
    **dict.fromkeys(("g/dl",), ("mass_concentration", 1000.0)),
    **dict.fromkeys(("g/l",), ("mass_concentration", 100.0)),
    **dict.fromkeys(("mg/l", "µg/ml"), ("mass_concentration", 0.1)),
    **dict.fromkeys(("µg/dl",), ("mass_concentration", 1e-3)),
    **dict.fromkeys(("ng/ml", "µg/l"), ("mass_concentration", 1e-4)),
    **dict.fromkeys(("pg/ml", "ng/l"), ("mass_concentration", 1e-7)),
    **dict.fromkeys(("mmol/l",), ("molar", 1.0)),
    **dict.fromkeys(("µmol/l",), ("molar", 1e-3)),
    **dict.fromkeys(("nmol/l",), ("molar", 1e-6)),
    **dict.fromkeys(("pmol/l",), ("molar", 1e-9)),
    **dict.fromkeys(("mmol/mol",), ("mmol/mol", 1.0)),
    **dict.fromkeys(("a.m.", "am"), ("am", 1.0)),
    **dict.fromkeys(("p.m.", "pm"), ("pm", 1.0)),
    **{u: (u, 1.0) for u in ("miu/l", "iu/l", "u/l", "iu", "meq/l", "ml/min/1.73 m²", "ml/min", "kg/m²", "mm/h")},
    "bpm": ("bpm", 1.0),
}  # fmt: skip
RATE_DAYS = {
    "hour": 1 / 24, "day": 1.0, "night": 1.0, "week": 7.0, "month": 365 / 12, "year": 365.0,
    "día": 1.0, "semana": 7.0, "mes": 365 / 12, "año": 365.0,
}  # fmt: skip

# mg/dL in one mmol/L: molar mass / 10 (PubChem, https://pubchem.ncbi.nlm.nih.gov; vitamin D: calcidiol).
_MG_DL_PER_MMOL_L = {
    "glucose": 18.016, "sugar": 18.016, "cholesterol": 38.67, "ldl": 38.67, "hdl": 38.67, "triglycerid": 88.57,
    "creatinine": 11.312, "uric acid": 16.811, "urate": 16.811, "calcium": 4.008, "magnesium": 2.4305,
    "phosph": 3.097, "bilirubin": 58.467, "vitamin d": 40.064, "iron": 5.5845, "urea nitrogen": 2.801, "bun": 2.801,
    "b12": 135.54, "folate": 44.14, "thyroxine": 77.687, "t4": 77.687, "cortisol": 36.246, "testosterone": 28.842,
}  # fmt: skip


def convertible(value: float, unit: str, wanted: str, context: str) -> float | None:
    """`value` in `wanted`, or None where there is no safe factor. `context` is text that names the analyte."""
    have, want = UNITS.get(unit), UNITS.get(wanted)
    if have is None or want is None:
        return None
    if have[0] == want[0]:
        return value * have[1] / want[1]
    match (have[0], want[0]):
        case ("celsius", "fahrenheit"):
            return value * 9 / 5 + 32
        case ("fahrenheit", "celsius"):
            return (value - 32) * 5 / 9
        case ("mass_concentration", "molar"):
            factor = _molar_factor(context)
            return value * have[1] / factor / want[1] if factor else None
        case ("molar", "mass_concentration"):
            factor = _molar_factor(context)
            return value * have[1] * factor / want[1] if factor else None
        case _:
            return _hba1c(value, have[0], want[0], context)


def _molar_factor(context: str) -> float | None:
    found = {factor for name, factor in _MG_DL_PER_MMOL_L.items() if name in context.lower()}
    return found.pop() if len(found) == 1 else None


def _hba1c(value: float, have: str, want: str, context: str) -> float | None:
    """NGSP % and IFCC mmol/mol (https://ngsp.org/ifccngsp.asp)."""
    if not {"hba1c", "a1c"}.intersection(context.lower().replace(",", " ").split()):
        return None
    if (have, want) == ("percent", "mmol/mol"):
        return (value - 2.152) / 0.09148
    return value * 0.09148 + 2.152 if (have, want) == ("mmol/mol", "percent") else None
