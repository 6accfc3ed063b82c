"""The desk: approved content, its versions, and the four eyes that every change needs."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException
from starlette.responses import RedirectResponse, Response

from assistant.errors import ContentInvalid, WorkflowRefused
from assistant.store.tables import ContentVersion
from assistant.web import desk_acts
from assistant.web.desk_item import item_of, known_path
from assistant.web.desk_preview import preview
from assistant.web.desk_review import note_opened, review_of
from assistant.web.desk_shelf import counted, look, pieces
from assistant.web.desk_titles import GROUPS, title_of
from assistant.web.pages import StaffRoute, is_partial, render
from assistant.web.staff import DESK, Staff, staff_with
from assistant.web.staff_page import heading
from assistant.web.staff_people import names_of

router = APIRouter(prefix="/desk", route_class=StaffRoute)

Reader = Annotated[Staff, Depends(staff_with(DESK))]
Field = Annotated[str, Form()]


@router.get("")
async def desk(staff: Reader, folder: str = "labs", search: str = "", only: str = "") -> Response:
    shown, languages = await look(staff.services), staff.services.settings.languages
    if folder not in GROUPS:
        raise HTTPException(404)
    wanted, counts = search.casefold().split(), counted(shown)
    rows = pieces(shown, folder, languages)
    names = await names_of(staff.services, [version.author for version in shown.pending])
    titles = {v.id: title_of(v.path, preview(v.path, v.body, staff.services.settings.site).item) for v in shown.pending}
    return render(
        staff.request,
        "staff/desk.html",
        staff=staff,
        heading=await heading(staff, "desk"),
        groups=[(name, title, counts[name]) for name, title in GROUPS.items()],
        folder=folder,
        search=search,
        only=only,
        rows=[row for row in rows if (not only or only in row.states) and _found(row.title, row.key, wanted)],
        samples=sum(row.sample for row in rows),
        waiting=[version for version in shown.pending if version.status == "review"],
        drafts=[version for version in shown.pending if version.status == "draft"],
        names=names,
        titles=titles,
    )


def _found(title: str, key: str, wanted: list[str]) -> bool:
    return all(word in f"{title} {key}".casefold() for word in wanted)


@router.get("/item/{path:path}")
async def item(staff: Reader, path: str) -> Response:
    page = await item_of(staff, path)
    return render(staff.request, "staff/desk_item.html", staff=staff, heading=await heading(staff, "desk"), item=page)


@router.get("/edit/{path:path}")
async def edit(staff: Reader, path: str, start: int | None = None) -> Response:
    """The file's text, or that of an older version to start from."""
    desk_acts.require_editor(staff)
    page = await item_of(staff, path)
    source = await staff.services.versions.get(start) if start is not None else page.living
    if source is not None and source.path != path:
        raise HTTPException(404)
    return await _editor(staff, path, source.body if source else "", "", ())


@router.post("/edit/{path:path}")
async def save(
    staff: Reader, path: str, body: Field = "", reason: Field = "", act: Annotated[str, Form()] = "draft"
) -> Response:
    text = as_text(body)
    try:
        version = await desk_acts.write(staff, known_path(path), text, reason, submit=act == "submit")
    except ContentInvalid as error:
        return await _editor(staff, path, text, reason, tuple(error.detail.splitlines()), 422)
    except WorkflowRefused as error:
        return await _editor(staff, path, text, reason, (error.detail,), 422)
    return RedirectResponse(f"/desk/version/{version.id}", status_code=303)


@router.post("/preview/{path:path}")
async def live_preview(staff: Reader, path: str, body: Field = "") -> Response:
    desk_acts.require_editor(staff)
    text = preview(known_path(path), as_text(body), staff.services.settings.site)
    return render(staff.request, "staff/desk_preview.html", text=text)


def as_text(body: str) -> str:
    """Browsers send every line's end as CR LF."""
    return body.replace("\r\n", "\n")


async def _editor(
    staff: Staff, path: str, body: str, reason: str, problems: tuple[str, ...], status: int = 200
) -> Response:
    page = await item_of(staff, path)
    text = preview(path, body, staff.services.settings.site)
    values = {"item": page, "body": body, "reason": reason, "problems": problems, "text": text}
    return render(
        staff.request,
        "staff/desk_edit.html",
        status=status,
        staff=staff,
        heading=await heading(staff, "desk"),
        **values,
    )


@router.get("/version/{number}")
async def version(staff: Reader, number: int) -> Response:
    return await _review(staff, await _version(staff, number))


@router.post("/version/{number}/submit")
async def submit(staff: Reader, number: int) -> Response:
    await desk_acts.hand_in(staff, await _version(staff, number))
    return RedirectResponse(f"/desk/version/{number}", status_code=303)


@router.post("/version/{number}/effects")
async def effects(staff: Reader, number: int) -> Response:
    found = await _version(staff, number)
    await note_opened(staff, found)
    if not is_partial(staff.request):
        return RedirectResponse(f"/desk/version/{number}", status_code=303)
    return await _review(staff, found)


@router.post("/version/{number}/approve")
async def approve(staff: Reader, number: int) -> Response:
    return await _told(staff, number, await desk_acts.approve(staff, await _version(staff, number)))


@router.post("/version/{number}/reject")
async def reject(staff: Reader, number: int, reason: Field = "") -> Response:
    return await _told(staff, number, await desk_acts.send_back(staff, await _version(staff, number), reason))


async def _told(staff: Staff, number: int, told: desk_acts.Told) -> Response:
    return await _review(staff, await _version(staff, number), told)


async def _version(staff: Staff, number: int) -> ContentVersion:
    try:
        return await staff.services.versions.get(number)
    except WorkflowRefused:
        raise HTTPException(404) from None


async def _review(staff: Staff, found: ContentVersion, told: desk_acts.Told | None = None) -> Response:
    review = await review_of(staff, found)
    status, values = told.status if told else 200, {"staff": staff, "review": review, "told": told}
    values["language"] = staff.services.words.language_name
    if is_partial(staff.request):
        return render(staff.request, "staff/desk_review.html", status=status, **values)
    head = await heading(staff, "desk")
    return render(staff.request, "staff/desk_version.html", status=status, heading=head, **values)
