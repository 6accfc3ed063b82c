"""Words that a translation must not lose, by language, folded (lower case, no accents). For `guards` only."""

from collections.abc import Mapping

Table = Mapping[str, Mapping[str, str]]

_EN_NUMBERS = "one two three four five six seven eight nine ten eleven twelve"
_ES_NUMBERS = "uno dos tres cuatro cinco seis siete ocho nueve diez once doce"
# Without "neuf", which also means new.
_FR_NUMBERS = "un deux trois quatre cinq six sept huit - dix onze douze"
_PT_NUMBERS = "um dois tres quatro cinco seis sete oito nove dez onze doze"


def _counted(words: str) -> dict[str, str]:
    return {word: str(at) for at, word in enumerate(words.split(), start=1)}


NUMBER_WORDS: Table = {
    "en": {**_counted(_EN_NUMBERS), "twice": "2"},
    "es": {**_counted(_ES_NUMBERS), "una": "1", "un": "1"},
    "fr": {**_counted(_FR_NUMBERS), "une": "1"},
    "pt": {**_counted(_PT_NUMBERS), "uma": "1", "duas": "2"},
}

UNITS: Table = {
    "any": {
        "mg": "mg", "ml": "ml", "mcg": "mcg", "g": "g", "kg": "kg", "lb": "lb", "lbs": "lb", "%": "%", "mmol": "mmol",
        "dl": "dl", "iu": "iu", "ui": "iu", "мг": "mg", "мл": "ml", "кг": "kg", "г": "g",
    },
    "en": {
        "tablet": "tab", "tablets": "tab", "pill": "tab", "pills": "tab", "capsule": "cap", "capsules": "cap",
        "drop": "drop", "drops": "drop", "unit": "unit", "units": "unit", "minute": "min", "minutes": "min",
        "hour": "h", "hours": "h", "day": "d", "days": "d", "week": "w", "weeks": "w", "month": "m", "months": "m",
        "year": "y", "years": "y", "degree": "deg", "degrees": "deg",
    },
    "es": {
        "tableta": "tab", "tabletas": "tab", "pastilla": "tab", "pastillas": "tab", "capsula": "cap",
        "capsulas": "cap", "gota": "drop", "gotas": "drop", "unidad": "unit", "unidades": "unit", "minuto": "min",
        "minutos": "min", "hora": "h", "horas": "h", "dia": "d", "dias": "d", "semana": "w", "semanas": "w",
        "mes": "m", "meses": "m", "ano": "y", "anos": "y", "grado": "deg", "grados": "deg",
    },
}  # fmt: skip

NEGATIONS: Mapping[str, str] = {
    "en": r"\b(?:not|no|never|none|nothing|without|cannot|nobody|neither|nor|anymore|unable)\b|n't\b",
    "es": r"\b(?:no|nunca|nada|sin|nadie|ningun[oa]?|tampoco|ni|jamas)\b",
    "fr": r"\b(?:ne|pas|jamais|rien|sans|aucun|aucune|personne|ni|non)\b|\bn'",
    "pt": r"\b(?:nao|nunca|nada|sem|ninguem|nenhum|nenhuma|nem|jamais)\b",
    "ru": r"\b(?:не|нет|никогда|ничего|без|никто|ни|нельзя)\b",
}

NEGATES_FREELY = frozenset({"fr", "ru", "pt"})
"""Languages whose negative words often mean something else (French "ne … que", Russian "не менее")."""

DIRECTIONS: Table = {
    "en": {
        "left": "left", "right": "right", "before": "before", "after": "after", "increase": "more",
        "decrease": "less",
    },
    "es": {
        "izquierdo": "left", "izquierda": "left", "derecho": "right", "derecha": "right", "antes": "before",
        "despues": "after", "aumentar": "more", "disminuir": "less",
    },
}  # fmt: skip
"""Words with one clear counterpart; the rest (above, higher, worse) have several and would refuse good pairs."""

YES: Mapping[str, frozenset[str]] = {
    "en": frozenset({"yes"}), "es": frozenset({"sí"}), "fr": frozenset({"oui"}), "pt": frozenset({"sim"}),
    "ru": frozenset({"да"}), "tl": frozenset({"oo", "opo"}), "ko": frozenset({"네", "예"}), "ar": frozenset({"نعم"}),
}  # fmt: skip

NOT_LATIN = frozenset({"zh", "ko", "am", "ar", "ru"})
DRUG_STEM = 6
DRUG_STEMS = frozenset(
    {
        "metfor", "lisino", "enalap", "losart", "amlodi", "atorva", "simvas", "rosuva", "warfar", "aspiri", "ibupro",
        "naprox", "insuli", "penici", "amoxic", "azithr", "ciprof", "doxycy", "predni", "omepra", "levoth", "sertra",
        "fluoxe", "gabape", "tramad", "oxycod", "morphi", "furose", "hydroc", "metopr", "clopid", "apixab", "rivaro",
        "diazep", "loraze", "alpraz", "tamoxi", "semagl", "glimep", "digoxi", "carbam", "lamotr",
    }
)  # fmt: skip
"""The first letters of common medicines whose English and Spanish names begin alike (international names)."""
