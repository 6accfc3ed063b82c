"""What travels along the path of a message: `Turn`, and how a step ends it (`Stop`)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal

from assistant.chart.record import Chart, Person
from assistant.safety.verdict import NO_DANGER, Verdict
from assistant.store.ids import AccountId, CaseId, PatientId, ThreadId, TurnId
from assistant.turn.reply import Reply


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
    notes: tuple[str, ...] = ()


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
