"""Laboratory tests: facts that are the same in every language, and the words of one language."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from assistant.library.parts import Cited, IsoLang, Line, Reviewed, Slug, Statement, Strict

Loinc = Annotated[str, StringConstraints(pattern=r"^\d{1,7}-\d$")]
LabGroup = Literal[
    "sugar", "kidney", "liver", "lipids", "blood_count", "thyroid", "electrolytes", "iron", "vitamins", "heart",
    "clotting", "inflammation", "urine", "prostate",
]  # fmt: skip


class Ends(Strict):
    """Two bounds in the canonical unit; None is an open end."""

    low: float | None = None
    high: float | None = None

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if self.low is not None and self.high is not None and self.low >= self.high:
            raise ValueError("low is not below high")
        return self


class ReferenceRange(Ends):
    """A published range and whom it is for: `age_min` ≤ age < `age_max` in years; None is anybody."""

    sex: Literal["f", "m"] | None = None
    age_min: float | None = Field(None, ge=0)
    age_max: float | None = Field(None, gt=0)
    pregnant: bool | None = None
    source: Slug

    @model_validator(mode="after")
    def _has_an_end(self) -> Self:
        if self.low is None and self.high is None:
            raise ValueError("a range needs low or high")
        return self


class Critical(Ends):
    """Values that need a human now, and the danger category of a matching complaint."""

    category: Slug | None = None


class Conversion(Strict):
    """canonical = value * factor + offset."""

    factor: float = Field(gt=0)
    offset: float = 0.0


class LabFacts(Reviewed):
    """`unit` is the canonical UCUM unit; `plausible`, `ranges` and `critical` are in it."""

    id: Slug
    loinc: tuple[Loinc, ...] = Field(min_length=1)
    group: LabGroup
    unit: Line
    units: Mapping[str, Conversion] = {}
    decimals: int = Field(ge=0, le=4)
    plausible: tuple[float, float]
    ranges: tuple[ReferenceRange, ...] = ()
    critical: Critical = Critical()
    related: tuple[Slug, ...] = ()
    sources: tuple[Cited, ...] = Field(min_length=1)


class LabStatements(Strict):
    measures: tuple[Statement, ...] = Field(min_length=1)
    in_range: tuple[Statement, ...] = ()
    high: tuple[Statement, ...] = ()
    low: tuple[Statement, ...] = ()
    critical: tuple[Statement, ...] = ()
    sways: tuple[Statement, ...] = ()
    does_not_tell: tuple[Statement, ...] = ()

    def groups(self) -> Iterator[tuple[str, tuple[Statement, ...]]]:
        """Every group that has statements, by name."""
        for name in type(self).model_fields:
            if found := self.of(name):
                yield name, found

    def of(self, group: str) -> tuple[Statement, ...]:
        """The statements of one group by its name; none for a group that does not exist."""
        found: tuple[Statement, ...] = getattr(self, group) if group in type(self).model_fields else ()
        return found


class LabWords(Strict):
    """What one language says about a test; each `source` is an id of the facts file."""

    id: Slug
    lang: IsoLang
    name: Line
    plain_name: Line
    aliases: tuple[Line, ...] = ()
    statements: LabStatements
    questions: tuple[Statement, ...] = ()
