"""The inbox: who needs a nurse, most urgent first, and everything that is needed to answer."""

from collections.abc import Awaitable
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException
from sse_starlette.sse import EventSourceResponse
from starlette.responses import RedirectResponse, Response

from assistant.care.kinds import View
from assistant.store.ids import CaseId
from assistant.store.tables import Case
from assistant.web import inbox_acts
from assistant.web.inbox_acts import Told
from assistant.web.inbox_case import CaseView, view_of
from assistant.web.inbox_events import stream
from assistant.web.inbox_rows import Listing, listing
from assistant.web.pages import StaffRoute, is_partial, render
from assistant.web.staff import INBOX, Staff, staff_with
from assistant.web.staff_page import heading
from assistant.web.staff_words import OUTCOMES

router = APIRouter(prefix="/inbox", route_class=StaffRoute)

Reader = Annotated[Staff, Depends(staff_with(INBOX))]
Field = Annotated[str, Form()]


@router.get("")
async def inbox(staff: Reader, view: View = "open") -> Response:
    return await _whole(staff, await listing(staff, view, ""), None)


@router.post("/list")
async def cases(staff: Reader, view: Annotated[View, Form()] = "open", search: Field = "") -> Response:
    """The list pane. What is searched for is about patients, so it never stands in an address."""
    found = await listing(staff, view, search)
    if not is_partial(staff.request):
        return await _whole(staff, found, None)
    return render(staff.request, "staff/inbox_list.html", staff=staff, list=found)


@router.get("/events")
async def events(staff: Reader) -> Response:
    return EventSourceResponse(stream(staff))


@router.get("/{case_id}")
async def case(staff: Reader, case_id: str) -> Response:
    return await _shown(staff, await _case(staff, case_id), None)


@router.post("/{case_id}/claim")
async def claim(staff: Reader, case_id: str, version: Annotated[int, Form()]) -> Response:
    return await _done(staff, case_id, inbox_acts.claim(staff, CaseId(case_id), version))


@router.post("/{case_id}/acknowledge")
async def acknowledge(staff: Reader, case_id: str, version: Annotated[int, Form()]) -> Response:
    return await _done(staff, case_id, inbox_acts.acknowledge(staff, CaseId(case_id), version))


@router.post("/{case_id}/reply")
async def reply(staff: Reader, case_id: str, version: Annotated[int, Form()], text: Field = "") -> Response:
    return await _done(staff, case_id, inbox_acts.reply(staff, await _case(staff, case_id), version, text), text)


@router.post("/{case_id}/note")
async def note(staff: Reader, case_id: str, text: Field = "") -> Response:
    return await _done(staff, case_id, inbox_acts.note(staff, CaseId(case_id), text))


@router.post("/{case_id}/release")
async def release(staff: Reader, case_id: str, version: Annotated[int, Form()]) -> Response:
    return await _done(staff, case_id, inbox_acts.release(staff, CaseId(case_id), version))


@router.post("/{case_id}/close")
async def close(staff: Reader, case_id: str, version: Annotated[int, Form()], outcome: Field = "") -> Response:
    return await _done(staff, case_id, inbox_acts.close(staff, CaseId(case_id), version, outcome))


async def _case(staff: Staff, case_id: str) -> Case:
    found = await staff.services.cases.get(CaseId(case_id))
    if found is None:
        raise HTTPException(404)
    return found


async def _done(staff: Staff, case_id: str, act: Awaitable[Told], draft: str = "") -> Response:
    """The case as it stands after the act, with what came of it."""
    told = await inbox_acts.tried(staff, CaseId(case_id), act)
    if told.tone == "done" and not is_partial(staff.request):
        return RedirectResponse(f"/inbox/{case_id}", status_code=303)
    return await _shown(staff, await _case(staff, case_id), told, "" if told.sent else draft)


async def _shown(staff: Staff, found: Case, told: Told | None, draft: str = "") -> Response:
    view, status = await view_of(staff, found), told.status if told else 200
    if is_partial(staff.request):
        values = {"staff": staff, "case": view, "told": told, "draft": draft, "outcomes": OUTCOMES}
        return render(staff.request, "staff/inbox_part.html", status=status, **values)
    return await _whole(staff, await listing(staff, "open", ""), view, told, draft)


async def _whole(
    staff: Staff, found: Listing, view: CaseView | None, told: Told | None = None, draft: str = ""
) -> Response:
    return render(
        staff.request,
        "staff/inbox.html",
        status=told.status if told else 200,
        staff=staff,
        heading=await heading(staff, "inbox"),
        list=found,
        case=view,
        told=told,
        draft=draft,
        outcomes=OUTCOMES,
    )
