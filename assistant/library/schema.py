"""Every kind of content as a frozen, strict model. The formats are described in docs/content.md."""

from collections.abc import Mapping
from typing import Any, Literal, Self

from pydantic import Field, ValidationInfo, field_validator, model_validator

from assistant.errors import ContentMissing
from assistant.library.labs import Critical, LabFacts, LabStatements, LabWords, ReferenceRange
from assistant.library.parts import (
    SITE_PLACES,
    Cited,
    IsoLang,
    Line,
    Reviewed,
    ScriptLine,
    ScriptWords,
    Slug,
    Statement,
    Strict,
    Template,
    fill,
    places,
)
from assistant.safety.verdict import Urgency

__all__ = [
    "Article", "ArticleKind", "Cited", "Critical", "Frames", "IntentExamples", "Item", "LabFacts", "LabStatements",
    "LabWords", "Passage", "QuestionSet", "RawData", "ReferenceRange", "ScriptText", "Statement", "Tone",
]  # fmt: skip

ArticleKind = Literal[
    "condition", "self_care", "test_prep", "procedure", "prevention", "using_medicines", "access", "medicine"
]
Tone = Literal["emergency", "crisis", "urgent", "routine", "plain"]

_REQUIRED_SECTIONS: Mapping[str, tuple[str, ...]] = {
    "condition": ("what", "helps", "team"),
    "medicine": ("what", "taking", "common", "serious", "ask"),
    "test_prep": ("before", "during", "after"),
}
_DANGER = ("emergency", "crisis", "urgent")
_CHECK_QUESTIONS = range(3, 7)


class Passage(Strict):
    """A section of an approved text. `ref` is unique in the library: `education/type_2_diabetes#helps`."""

    id: Slug
    ref: str
    heading: Line
    source: Slug
    sentences: tuple[str, ...] = Field(min_length=1)

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


class Article(Reviewed):
    """An education article or a medicine class. `codes`: SNOMED CT; `drugs`: generic and brand names."""

    id: Slug
    lang: IsoLang
    title: Line
    kind: ArticleKind
    aliases: tuple[Line, ...] = ()
    codes: tuple[str, ...] = ()
    drugs: tuple[Line, ...] = ()
    summary: Line
    sources: tuple[Cited, ...] = Field(min_length=1)
    passages: tuple[Passage, ...] = Field(min_length=1)

    @property
    def ref(self) -> str:
        folder = "medicines" if self.kind == "medicine" else "education"
        return f"{folder}/{self.id}"

    @field_validator("passages")
    @classmethod
    def _has_its_sections(cls, passages: tuple[Passage, ...], info: ValidationInfo) -> tuple[Passage, ...]:
        wanted = _REQUIRED_SECTIONS.get(info.data.get("kind", ""), ())
        missing = [name for name in wanted if name not in {passage.id for passage in passages}]
        if missing:
            raise ValueError(f"section #{missing[0]} is missing")
        return passages


class ContactLine(Strict):
    """A further way to reach someone; `number` may be a `tel:`, `sms:` or `https:` address."""

    label: ScriptLine
    number: ScriptLine


class ScriptText(Reviewed):
    """Approved words with places for the site's numbers (`parts.PLACES`). Never machine-translated."""

    id: Slug
    lang: IsoLang
    tone: Tone
    title: ScriptLine
    call: ScriptWords = ""
    call_label: ScriptWords = Field("", validate_default=True)
    lines: tuple[ContactLine, ...] = ()
    sources: tuple[Cited, ...] = Field((), validate_default=True)
    opening: tuple[ScriptLine, ...] = ()
    steps: tuple[ScriptLine, ...] = ()
    closing: tuple[ScriptLine, ...] = ()

    @field_validator("call_label")
    @classmethod
    def _labels_its_button(cls, label: str, info: ValidationInfo) -> str:
        if bool(label) != bool(info.data.get("call")):
            raise ValueError("call and call_label come together")
        return label

    @field_validator("sources")
    @classmethod
    def _danger_has_a_source(cls, sources: tuple[Cited, ...], info: ValidationInfo) -> tuple[Cited, ...]:
        if not sources and info.data.get("tone") in _DANGER:
            raise ValueError("a script of this tone needs a source")
        return sources

    @model_validator(mode="after")
    def _danger_needs_the_site_only(self) -> Self:
        late = self.places - SITE_PLACES
        if late and self.tone in _DANGER:
            raise ValueError(f"a danger script may not wait for {{{min(late)}}}")
        return self

    @property
    def places(self) -> frozenset[str]:
        lines = (text for line in self.lines for text in (line.label, line.number))
        texts = (self.title, self.call, self.call_label, *lines, *self.opening, *self.steps, *self.closing)
        return frozenset().union(*map(places, texts))

    def filled(self, values: Mapping[str, str]) -> Self:
        """The same script with its places filled. Raises `ContentMissing` for a place without a value."""
        lines = tuple(ContactLine(label=fill(x.label, values), number=fill(x.number, values)) for x in self.lines)
        words = {name: fill(getattr(self, name), values) for name in ("title", "call", "call_label")}
        runs = {name: tuple(fill(t, values) for t in getattr(self, name)) for name in ("opening", "steps", "closing")}
        return self.model_copy(update={**words, **runs, "lines": lines})


class QuestionSet(Reviewed):
    """Questions for a visit, or the yes/no red-flag questions of a safety check (`category`: where a yes leads)."""

    id: Slug
    lang: IsoLang
    kind: Literal["visit", "safety_check"]
    category: Slug | None = Field(None, validate_default=True)
    title: Line
    aliases: tuple[Line, ...] = ()
    codes: tuple[str, ...] = ()
    intro: str = Field("", validate_default=True)
    questions: tuple[Statement, ...] = Field(min_length=1)
    sources: tuple[Cited, ...] = Field(min_length=1)

    @field_validator("category", "intro")
    @classmethod
    def _check_needs(cls, value: str | None, info: ValidationInfo) -> str | None:
        if not value and info.data.get("kind") == "safety_check":
            raise ValueError(f"a safety check needs {info.field_name}")
        return value

    @field_validator("questions")
    @classmethod
    def _check_is_short(cls, questions: tuple[Statement, ...], info: ValidationInfo) -> tuple[Statement, ...]:
        if info.data.get("kind") == "safety_check" and len(questions) not in _CHECK_QUESTIONS:
            raise ValueError("a safety check has 3 to 6 questions")
        return questions


class IntentExamples(Strict):
    """What people write when they mean `intent`."""

    intent: Slug
    lang: IsoLang
    examples: tuple[Line, ...] = Field(min_length=1)

    @property
    def id(self) -> str:
        return self.intent


class Frames(Reviewed):
    """Named sentences whose `{places}` are filled from the patient's own record."""

    lang: IsoLang
    frames: Mapping[Slug, Template]

    def has(self, name: str) -> bool:
        return name in self.frames

    def fill(self, name: str, /, **values: str) -> str:
        """The sentence with every place filled. Raises `ContentMissing` for a frame or a value that is not there."""
        if name not in self.frames:
            raise ContentMissing(f"frames/{self.lang}.yaml: {name}")
        return fill(self.frames[name], values)

    @property
    def id(self) -> str:
        return "frames"


class RawData(Strict):
    """A file of `danger/` or `rails/`; its own compiler validates the rest."""

    id: str
    data: Any


class DangerExample(Strict):
    """A message that somebody might write, and how urgent it is: what a changed rule is tried on."""

    text: Line
    urgency: Urgency
    category: str = "none"
    history: tuple[str, ...] = ()
    who: str = ""
    age: float | None = None
    sex: str | None = None


class DangerExamples(Strict):
    lang: IsoLang
    rows: tuple[DangerExample, ...]

    @property
    def id(self) -> str:
        return "examples"


Item = DangerExamples | LabFacts | LabWords | Article | ScriptText | QuestionSet | IntentExamples | Frames | RawData
