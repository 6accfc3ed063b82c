"""Whom the danger check is about, as plain values: it knows nothing of charts, accounts or files."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Who:
    """The person who is ill. `age` in years (fractions for infants); an age in the text itself outranks it.

    `conditions` and `medicines` are names as recorded; they are read with the same lexicon as messages.
    """

    age: float | None = None
    sex: str | None = None
    pregnant: bool = False
    conditions: tuple[str, ...] = ()
    medicines: tuple[str, ...] = ()


NOBODY = Who()


@dataclass(frozen=True, slots=True)
class RecentLab:
    """A recent result on file; `names` are the ways in which a patient may call the test, lower case.

    `category` is the danger category of a complaint that would match a critical value (from the lab's facts).
    """

    names: tuple[str, ...]
    flag: Literal["critical", "abnormal", "in_range", "unknown"] = "unknown"
    category: str = "other"
