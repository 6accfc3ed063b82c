"""What the patient gets: a reply of parts, every sentence with its source."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Literal

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
