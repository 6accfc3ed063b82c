"""Step 11. Always runs: turn, lineage, audit and case in one transaction, only then the words "we told your team"."""

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from assistant.care.kinds import ANSWERED
from assistant.care.opening import NewCase
from assistant.errors import StoreUnavailable
from assistant.safety.verdict import Urgency
from assistant.store.ids import CaseId
from assistant.store.tables import Case, TurnRow
from assistant.trail import audit
from assistant.turn.deps import Deps
from assistant.turn.lineage import lineage
from assistant.turn.render import reply_text
from assistant.turn.reply import ScriptCard
from assistant.turn.scripts import script_words
from assistant.turn.state import CaseUrgency, Stop, Turn

log = structlog.get_logger(__name__)

_TOLD = {
    "emergency": "told_team",
    "crisis": "told_team",
    "urgent": "told_team_urgent",
    "routine": "told_team_routine",
}


async def record(turn: Turn, deps: Deps) -> Turn | Stop:
    wanted = turn.stop.case if turn.stop else None
    told = _with_told(turn, wanted, deps, reached=True) if wanted else turn
    try:
        case = await _commit(told, wanted, deps)
    except StoreUnavailable:
        log.error("turn could not be stored", turn=turn.id, case=wanted)
        return await _unreached(turn, wanted, deps)
    return replace(told, case=case, told=True) if case else told


async def _commit(turn: Turn, wanted: CaseUrgency | None, deps: Deps) -> CaseId | None:
    """One transaction: all of it is on disk, or none of it. The audit entry comes last, because others wait for it.

    Nothing that is read here was written here, so all rows go to the database together.
    """
    async with deps.database.write() as session:
        with session.no_autoflush:
            session.add(_row(turn))
            open_already = await deps.cases.patient_wrote(session, turn.thread, turn.text)
            case = await _case(session, turn, wanted, open_already, deps) if wanted else None
            await audit.append(
                session,
                at=turn.at,
                actor=turn.account or "replay",
                action="turn",
                subject=turn.id,
                detail={
                    "outcome": turn.outcome or "",
                    "urgency": turn.verdict.urgency,
                    "rule": turn.verdict.rule or "",
                },
            )
            return case


async def _case(
    session: AsyncSession, turn: Turn, wanted: CaseUrgency, open_already: tuple[CaseId, ...], deps: Deps
) -> CaseId:
    """The same complaint while nobody has answered yet stays one case; anything new or worse is a case of its own."""
    for case_id in open_already:
        case = await session.get(Case, case_id)
        if case is not None and _same_complaint(case, turn, wanted):
            return case_id
    return CaseId((await deps.cases.open(session, new_case(turn, wanted))).id)


def _same_complaint(case: Case, turn: Turn, wanted: CaseUrgency) -> bool:
    """A case that was answered is chased no longer, so whatever comes after it must be a new one."""
    if case.status in ANSWERED or case.rank < Urgency(wanted).rank:
        return False
    return turn.verdict.on == "history" or case.category == turn.verdict.category


async def _unreached(turn: Turn, wanted: CaseUrgency | None, deps: Deps) -> Turn:
    """The database is down: the case waits in the journal, and the patient is told honestly whom to call."""
    if wanted is None:
        return turn
    try:
        await deps.journal.keep(new_case(turn, wanted), _row(turn))
    except StoreUnavailable:
        log.critical("case could be kept nowhere", turn=turn.id)
    return _with_told(turn, wanted, deps, reached=False)


def new_case(turn: Turn, urgency: CaseUrgency) -> NewCase:
    verdict = turn.verdict
    return NewCase(
        turn_id=turn.id,
        thread_id=turn.thread,
        patient_id=turn.patient,
        account_id=turn.account,
        urgency=Urgency(urgency),
        category=verdict.category,
        rule=verdict.rule,
        source=verdict.source,
        lang=turn.written_in or turn.lang,
        words=turn.text,
        translation=turn.pivot,
        evidence={
            "spans": [list(span) for span in verdict.spans],
            "reason": verdict.reason,
            "on": verdict.on,
            "intent": turn.pick.intent if turn.pick else "",
            "outcome": turn.outcome or "",
            "script": turn.stop.script if turn.stop else "",
        },
        at=turn.at,
    )


def _row(turn: Turn) -> TurnRow:
    return TurnRow(
        id=turn.id,
        thread_id=turn.thread,
        patient_id=turn.patient,
        outcome=turn.outcome or "",
        urgency=turn.verdict.urgency,
        rule=turn.verdict.rule,
        intent=turn.pick.intent if turn.pick else None,
        lang=turn.lang,
        model=turn.model,
        text=turn.text,
        reply=reply_text(turn.reply) if turn.reply else "",
        lineage=lineage(turn),
        total_ms=sum(ms for _, ms in turn.steps),
        created_at=turn.at,
    )


def local_time(at: datetime, deps: Deps, lang: str) -> str:
    return deps.words.time(lang, at.astimezone(ZoneInfo(deps.settings.site.timezone)))


def _with_told(turn: Turn, wanted: CaseUrgency, deps: Deps, *, reached: bool) -> Turn:
    """The script card with the line that says whether the team has it."""
    if turn.reply is None:
        return turn
    lang, site = turn.reply.lang, deps.settings.site
    minutes = {"urgent": site.urgent_minutes, "routine": site.routine_minutes}.get(wanted, site.emergency_minutes)
    values = {"time": local_time(turn.at, deps, lang), "minutes": str(minutes)}
    line = script_words(_TOLD[wanted] if reached else "not_told_team", lang, deps, values)
    parts = tuple(replace(p, told=line) if isinstance(p, ScriptCard) else p for p in turn.reply.parts)
    return replace(turn, reply=turn.reply.with_parts(*parts))
