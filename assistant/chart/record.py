"""A patient's record as the assistant reads it: plain immutable values, nothing of FHIR's shapes."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from assistant.store.ids import ObservationId, PatientId

Sex = Literal["f", "m", "x"]
ResultStatus = Literal["final", "preliminary", "corrected", "cancelled", "unknown"]
Comparator = Literal["<", "<=", ">", ">=", ""]


@dataclass(frozen=True, slots=True)
class Person:
    """Who is ill, as far as it is known. `age` in years (fractions for infants)."""

    age: float | None = None
    sex: Sex | None = None
    name: str = ""
    lang: str = ""
    pregnant: bool = False
    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    interpreter: bool = False


@dataclass(frozen=True, slots=True)
class Bounds:
    """A reference range; either end may be open. `text` is the laboratory's own wording, if it gave only that."""

    low: float | None = None
    high: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class LabResult:
    """One laboratory result. `value` is in `unit` (UCUM); `words` holds a result that is text, never a number."""

    id: ObservationId
    loincs: tuple[str, ...]
    name: str
    at: date
    value: float | None
    unit: str
    comparator: Comparator = ""
    words: str = ""
    range: Bounds | None = None
    flag: str = ""
    status: ResultStatus = "final"
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    id: str
    code: str
    name: str
    active: bool
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Medicine:
    """`dose` is the prescriber's own text; it is shown as recorded and never worked out."""

    id: str
    name: str
    dose: str = ""
    active: bool = True
    since: date | None = None


@dataclass(frozen=True, slots=True)
class CareActivity:
    id: str
    text: str
    kind: Literal["goal", "activity"] = "activity"
    due: date | None = None


@dataclass(frozen=True, slots=True)
class CarePlan:
    id: str
    title: str
    activities: tuple[CareActivity, ...]
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Visit:
    id: str
    at: date
    title: str
    status: str = "booked"


@dataclass(frozen=True, slots=True)
class Allergy:
    id: str
    name: str
    reaction: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything on file for one patient; labs oldest first."""

    patient: PatientId
    person: Person
    labs: tuple[LabResult, ...] = ()
    conditions: tuple[Condition, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    plans: tuple[CarePlan, ...] = ()
    visits: tuple[Visit, ...] = ()
    allergies: tuple[Allergy, ...] = ()

    def series(self, loincs: tuple[str, ...]) -> tuple[LabResult, ...]:
        """Results of one test, oldest first; cancelled ones are left out."""
        wanted = set(loincs)
        return tuple(lab for lab in self.labs if lab.status != "cancelled" and wanted.intersection(lab.loincs))

    def latest(self, loincs: tuple[str, ...]) -> LabResult | None:
        found = self.series(loincs)
        return found[-1] if found else None
