"""A patient's record as the assistant reads it: plain immutable values, nothing of FHIR's shapes."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Literal

from assistant.store.ids import ObservationId, PatientId

Sex = Literal["f", "m", "x"]
ResultStatus = Literal["final", "preliminary", "corrected", "cancelled", "unknown"]
Comparator = Literal["<", "<=", ">", ">=", ""]

# A record that says "pregnant" for longer is out of date: post-term begins at 42 weeks (ACOG Committee Opinion 579).
LONGEST_PREGNANCY = timedelta(weeks=44)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is ill, as far as it is known. `age` in whole years (fractions below two).

    `age` and `pregnant` hold for one day; `on` gives the same person on another day where the dates are known.
    """

    age: float | None = None
    sex: Sex | None = None
    name: str = ""
    lang: str = ""
    pregnant: bool = False
    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()
    interpreter: bool = False
    born: date | None = None
    pregnant_since: date | None = None

    def on(self, day: date) -> "Person":
        age = self.age if self.born is None else _age(self.born, day)
        since = self.pregnant_since
        pregnant = self.pregnant if since is None else since <= day <= since + LONGEST_PREGNANCY
        return replace(self, age=age, pregnant=pregnant)


def _age(born: date, day: date) -> float:
    years = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return float(years) if years >= 2 else round(max((day - born).days, 0) / 365.25, 2)


@dataclass(frozen=True, slots=True)
class Bounds:
    """A reference range; either end may be open. `text` is the laboratory's own wording, if it gave only that."""

    low: float | None = None
    high: float | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class LabResult:
    """One laboratory result. `value` is in `unit` (UCUM); `words` holds a result that is text, never a number.

    `flag` is the laboratory's own interpretation code (H, L, HH, LL, A, N …); `absent` is FHIR's code for why there is
    no value.
    """

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
    absent: str = ""


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
    """`time` is the local time as written (`HH:MM`), or nothing."""

    id: str
    at: date
    title: str
    status: str = "booked"
    time: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Allergy:
    id: str
    name: str
    reaction: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Everything on file for one patient; labs and vital signs oldest first."""

    patient: PatientId
    person: Person
    labs: tuple[LabResult, ...] = ()
    conditions: tuple[Condition, ...] = ()
    medicines: tuple[Medicine, ...] = ()
    plans: tuple[CarePlan, ...] = ()
    visits: tuple[Visit, ...] = ()
    allergies: tuple[Allergy, ...] = ()
    vitals: tuple[LabResult, ...] = ()
    places: Mapping[str, tuple[int, ...]] = field(init=False, repr=False, compare=False)
    """Where in `labs` the results of each LOINC code stand; cancelled ones are left out."""

    def __post_init__(self) -> None:
        places: dict[str, list[int]] = {}
        for at, lab in enumerate(self.labs):
            if lab.status != "cancelled":
                for code in lab.loincs:
                    places.setdefault(code, []).append(at)
        object.__setattr__(self, "places", {code: tuple(found) for code, found in places.items()})

    def series(self, loincs: tuple[str, ...]) -> tuple[LabResult, ...]:
        """Results of one test, oldest first; cancelled ones are left out."""
        found = sorted({at for code in loincs for at in self.places.get(code, ())})
        return tuple(self.labs[at] for at in found)

    def latest(self, loincs: tuple[str, ...]) -> LabResult | None:
        found = self.series(loincs)
        return found[-1] if found else None
