"""What the chart asks of a test's content; `assistant.library.labs.LabFacts` gives it."""

from collections.abc import Mapping, Sequence
from typing import Literal, Protocol

from assistant.chart.units import Conversion


class Ends(Protocol):
    """Two bounds in the canonical unit; None is an open end."""

    @property
    def low(self) -> float | None: ...

    @property
    def high(self) -> float | None: ...


class RangeFor(Ends, Protocol):
    """A published range and whom it is for: `age_min` ≤ age < `age_max` in years; None is anybody."""

    @property
    def sex(self) -> Literal["f", "m"] | None: ...

    @property
    def age_min(self) -> float | None: ...

    @property
    def age_max(self) -> float | None: ...

    @property
    def pregnant(self) -> bool | None: ...

    @property
    def source(self) -> str: ...


class Facts(Protocol):
    """A test: canonical UCUM unit, conversions into it, ranges (first match wins), critical and plausible values."""

    @property
    def unit(self) -> str: ...

    @property
    def units(self) -> Mapping[str, Conversion]: ...

    @property
    def ranges(self) -> Sequence[RangeFor]: ...

    @property
    def critical(self) -> Ends: ...

    @property
    def plausible(self) -> tuple[float, float]: ...

    @property
    def decimals(self) -> int: ...
