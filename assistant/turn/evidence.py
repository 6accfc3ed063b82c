"""What an answer may be built from: the patient's own record and approved passages, nothing else."""

from dataclasses import dataclass

from assistant.chart.derived import Derived
from assistant.chart.ranges import Judged
from assistant.chart.record import CarePlan, Condition, LabResult, Medicine, Visit
from assistant.chart.trend import Change
from assistant.library.catalogue import Lab
from assistant.library.files import Versioned
from assistant.library.schema import Article, QuestionSet


@dataclass(frozen=True, slots=True)
class LabEvidence:
    """One test, the patient's results of it (oldest first) and what follows from them."""

    lab: Lab
    series: tuple[LabResult, ...]
    judged: Judged | None
    change: Change | None
    derived: tuple[Derived, ...]
    said: float | None = None

    @property
    def latest(self) -> LabResult | None:
        return self.series[-1] if self.series else None


@dataclass(frozen=True, slots=True)
class LabAnswer:
    labs: tuple[LabEvidence, ...]


@dataclass(frozen=True, slots=True)
class ResultList:
    """The latest result of every test, or of those outside their range."""

    labs: tuple[LabEvidence, ...]
    only_outside: bool


@dataclass(frozen=True, slots=True)
class TextAnswer:
    """Approved passages of one article or medicine, with what the record says on the subject."""

    item: Versioned[Article]
    passages: tuple[str, ...]
    conditions: tuple[Condition, ...] = ()
    medicines: tuple[Medicine, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    plans: tuple[CarePlan, ...]
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class VisitAnswer:
    questions: Versioned[QuestionSet]
    visits: tuple[Visit, ...]


@dataclass(frozen=True, slots=True)
class MedicineList:
    medicines: tuple[Medicine, ...]


Evidence = LabAnswer | ResultList | TextAnswer | PlanAnswer | VisitAnswer | MedicineList
