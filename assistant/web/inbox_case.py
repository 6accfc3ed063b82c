"""One case as the inbox shows it: the patient's words, why it is here, the chat, the record, what happened so far."""

import re
from dataclasses import dataclass

from assistant.care.kinds import ANSWERED, Status
from assistant.chart.record import Person
from assistant.safety.verdict import Urgency
from assistant.store.ids import CaseId
from assistant.store.tables import Case
from assistant.trail import audit
from assistant.web.inbox_history import History, history_of
from assistant.web.inbox_record import Record, record_of
from assistant.web.inbox_rows import age_words, own_name
from assistant.web.inbox_thread import Talk, talk_of
from assistant.web.staff import Staff
from assistant.web.staff_clock import Due, Local, due
from assistant.web.staff_marks import Piece, pieces, spans_of
from assistant.web.staff_people import NOBODY_KNOWN, names_of, persons_of
from assistant.web.staff_words import ON, SEX, STATUS, URGENCY, humanise, why

_URL = re.compile(r"\s*(https://\S+)$")


@dataclass(frozen=True, slots=True)
class Why:
    """`rule` may be None: somebody asked for a person. `found` says on which text; `context` what else is known."""

    rule: str | None
    reason: str
    source: str
    source_url: str
    found: str
    context: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CaseView:
    id: CaseId
    version: int
    urgency: Urgency
    tag: str
    status: Status
    status_words: str
    due: Due | None
    opened: str
    name: str
    first_name: str
    about: tuple[str, ...]
    lang: str
    language: str
    words: tuple[Piece, ...]
    translation: str
    why: Why
    talk: Talk
    record: Record | None
    history: History
    taken: str
    mine: bool
    clinical: bool

    @property
    def is_open(self) -> bool:
        return self.status is Status.OPEN

    @property
    def is_closed(self) -> bool:
        return self.status is Status.CLOSED

    @property
    def is_answered(self) -> bool:
        return self.status in ANSWERED


async def view_of(staff: Staff, case: Case) -> CaseView:
    """The case for this reader. Looking at it is written down: a nurse's first look is an event of the case."""
    await _note_reading(staff, case)
    services, now = staff.services, staff.services.clock.now()
    local = Local.of(services.settings.site.timezone, now)
    events = await services.cases.events(CaseId(case.id))
    names = await names_of(services, [case.assignee_id, *(event.actor for event in events)])
    record = await record_of(staff, case)
    person = (await persons_of(services, [case])).get(case.id)
    name = person.name if person and person.name else NOBODY_KNOWN
    urgency, status = Urgency(case.urgency), Status(case.status)
    return CaseView(
        id=CaseId(case.id),
        version=case.version,
        urgency=urgency,
        tag=URGENCY[urgency],
        status=status,
        status_words=STATUS[status],
        due=None if status in ANSWERED else due(case.created_at, case.due_at, now),
        opened=local.time(case.created_at),
        name=name,
        first_name=name.split()[0] if person and person.name else "the patient",
        about=_about(staff, case, person),
        lang=case.lang,
        language=own_name(staff, case.lang),
        words=pieces(case.words, spans_of(case.evidence.get("spans"), len(case.words))),
        translation=case.translation or "",
        why=_why(case, person),
        talk=await talk_of(services, case, local),
        record=record,
        history=history_of(case, events, names, local),
        taken=names.get(case.assignee_id or "", ""),
        mine=case.assignee_id == staff.id,
        clinical=staff.is_nurse,
    )


async def _note_reading(staff: Staff, case: Case) -> None:
    services = staff.services
    if staff.is_nurse:
        await services.cases.viewed(CaseId(case.id), staff.id)
        return
    # Somebody who is no nurse reads words of a patient: the trail knows, and the patient is told nothing of it.
    async with services.database.write() as session:
        await audit.append(session, at=services.clock.now(), actor=staff.id, action="case.read", subject=case.id)


def _about(staff: Staff, case: Case, person: Person | None) -> tuple[str, ...]:
    known = (
        age_words(person),
        SEX.get(person.sex or "", "") if person else "",
        own_name(staff, case.lang),
        "interpreter wanted" if person and person.interpreter else "",
    )
    return tuple(each for each in known if each)


def _why(case: Case, person: Person | None) -> Why:
    url = _URL.search(case.source)
    on = str(case.evidence.get("on", "")) if case.rule else ""
    return Why(
        rule=case.rule,
        reason=why(case),
        source=_URL.sub("", case.source),
        source_url=url[1] if url else "",
        found=ON.get(on, ""),
        context=_context(case, person),
    )


def _context(case: Case, person: Person | None) -> tuple[str, ...]:
    """What the patient was shown, and what of the person the danger check knew beyond the page's heading."""
    script = str(case.evidence.get("script", ""))
    known = [f"patient was shown: {humanise(script).lower()}"] if script else []
    if person is not None and person.pregnant:
        known.append("pregnant")
    return tuple(known)
