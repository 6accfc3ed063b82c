"""The result card: value large, range bar, trend, and the same in words for those who cannot see it."""

from math import ceil, floor
from typing import Literal

from assistant.chart.ranges import Judged
from assistant.chart.record import LabResult
from assistant.chart.trend import points
from assistant.turn.evidence import LabEvidence
from assistant.turn.reply import ResultCard, Source, TrendPoint
from assistant.turn.voice import Voice, pretty, shown

_SIDES = {"in_range": "in", "low": "below", "high": "above"}


def flag_words(judged: Judged, voice: Voice) -> str:
    if judged.flag.startswith("critical"):
        return voice.say("flag_critical")
    side = _SIDES.get(judged.flag)
    return voice.say(f"flag_{side}_{judged.source}") if side and judged.source != "none" else voice.say("flag_unknown")


def shape_of(judged: Judged) -> str | None:
    """Which ends the range has, and whether an end belongs to it: "<5.7" leaves 5.7 out ("under")."""
    if judged.low is not None and judged.high is not None:
        return "both"
    if judged.high is not None:
        return "under" if judged.text.startswith("<") else "high"
    if judged.low is not None:
        return "over" if judged.text.startswith(">") else "low"
    return None


def tone_of(judged: Judged) -> Literal["in_range", "outside", "critical", "unknown"]:
    if judged.flag.startswith("critical"):
        return "critical"
    if judged.flag == "unknown":
        return "unknown"
    return "in_range" if judged.flag == "in_range" else "outside"


def _range_text(judged: Judged, unit: str, decimals: int, voice: Voice) -> str:
    shape = shape_of(judged)
    if shape is None:
        return judged.text
    ends = {"low": judged.low, "high": judged.high}
    return voice.say(
        f"range_label_{shape}", **{k: voice.amount(v, unit, decimals) for k, v in ends.items() if v is not None}
    )


def _scale(judged: Judged, values: list[float], decimals: int) -> tuple[float, float]:
    """The span that is drawn: the range and every value with some air, on round ends; never below zero."""
    ends = [v for v in (judged.low, judged.high, *values) if v is not None]
    if not ends:
        return (0.0, 1.0)
    low, high = min(ends), max(ends)
    air = (high - low or abs(high) or 1.0) * 0.15
    step = 10.0**-decimals
    start, end = floor((low - air) / step) * step, ceil((high + air) / step) * step
    return round(max(start, 0.0) if low >= 0 else start, decimals), round(end, decimals)


def _trend(evidence: LabEvidence, voice: Voice) -> tuple[TrendPoint, ...]:
    decimals = evidence.lab.facts.decimals
    return tuple(
        TrendPoint(p.at, p.value, voice.number(p.value, shown(p.value, decimals)))
        for p in points(evidence.series, evidence.lab.facts)
    )


def card(evidence: LabEvidence, voice: Voice, source: Source) -> ResultCard:
    """The latest result of `evidence`; raises nothing for odd values, it shows them as recorded."""
    latest, judged = _needed(evidence)
    words = evidence.lab.words(voice.lang).item
    unit, decimals = pretty(latest.unit), evidence.lab.facts.decimals
    trend = _trend(evidence, voice)
    spoken = "; ".join(voice.say("alt_point", value=p.text, date=voice.date(p.at)) for p in trend)
    number = latest.value
    return ResultCard(
        name=words.name,
        plain_name=words.plain_name,
        value=latest.words if number is None else f"{latest.comparator}{voice.number(number, shown(number, decimals))}",
        number=number,
        unit=unit if number is not None else "",
        flag=flag_words(judged, voice),
        tone=tone_of(judged),
        date=voice.date(latest.at),
        range_text=_range_text(judged, unit, decimals, voice),
        range_source=voice.say(f"range_by_{judged.source}") if judged.source != "none" else "",
        bounds=(judged.low, judged.high),
        scale=_scale(judged, [p.value for p in trend], decimals),
        points=trend,
        alt=voice.say("alt_trend", name=words.name, points=spoken) if len(trend) > 1 else "",
        source=source,
    )


def _needed(evidence: LabEvidence) -> tuple[LabResult, Judged]:
    if evidence.latest is None or evidence.judged is None:
        raise ValueError("a card needs a result")
    return evidence.latest, evidence.judged
