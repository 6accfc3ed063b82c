"""The door between our sign-in and Chainlit: only a signed-in patient passes, with a token for two minutes."""

import os
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

import jwt
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.store.tables import Account
from assistant.web.cookies import session_token
from assistant.web.harden import is_open
from assistant.web.headers import CHAT, is_chat
from assistant.web.visit import Visit, as_patient, enter

if TYPE_CHECKING:
    from assistant.web.services import Services

_TOKEN_LIFE = timedelta(minutes=2)
_READS = frozenset({"GET", "HEAD"})
_ABOUT_LANGUAGE = ("/project/translations", "/project/settings")
SIGN_IN = "/sign-in"


def origin_allowed(connection: HTTPConnection, allowed: tuple[str, ...]) -> bool:
    """Anything that can change something must come from our own pages; browsers always name the origin of those."""
    origin = connection.headers.get("origin")
    reads = connection.scope["type"] == "http" and connection.scope["method"] in _READS
    return reads or origin is None or origin in allowed


def chainlit_token(account: Account) -> str:
    now = datetime.now(UTC)
    claims = {"identifier": account.id, "display_name": "", "metadata": {}, "iat": now, "exp": now + _TOKEN_LIFE}
    return jwt.encode(claims, os.environ["CHAINLIT_AUTH_SECRET"], algorithm="HS256")


async def visitor(connection: HTTPConnection, services: "Services") -> Visit | None:
    """The patient behind a request, or None: no session, an ended one, or somebody of the staff."""
    token = session_token(connection, services.settings)
    return as_patient(services, await services.sign_ins.lookup(token) if token else None)


class ChatBridge:
    """Guards everything below `/chat`, page and socket alike."""

    def __init__(self, app: ASGIApp, services: "Services") -> None:
        self._app = app
        self._services = services

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in {"http", "websocket"} or not is_chat(scope["path"]):
            await self._app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        refusal = self._refusal(connection)
        visit = None if refusal else await visitor(connection, self._services)
        if visit is None:
            await _refuse(scope, receive, send, refusal or _not_signed_in(connection.headers))
            return
        enter(visit)
        await self._app(_for_chainlit(scope, visit), receive, send)

    def _refusal(self, connection: HTTPConnection) -> Response | None:
        scope = connection.scope
        if not origin_allowed(connection, self._services.settings.allowed_origins):
            return Response(status_code=403)
        path = scope["path"].removeprefix(CHAT)
        if scope["type"] == "http" and path == "/set-session-cookie":
            # Chainlit would set a cookie of its own for sticky routing; ours serves for that.
            return JSONResponse({})
        method = scope.get("method", "WEBSOCKET")
        return None if is_open(method, path) else Response(status_code=404)


def _not_signed_in(headers: Headers) -> Response:
    if "text/html" in headers.get("accept", ""):
        return RedirectResponse(SIGN_IN, status_code=303)
    return Response(status_code=401)


async def _refuse(scope: Scope, receive: Receive, send: Send, response: Response) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": 4401})
        return
    await response(scope, receive, send)


def _for_chainlit(scope: Scope, visit: Visit) -> Scope:
    """The same request with Chainlit's own token instead of any that a browser sent, in the patient's language."""
    inner = dict(scope, headers=list(scope["headers"]))
    headers = MutableHeaders(scope=inner)
    del headers["authorization"]
    headers["cookie"] = f"access_token={chainlit_token(visit.account)}"
    if scope["path"].endswith(_ABOUT_LANGUAGE):
        query = dict(parse_qsl(scope.get("query_string", b"").decode()), language=visit.lang)
        inner["query_string"] = urlencode(query).encode()
    return inner
