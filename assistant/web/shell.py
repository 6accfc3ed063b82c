"""What the page's own header asks for: earlier chats, another language, a person."""

from typing import TYPE_CHECKING, Annotated

from chainlit.session import WebsocketSession, ws_sessions_id
from fastapi import APIRouter, Depends, HTTPException, Request
from pydantic import BaseModel

from assistant.store.ids import ThreadId, new_id
from assistant.web import live
from assistant.web.bridge import origin_allowed, visitor
from assistant.web.chat import say
from assistant.web.csrf import csrf_matches
from assistant.web.datalayer import my_threads
from assistant.web.intake import Said
from assistant.web.visit import Visit, enter

if TYPE_CHECKING:
    from assistant.web.services import Services

router = APIRouter()

_LISTED = 30


class Wish(BaseModel):
    """`thread`: the chat that the page shows, empty for a new one. `lang`: the language that was chosen."""

    thread: str = ""
    lang: str = ""


async def patient(request: Request) -> Visit:
    services: Services = request.app.state.services
    if not origin_allowed(request, services.settings.allowed_origins):
        raise HTTPException(403)
    visit = await visitor(request, services)
    if visit is None:
        raise HTTPException(401)
    if request.method != "GET" and not csrf_matches(visit.signed.csrf, request.headers.get("x-csrf")):
        raise HTTPException(403)
    enter(visit)
    return visit


Patient = Annotated[Visit, Depends(patient)]


@router.get("/chat-shell.json")
async def shell(visit: Patient) -> dict[str, object]:
    """The site's numbers and the patient's chats, newest first, by date."""
    site = visit.services.settings.site
    chats = [{"id": chat.id, "title": chat.title} for chat in await my_threads(_LISTED)]
    numbers = {"emergency": site.emergency_number, "crisis": site.crisis_number, "phone": site.phone}
    return {"site": site.name, "lang": visit.lang, "numbers": numbers, "chats": chats}


@router.post("/chat-shell/language", status_code=204)
async def choose_language(visit: Patient, wish: Wish) -> None:
    if wish.lang not in visit.services.settings.languages:
        raise HTTPException(422)
    await visit.services.accounts.set_language(visit.account_id, wish.lang)


@router.post("/chat-shell/person", status_code=204)
async def ask_for_a_person(visit: Patient, wish: Wish) -> None:
    """Says the approved words for it in the chat of the page that asks."""
    session = _page_of(visit, wish.thread)
    if session is None:
        raise HTTPException(409)
    await say(session, visit, Said(ThreadId(session.thread_id), visit.word("ask_person_say"), new_id()))


def _page_of(visit: Visit, thread: str) -> WebsocketSession | None:
    """The page that shows this chat; without a chat the newest connected page of the patient."""
    mine = [one for one in ws_sessions_id.values() if one.user and one.user.identifier == visit.account_id]
    connected = [one for one in mine if live.is_connected(one)]
    return next((one for one in reversed(connected) if thread in {"", one.thread_id}), None)
