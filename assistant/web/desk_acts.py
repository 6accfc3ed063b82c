"""What editors and approvers do with a version. Nothing that patients read changes before a second person approves."""

from dataclasses import dataclass
from typing import Literal

import structlog
from fastapi import HTTPException

from assistant.errors import AssistantError, ContentInvalid, WorkflowRefused
from assistant.store.tables import ContentVersion
from assistant.web.desk_review import was_opened
from assistant.web.staff import Staff

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Told:
    """What the page says after an act; `lines` are problems with their places."""

    tone: Literal["done", "wrong"]
    text: str
    lines: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        return 200 if self.tone == "done" else 409


def require_editor(staff: Staff) -> None:
    if not staff.edits:
        raise HTTPException(403)


def require_approver(staff: Staff) -> None:
    if not staff.approves:
        raise HTTPException(403)


async def write(staff: Staff, path: str, body: str, reason: str, *, submit: bool) -> ContentVersion:
    """A new version of the file, at once handed in if wished. Raises `WorkflowRefused` and `ContentInvalid`."""
    require_editor(staff)
    version = await staff.services.versions.draft(path, body, staff.id, reason.strip())
    return await hand_in(staff, version) if submit else version


async def hand_in(staff: Staff, version: ContentVersion) -> ContentVersion:
    require_editor(staff)
    return await staff.services.versions.submit(version.id or 0, staff.id)


async def approve(staff: Staff, version: ContentVersion) -> Told:
    require_approver(staff)
    if version.author != staff.id and not await was_opened(staff, version):
        return Told("wrong", "Look first at what will change for patients.")
    try:
        await staff.services.versions.approve(version.id or 0, staff.id)
    except ContentInvalid as error:
        return Told("wrong", "This version does not fit to the other content.", tuple(error.detail.splitlines()))
    except WorkflowRefused as error:
        return Told("wrong", f"Not approved: {error.detail}.")
    return await _put_to_use(staff, version)


async def _put_to_use(staff: Staff, version: ContentVersion) -> Told:
    """The next answer uses the version; when that fails, everything stays as it was before the approval."""
    services = staff.services
    try:
        await services.shelf.reload()
    except Exception as error:
        reason = str(error) if isinstance(error, AssistantError) else type(error).__name__
        log.error("an approved version could not be put to use", path=version.path, error=type(error).__name__)
        await services.versions.take_back(version.id or 0, staff.id, f"could not be put to use: {reason}")
        return Told("wrong", "The version could not be put to use. Nothing has changed for patients.", (reason,))
    services.broker.publish("content", version.path)
    return Told("done", "Approved. The next answer uses this version.")


async def send_back(staff: Staff, version: ContentVersion, reason: str) -> Told:
    require_approver(staff)
    if not reason.strip():
        return Told("wrong", "Say what should be changed.")
    try:
        await staff.services.versions.reject(version.id or 0, staff.id, reason.strip())
    except WorkflowRefused as error:
        return Told("wrong", f"Not sent back: {error.detail}.")
    return Told("done", "Sent back to the author with your words.")
