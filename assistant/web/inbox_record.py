"""The record beside a case: what belongs to the case first, then what is out of range, then the newest."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from assistant.chart.contact import phone_of
from assistant.chart.plot import svg_trend
from assistant.chart.ranges import Judged, judge
from assistant.chart.record import Chart, LabResult, Person
from assistant.chart.trend import points
from assistant.errors import ScopeRefused
from assistant.library.catalogue import Lab
from assistant.people.scope import scope_through_case
from assistant.store.ids import CaseId, PatientId
from assistant.store.tables import Case
from assistant.turn.find_labs import LabFinder
from assistant.turn.voice import pretty, shown
from assistant.web.staff_clock import Local

if TYPE_CHECKING:
    from assistant.web.staff import Staff

_ROWS = 5
_TREND_POINTS = 5
_FLAGS = {
    "low": "low", "high": "high", "in_range": "in range", "critical_low": "critically low",
    "critical_high": "critically high", "unknown": "",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One test. `value` is empty where nothing is on file; `range` names the range and whose it is."""

    name: str
    value: str
    unit: str
    flag: str
    range: str
    day: str
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What a nurse sees. `rest`: results that are not among the first; `trend` is an SVG, or nothing.

    `medicines`: names, each with the prescriber's own text.
    """

    phone: str
    person: Person
    first: tuple[ResultRow, ...]
    rest: tuple[ResultRow, ...]
    trend: str
    trend_words: str
    medicines: tuple[tuple[str, str], ...]
    allergies: tuple[str, ...]
    conditions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """A test and its newest result; `place` sorts: tests of the case, critical ones, those out of range, the others."""

    lab: Lab
    result: LabResult | None
    judged: Judged | None
    place: int

    @property
    def order(self) -> tuple[int, int, str]:
        return self.place, -(self.result.at.toordinal() if self.result else 0), self.lab.id


@dataclass(frozen=True, slots=True)
class _Dot:
    at: date
    value: float
    text: str


async def record_of(staff: "Staff", case: Case) -> Record | None:
    """The record of the patient whose case it is; the reading is audited. None where this role may not read it."""
    services = staff.services
    try:
        async with services.database.write() as session:
            at = services.clock.now()
            scope = await scope_through_case(session, staff.signed.account, CaseId(case.id), at)
            patient = scope.record
            phone = await phone_of(session, patient)
    except ScopeRefused:
        return None
    return _record(staff, case, await services.charts.of(PatientId(patient)), phone)


def _record(staff: "Staff", case: Case, chart: Chart, phone: str) -> Record:
    local = Local.of(staff.services.settings.site.timezone, staff.services.clock.now())
    found = sorted(_tests(staff, case, chart), key=lambda each: each.order)
    rows = tuple(_row(each, local) for each in found)
    words, trend = _trend(chart, found[:_ROWS])
    return Record(
        phone=phone,
        person=chart.person,
        first=rows[:_ROWS],
        rest=tuple(row for row in rows[_ROWS:] if row.value),
        trend=trend,
        trend_words=words,
        medicines=tuple((each.name, each.dose) for each in chart.medicines if each.active),
        allergies=tuple(f"{each.name} ({each.reaction})" if each.reaction else each.name for each in chart.allergies),
        conditions=tuple(each.name for each in chart.conditions if each.active),
    )


def _tests(staff: "Staff", case: Case, chart: Chart) -> Iterator[_Found]:
    labs = staff.services.shelf.current.labs
    named = {mention.lab for mention in _finder(labs).find(f"{case.words} {case.translation or ''}")}
    for lab in labs:
        result = chart.latest(lab.facts.loinc)
        judged = judge(result, lab.facts, chart.person) if result else None
        belongs = lab.id in named or (lab.facts.critical.category == case.category and case.category != "none")
        if result is not None or lab.id in named:
            yield _Found(lab, result, judged, _place(judged, belongs=belongs))


def _place(judged: Judged | None, *, belongs: bool) -> int:
    flag = judged.flag if judged else "unknown"
    if belongs:
        return 0
    return 1 if flag.startswith("critical") else 2 if flag in {"low", "high"} else 3


def _finder(labs: tuple[Lab, ...]) -> LabFinder:
    every = ((lab.id, words.item) for lab in labs for words in lab.by_lang.values())
    return LabFinder((name, lab) for lab, words in every for name in (words.name, words.plain_name, *words.aliases))


def _row(found: _Found, local: Local) -> ResultRow:
    name = found.lab.words("en").item.name
    if found.result is None or found.judged is None:
        return ResultRow(name, "", "", "", "", "none on file")
    flag = found.judged.flag
    return ResultRow(
        name=name,
        value=_value(found.result, found.lab.facts.decimals),
        unit=pretty(found.result.unit) if found.result.value is not None else "",
        flag=_FLAGS[flag],
        range=_range(found.judged, found.result),
        day=local.day(found.result.at),
        outside=flag not in {"in_range", "unknown"},
    )


def _value(result: LabResult, decimals: int) -> str:
    if result.value is None:
        return result.words or "no value"
    return f"{result.comparator}{_number(result.value, decimals)}"


def _number(value: float, decimals: int) -> str:
    return f"{value:.{shown(value, decimals)}f}"


def _range(judged: Judged, result: LabResult) -> str:
    """The range as the laboratory wrote it, or the content's; said to be missing where there is none."""
    whose = {"lab": "lab", "content": "our text", "none": ""}[judged.source]
    if not whose:
        return judged.text or "no range on file"
    low, high = judged.low, judged.high
    ends = f"{low:g}–{high:g}" if low is not None and high is not None else f"≤ {high:g}" if high else f"≥ {low:g}"
    return f"{judged.text or ends} {whose}"


def _trend(chart: Chart, found: list[_Found]) -> tuple[str, str]:
    """The first of these tests that has a history: what it is, and its drawing."""
    for each in found:
        dots = points(chart.series(each.lab.facts.loinc), each.lab.facts, most=_TREND_POINTS)
        if len(dots) > 1 and each.result and each.judged:
            drawn = [_Dot(dot.at, dot.value, _number(dot.value, each.lab.facts.decimals)) for dot in dots]
            name, unit = each.lab.words("en").item.name, pretty(each.result.unit)
            alt = f"{name}: " + ", ".join(f"{dot.text} on {dot.at.isoformat()}" for dot in drawn)
            words = f"{name}, {unit} · range {_range(each.judged, each.result)}"
            return words, svg_trend(drawn, each.judged.low, each.judged.high, alt, width=280, height=96)
    return "", ""
