"""What travels along the path of a message: `Turn`, how a step ends it (`Stop`), what the patient gets (`Reply`)."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Literal

from assistant.chart.record import Chart, Person
from assistant.safety.verdict import NO_DANGER, Verdict
from assistant.store.ids import AccountId, CaseId, PatientId, ThreadId, TurnId


class Outcome(StrEnum):
    """How a turn ended; closed, family first."""

    EXPLAINED = "answered/explained"
    INFORMED = "answered/informed"
    RECORD = "answered/record"
    SMALLTALK = "answered/smalltalk"
    EMERGENCY = "escalated/emergency"
    CRISIS = "escalated/crisis"
    URGENT = "escalated/urgent"
    SAFETY_CHECK = "asked/safety_check"
    CLARIFY = "asked/clarify"
    REFUSED_INPUT = "refused/input"
    REFUSED_INJECTION = "refused/injection"
    REFUSED_OTHER_PERSON = "refused/other_person"
    REFUSED_HARM = "refused/harm"
    REFUSED_DIAGNOSIS = "refused/diagnosis"
    REFUSED_DOSE = "refused/dose"
    REFUSED_SCOPE = "refused/scope"
    HANDED_OVER = "handed_over/person"
    INTERPRETER = "handed_over/interpreter"
    NO_SOURCE = "no_source"
    FAILED = "failed/safe_reply"
    DUPLICATE = "refused/duplicate"

    @property
    def family(self) -> str:
        return self.value.split("/")[0]


SourceKind = Literal["record", "content", "formula"]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a sentence comes from.

    `ref` is `kind:id@version` (a passage with its version, an observation id, a formula's name); `label` is what the
    pill beside the sentence shows; `passage` is the approved text that opens when it is tapped.
    """

    kind: SourceKind
    ref: str
    label: str
    title: str = ""
    passage: str = ""
    publisher: str = ""
    url: str = ""
    version: int = 0
    reviewer: str = ""
    reviewed: date | None = None
    review_by: date | None = None
    status: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence and its source. Nothing reaches a patient without one."""

    text: str
    source: Source


@dataclass(frozen=True, slots=True)
class Paragraph:
    """`approved` holds the approved sentences that stand ready while a model's words in `sentences` are checked."""

    sentences: tuple[Sentence, ...]
    quiet: bool = False
    approved: tuple[Sentence, ...] = ()


@dataclass(frozen=True, slots=True)
class Heading:
    text: str


@dataclass(frozen=True, slots=True)
class QuestionList:
    title: str
    items: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class TrendPoint:
    at: date
    value: float
    text: str


@dataclass(frozen=True, slots=True)
class ResultCard:
    """One result as the patient sees it; every word is already in the patient's language.

    `bounds` are the range's ends in `unit` (None where open); `scale` is the drawn span; `alt` says the trend in words.
    """

    name: str
    plain_name: str
    value: str
    number: float | None
    unit: str
    flag: str
    tone: Literal["in_range", "outside", "critical", "unknown"]
    date: str
    range_text: str
    range_source: str
    bounds: tuple[float | None, float | None]
    scale: tuple[float, float]
    points: tuple[TrendPoint, ...]
    alt: str
    source: Source


@dataclass(frozen=True, slots=True)
class ScriptCard:
    """Approved words for danger, refusals and handing over, exactly as approved with the site's numbers filled in.

    `call` is the number behind the big button (None: no button); `lines` are further call, text or chat lines;
    `told` says whether the team has the case, and is set by the step that wrote it.
    """

    script: str
    lang: str
    tone: Literal["emergency", "crisis", "urgent", "routine", "plain"]
    title: str
    opening: tuple[str, ...]
    steps: tuple[str, ...]
    closing: tuple[str, ...]
    call: str | None
    call_label: str
    lines: tuple[tuple[str, str], ...]
    source: Source
    told: str = ""


@dataclass(frozen=True, slots=True)
class CheckCard:
    """Plain red-flag questions with yes/no rows; any yes escalates."""

    check: str
    lang: str
    title: str
    intro: str
    questions: tuple[str, ...]
    yes: str
    no: str
    none_of_these: str
    source: Source


Part = Paragraph | Heading | QuestionList | ResultCard | ScriptCard | CheckCard


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A next step as a button: `say` is sent as the patient's next message, or `action` names what the page does."""

    label: str
    say: str = ""
    action: Literal["", "person", "language"] = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    lang: str
    parts: tuple[Part, ...]
    suggestions: tuple[Suggestion, ...] = ()
    footer: str = ""
    machine_translated: bool = False

    def with_parts(self, *parts: Part) -> "Reply":
        return replace(self, parts=parts)

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        return tuple(s for p in self.parts for s in _sentences(p))

    @property
    def sources(self) -> tuple[Source, ...]:
        found = {s.source.ref: s.source for s in self.sentences}
        for part in self.parts:
            if isinstance(part, ResultCard | ScriptCard | CheckCard):
                found[part.source.ref] = part.source
        return tuple(found.values())


def _sentences(part: Part) -> tuple[Sentence, ...]:
    match part:
        case Paragraph(sentences=found):
            return found
        case QuestionList(items=found):
            return found
        case _:
            return ()


CaseUrgency = Literal["emergency", "crisis", "urgent", "routine"]


@dataclass(frozen=True, slots=True)
class Stop:
    """The only way in which a step ends a turn: an outcome and the approved script that the patient reads.

    `values` fill the script's places; `case` asks `record` to open a case of that urgency; `verdict` is what the
    danger check found; `lang` asks for the script in another language than the chat's.
    """

    outcome: Outcome
    script: str
    check: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    case: CaseUrgency | None = None
    verdict: Verdict | None = None
    lang: str = ""
    pick: "Pick | None" = None


@dataclass(frozen=True, slots=True)
class Pick:
    """The intent of a message: best first, each with its share (0–1)."""

    intent: str
    confidence: float
    others: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Memory:
    """What a chat remembers between messages: plain values only, kept in the encrypted checkpoint."""

    messages: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    intent: str = ""
    standing: str = "none"
    standing_rule: str = ""
    check: str = ""
    last_hash: str = ""
    last_at: str = ""
    lang: str = ""

    def as_dict(self) -> dict[str, Any]:
        return {
            "messages": list(self.messages), "focus": list(self.focus), "intent": self.intent,
            "standing": self.standing, "standing_rule": self.standing_rule, "check": self.check,
            "last_hash": self.last_hash, "last_at": self.last_at, "lang": self.lang,
        }  # fmt: skip

    @classmethod
    def from_dict(cls, raw: dict[str, Any]) -> "Memory":
        words = {k: str(raw.get(k, "")) for k in ("intent", "standing_rule", "check", "last_hash", "last_at", "lang")}
        return cls(
            messages=tuple(raw.get("messages", ())),
            focus=tuple(raw.get("focus", ())),
            standing=str(raw.get("standing", "none")),
            **words,
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """One message on its way. Steps return a new one; nothing is ever changed in place."""

    id: TurnId
    thread: ThreadId
    patient: PatientId | None
    person: Person
    text: str
    at: datetime
    lang: str
    memory: Memory = Memory()
    account: AccountId | None = None
    answers: tuple[str, tuple[bool, ...]] | None = None
    digest: str = ""
    chart: Chart | None = None
    written_in: str = ""
    pivot: str | None = None
    verdict: Verdict = NO_DANGER
    pick: Pick | None = None
    evidence: Any = None
    reply: Reply | None = None
    outcome: Outcome | None = None
    stop: Stop | None = None
    case: CaseId | None = None
    told: bool = False
    focus: tuple[str, ...] = ()
    labs_used: tuple[str, ...] = ()
    model: str | None = None
    masked: str = ""
    script_lang: str = ""
    notes: tuple[str, ...] = ()
    steps: tuple[tuple[str, float], ...] = ()
