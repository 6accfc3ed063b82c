"""Units as laboratories write them, brought to UCUM, and values brought to the content's canonical unit.

What is not known is said (`None`), never guessed. UCUM: https://ucum.org/ucum
"""

import re
from collections.abc import Mapping
from typing import Protocol

_SPELLINGS: dict[str, tuple[str, ...]] = {
    "%": ("percent", "pct"),
    "1": ("{inr}", "inr", "{ratio}", "ratio", "{index}"),
    "mg/dL": ("mg%", "mg/100ml"),
    "g/dL": ("gm/dl", "g%", "g/100ml"),
    "g/L": (),
    "mg/L": (),
    "ug/dL": (),
    "ug/L": (),
    "ug/mL": (),
    "ng/dL": (),
    "ng/mL": (),
    "ng/L": (),
    "pg/mL": (),
    "pg": ("pg/cell",),
    "fL": ("um3", "cubicmicrons"),
    "mol/L": (),
    "mmol/L": (),
    "umol/L": (),
    "nmol/L": (),
    "pmol/L": (),
    "mmol/mol": ("mmol/mol{hb}",),
    "meq/L": (),
    "U/L": ("iu/l", "[iu]/l", "units/l"),
    "m[IU]/L": ("miu/l", "mu/l"),
    "u[IU]/mL": ("uiu/ml", "uu/ml"),
    "m[IU]/mL": ("miu/ml",),
    "mg/g": ("mg/g{creat}", "mg/gcreat", "mg/g{cre}", "mg/gcreatinine", "mg/gcrea"),
    "ug/mg": ("ug/mg{creat}", "ug/mgcreat"),
    "mg/mmol": ("mg/mmol{creat}", "mg/mmolcreat"),
    "10*3/uL": (
        "x10*3/ul", "x10e3/ul", "10e3/ul", "k/ul", "thou/ul", "thou/mm3", "k/mm3", "k/cumm", "x1000/ul", "10*3/mm3",
    ),
    "10*9/L": ("x10*9/l", "x10e9/l", "10e9/l"),
    "10*6/uL": ("x10*6/ul", "x10e6/ul", "10e6/ul", "m/ul", "mil/ul", "million/ul", "10*6/mm3"),
    "10*12/L": ("x10*12/l", "x10e12/l", "10e12/l"),
    "mL/min": (),
    "mL/min/{1.73_m2}": (
        "ml/min/1.73m2", "ml/min/1.73", "ml/min/{1.73m2}", "ml/min/1.73sqm", "ml/min/bsa", "ml/min/1.73{m2}",
        "ml/min/1.73_m2", "ml/min/1.73m*2",
    ),
    "mm/h": ("mm/hr", "mm/hour"),
    "mm[Hg]": ("mmhg",),
    "kg": (),
    "cm": (),
    "kg/m2": ("kg/m*2",),
    "/min": ("{beats}/min", "bpm", "beats/min", "{breaths}/min", "breaths/min"),
    "Cel": ("degc", "°c"),
    "[degF]": ("degf", "°f"),
}  # fmt: skip

# Exact arithmetic that holds for every substance: unit -> (what it measures, how many base units it is).
_SIZES: dict[str, tuple[str, float]] = {
    "g/L": ("mass", 1), "g/dL": ("mass", 10), "mg/dL": ("mass", 1e-2), "mg/L": ("mass", 1e-3), "ug/mL": ("mass", 1e-3),
    "ug/dL": ("mass", 1e-5), "ug/L": ("mass", 1e-6), "ng/mL": ("mass", 1e-6), "ng/dL": ("mass", 1e-8),
    "ng/L": ("mass", 1e-9), "pg/mL": ("mass", 1e-9),
    "mol/L": ("amount", 1), "mmol/L": ("amount", 1e-3), "umol/L": ("amount", 1e-6), "nmol/L": ("amount", 1e-9),
    "pmol/L": ("amount", 1e-12),
    "10*3/uL": ("count", 1e9), "10*9/L": ("count", 1e9), "10*6/uL": ("count", 1e12), "10*12/L": ("count", 1e12),
    "m[IU]/L": ("activity", 1), "u[IU]/mL": ("activity", 1), "mg/g": ("fraction", 1), "ug/mg": ("fraction", 1),
}  # fmt: skip

# "G/L" is giga (10*9) per litre in some countries and a shouted gram per litre in others.
_AMBIGUOUS = frozenset({"G/L", "G/l"})
_SAME_SIGNS = str.maketrans({"µ": "u", "μ": "u", "²": "2", "³": "3", "×": "x", "^": "*"})
_TIDY = ((re.compile(r"\s+"), ""), (re.compile(r"mcg"), "ug"))


def _key(unit: str) -> str:
    found = unit.translate(_SAME_SIGNS).casefold()
    for pattern, better in _TIDY:
        found = pattern.sub(better, found)
    return found


_KNOWN = {_key(each): ucum for ucum, others in _SPELLINGS.items() for each in (ucum, *others)}


class Conversion(Protocol):
    """canonical = value * factor + offset"""

    @property
    def factor(self) -> float: ...

    @property
    def offset(self) -> float: ...


class Measured(Protocol):
    """What the content says of a test's units."""

    @property
    def unit(self) -> str: ...

    @property
    def units(self) -> Mapping[str, Conversion]: ...


def normalise(unit: str) -> str | None:
    """The UCUM code of a unit as written; None for one that is not known. No unit at all is `""`."""
    written = unit.strip()
    if not written:
        return ""
    return None if written in _AMBIGUOUS else _KNOWN.get(_key(written))


def same(first: str, second: str) -> bool:
    """Whether two spellings name one unit. Unknown ones must be written alike."""
    left, right = normalise(first), normalise(second)
    return left == right if left is not None and right is not None else first.strip() == second.strip()


def to_canonical(value: float, unit: str, facts: Measured) -> float | None:
    """`value` in the content's unit; None where the unit is missing or unknown."""
    scale = scaling(unit, facts)
    return None if scale is None else value * scale[0] + scale[1]


def scaling(unit: str, facts: Measured) -> tuple[float, float] | None:
    """Factor and offset from `unit` to the content's unit: same unit, then the content's table, then arithmetic."""
    if same(unit, facts.unit) or (not unit.strip() and normalise(facts.unit) == "1"):
        return 1.0, 0.0
    for written, conversion in facts.units.items():
        if unit.strip() and same(unit, written):
            return conversion.factor, conversion.offset
    return _arithmetic(unit, facts.unit)


def _arithmetic(unit: str, wanted: str) -> tuple[float, float] | None:
    source, goal = (_SIZES.get(normalise(each) or "") for each in (unit, wanted))
    if source is None or goal is None or source[0] != goal[0]:
        return None
    return source[1] / goal[1], 0.0
