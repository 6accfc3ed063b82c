"""Security headers on every answer, with a fresh nonce for the scripts that a page carries itself."""

import secrets

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.settings import Settings

_COMMON = (
    "default-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'{sockets}; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
)
_STAFF = _COMMON + "script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'"
# Chainlit compiles its custom elements in the browser and writes style attributes; only the chat gets these two.
_CHAT = _COMMON + "script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; style-src 'self' 'unsafe-inline'"

_FIXED = {
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), payment=()",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}
_LASTING = ("/chat/assets/", "/chat/public/", "/static/", "/vendor/")
CHAT = "/chat"


def is_chat(path: str) -> bool:
    return path == CHAT or path.startswith(CHAT + "/")


class SecurityHeaders:
    """Pure ASGI, so that streamed answers (server-sent events) pass through untouched.

    Templates read the nonce as `request.state.csp_nonce`.
    """

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._sockets = "".join(f" {origin.replace('http', 'ws', 1)}" for origin in settings.allowed_origins)
        self._tls = settings.secure_cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        scope.setdefault("state", {})["csp_nonce"] = nonce

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), scope["path"], nonce)
            await send(message)

        await self._app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, path: str, nonce: str) -> None:
        policy = _CHAT if is_chat(path) else _STAFF
        headers["content-security-policy"] = policy.format(nonce=nonce, sockets=self._sockets)
        for name, value in _FIXED.items():
            headers[name] = value
        if self._tls:
            headers["strict-transport-security"] = "max-age=31536000; includeSubDomains"
        if not path.startswith(_LASTING):
            headers["cache-control"] = "no-store"
