"""How this chat speaks: frames, numbers and dates of one language. No sentence is ever glued from fragments."""

from dataclasses import dataclass
from datetime import date

from assistant.chart.record import LabResult
from assistant.language.words import Words
from assistant.library.schema import Frames


@dataclass(frozen=True, slots=True)
class Voice:
    lang: str
    frames: Frames
    words: Words

    def say(self, frame: str, **values: str) -> str:
        return self.frames.fill(frame, **values)

    def has(self, frame: str) -> bool:
        return self.frames.has(frame)

    def number(self, value: float, decimals: int) -> str:
        return self.words.number(self.lang, value, decimals)

    def date(self, at: date) -> str:
        return self.words.date(self.lang, at)

    def amount(self, value: float, unit: str, decimals: int) -> str:
        return f"{self.number(value, decimals)} {unit}".strip()

    def result(self, result: LabResult, decimals: int) -> str:
        """The value as recorded: comparator, number and unit, or the laboratory's words."""
        if result.value is None:
            return result.words
        return f"{result.comparator}{self.amount(result.value, pretty(result.unit), shown(result.value, decimals))}"

    def versioned(self, title: str, version: int) -> str:
        return self.say("title_version", title=title, version=str(version))


def shown(value: float, decimals: int) -> int:
    """As many decimals as the laboratory gave, at most three; never fewer than it recorded."""
    recorded = len(f"{value:.3f}".rstrip("0").partition(".")[2])
    return min(max(recorded, 0), 3) if recorded > decimals else decimals


_PRETTY = {
    "mm[Hg]": "mmHg", "10*3/uL": "×10³/µL", "10*9/L": "×10⁹/L", "10*6/uL": "×10⁶/µL", "umol/L": "µmol/L",
    "ug/L": "µg/L", "ug/dL": "µg/dL", "mL/min/{1.73_m2}": "mL/min/1.73 m²", "mL/min/1.73.m2": "mL/min/1.73 m²",
    "{INR}": "", "1": "", "m[IU]/L": "mIU/L", "u[IU]/mL": "µIU/mL", "[IU]/L": "IU/L",
}  # fmt: skip


def pretty(unit: str) -> str:
    """A UCUM unit as people read it."""
    return _PRETTY.get(unit, unit)
