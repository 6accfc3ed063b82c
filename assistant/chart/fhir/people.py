"""Patient → `Person`: name, age, sex, language and whether an interpreter is wanted."""

from datetime import date

from assistant.chart.fhir import times
from assistant.chart.fhir.codes import codes
from assistant.chart.fhir.node import EMPTY, Node, child, children, flag, text, texts
from assistant.chart.record import Person, Sex

_SEXES: dict[str, Sex] = {"male": "m", "female": "f", "other": "x"}
_EXTENSION_SEXES: dict[str, Sex] = {"248152002": "f", "248153007": "m", "F": "f", "M": "m"}
_SEX_EXTENSIONS = ("us-core-individual-sex", "us-core-sex", "us-core-birthsex")

# SNOMED CT 373066001 "Yes", the value of US Core's extension; the base extension holds a truth value.
_INTERPRETER_EXTENSIONS = ("patient-interpreterRequired", "us-core-interpreter-needed")
_YES = "373066001"

# Codes of languages that senders use besides the two-letter ones of BCP 47.
_LANGUAGES = {
    "fil": "tl", "tgl": "tl", "cmn": "zh", "yue": "zh", "zho": "zh", "chi": "zh", "spa": "es", "eng": "en", "ara": "ar",
    "fra": "fr", "fre": "fr", "rus": "ru", "por": "pt", "kor": "ko", "som": "so", "vie": "vi", "hat": "ht", "amh": "am",
}  # fmt: skip

_NAME_ORDER = ("official", "usual", "", "nickname", "temp", "anonymous", "maiden")


def person_of(patient: Node, today: date) -> Person:
    """Demographics only; what the record adds (pregnancy, conditions, medicines) comes from `assemble`."""
    known = Person(
        sex=_sex(patient),
        name=_name(patient),
        lang=_language(patient),
        interpreter=_interpreter(patient),
        born=times.day(text(patient, "birthDate")),
    )
    return known.on(today)


def _name(patient: Node) -> str:
    names = [each for each in children(patient, "name") if text(each, "use") in _NAME_ORDER and not _ended(each)]
    if not names:
        return ""
    best = min(names, key=lambda each: _NAME_ORDER.index(text(each, "use")))
    return text(best, "text") or " ".join((*texts(best, "given"), text(best, "family"))).strip()


def _ended(name: Node) -> bool:
    return bool(text(child(name, "period"), "end"))


def _sex(patient: Node) -> Sex | None:
    said = _SEXES.get(text(patient, "gender"))
    if said:
        return said
    for extension in _extensions(patient, _SEX_EXTENSIONS):
        found = text(child(extension, "valueCoding"), "code") or text(extension, "valueCode")
        if found in _EXTENSION_SEXES:
            return _EXTENSION_SEXES[found]
    return None


def _language(patient: Node) -> str:
    spoken = children(patient, "communication")
    best = next((each for each in spoken if flag(each, "preferred")), spoken[0] if spoken else EMPTY)
    code = next(iter(codes(child(best, "language"))), "").replace("_", "-").split("-")[0].lower()
    return _LANGUAGES.get(code, code)


def _interpreter(patient: Node) -> bool:
    found = _extensions(patient, _INTERPRETER_EXTENSIONS)
    return any(flag(each, "valueBoolean") or text(child(each, "valueCoding"), "code") == _YES for each in found)


def _extensions(node: Node, names: tuple[str, ...]) -> tuple[Node, ...]:
    return tuple(each for each in children(node, "extension") if text(each, "url").rsplit("/", 1)[-1] in names)
