"""The inbox's list: every row can be read without opening it."""

from dataclasses import dataclass
from datetime import datetime

from assistant.care.kinds import ANSWERED, Status, View
from assistant.care.reading import SEARCHED, Counts
from assistant.chart.record import Person
from assistant.safety.verdict import Urgency
from assistant.store.tables import Case
from assistant.web.staff import Staff
from assistant.web.staff_clock import Due, Local, due
from assistant.web.staff_marks import first_words, spans_of
from assistant.web.staff_people import NOBODY_KNOWN, names_of, persons_of
from assistant.web.staff_words import STATUS, URGENCY, why

_SHOWN = 200


@dataclass(frozen=True, slots=True)
class Row:
    """`due` is None once a clinician has answered; `taken` names who has the case."""

    id: str
    urgency: Urgency
    tag: str
    due: Due | None
    name: str
    age: str
    lang: str
    language: str
    words: str
    why: str
    status: str
    taken: str
    opened: str


@dataclass(frozen=True, slots=True)
class Listing:
    """What the list pane shows. `rows` are those that match; `more`: there are others that are not shown.

    `dangers`: ids of all emergencies and crises that nobody has, shown or not: the page sounds for a new one.
    """

    view: View
    search: str
    rows: tuple[Row, ...]
    more: bool
    counts: Counts
    now: datetime
    dangers: tuple[str, ...]


async def listing(staff: Staff, view: View, search: str) -> Listing:
    services, now = staff.services, staff.services.clock.now()
    cases = await services.cases.list_open(view, by=staff.id, limit=SEARCHED)
    persons = await persons_of(services, cases)
    names = await names_of(services, (case.assignee_id for case in cases))
    wanted = search.casefold().split()
    found = [case for case in cases if _matches(case, persons.get(case.id), wanted)]
    local = Local.of(services.settings.site.timezone, now)
    rows = tuple(_row(staff, case, persons.get(case.id), names, local, now) for case in found[:_SHOWN])
    dangers = await _dangers(staff, cases if view == "open" else None)
    return Listing(view, search, rows, len(found) > _SHOWN, await services.cases.counts(staff.id), now, dangers)


async def _dangers(staff: Staff, opened: tuple[Case, ...] | None) -> tuple[str, ...]:
    """Most urgent cases come first, so the first of a long list are enough."""
    cases = await staff.services.cases.list_open("open") if opened is None else opened
    return tuple(case.id for case in cases if Urgency(case.urgency).is_danger and case.status == Status.OPEN)


def _matches(case: Case, person: Person | None, wanted: list[str]) -> bool:
    said = (case.words, case.translation or "", case.category, case.urgency, why(case), person.name if person else "")
    text = " ".join(said).casefold()
    return all(word in text for word in wanted)


def _row(staff: Staff, case: Case, person: Person | None, names: dict[str, str], local: Local, now: datetime) -> Row:
    urgency, spans = Urgency(case.urgency), spans_of(case.evidence.get("spans"), len(case.words))
    taken = "you" if case.assignee_id == staff.id else names.get(case.assignee_id or "", "")
    return Row(
        id=case.id,
        urgency=urgency,
        tag=URGENCY[urgency],
        due=None if case.status in ANSWERED else due(case.created_at, case.due_at, now),
        name=person.name if person and person.name else NOBODY_KNOWN,
        age=age_words(person),
        lang=case.lang,
        language="" if case.lang == "en" else own_name(staff, case.lang),
        words=first_words(case.words, spans),
        why=why(case),
        status=STATUS[Status(case.status)],
        taken=taken,
        opened=local.time(case.created_at),
    )


def age_words(person: Person | None) -> str:
    """Whole years; months below two years."""
    if person is None or person.age is None:
        return ""
    return f"{person.age:.0f}" if person.age >= 2 else f"{person.age * 12:.0f} months"


def own_name(staff: Staff, lang: str) -> str:
    """A language in its own words: `es` → `Español`."""
    name = staff.services.words.language_name(lang, lang)
    return name[:1].upper() + name[1:]
