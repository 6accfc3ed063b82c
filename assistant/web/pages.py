"""Pages of the staff and of sign-in: Jinja2 with the NHS design system's components, and calm pages for errors."""

import traceback
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode, urlsplit

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.errors import CaseConflict, ContentInvalid, ScopeRefused, StoreUnavailable, WorkflowRefused
from assistant.web.asked import asked_language
from assistant.web.body import phone_link
from assistant.web.bridge import SIGN_IN
from assistant.web.staff import NotSignedIn, services_of
from assistant.web.vendor import FONTS

log = structlog.get_logger(__name__)

Handler = Callable[[Request], Coroutine[Any, Any, Response]]

# The components read options that nobody gave, so an unknown name cannot be an error here.
TEMPLATES = Environment(
    loader=ChoiceLoader([PackageLoader("assistant.web"), PackageLoader("nhsuk_frontend_jinja")]),
    autoescape=True,
    undefined=ChainableUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
TEMPLATES.filters["phone_link"] = phone_link
_STATUS_OF: tuple[tuple[type[Exception], int], ...] = (
    (RequestValidationError, 422),
    (ContentInvalid, 422),
    (CaseConflict, 409),
    (WorkflowRefused, 409),
    (ScopeRefused, 403),
    (StoreUnavailable, 503),
)
_SPOKEN_OF = frozenset({403, 404, 409, 422, 503})
"""Errors that have words of their own; every other one is told as 500."""


def is_partial(request: Request) -> bool:
    """Whether htmx asks for a piece of the page that is open already."""
    return request.headers.get("hx-request-type") == "partial"


def render(request: Request, template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    services = services_of(request)
    common = {"nonce": request.state.csp_nonce, "site": services.settings.site, "fonts": FONTS}
    return HTMLResponse(TEMPLATES.get_template(template).render(common | values), status)


class StaffRoute(APIRoute):
    """A route whose errors become pages; what went wrong is told to the log, never to the browser."""

    def get_route_handler(self) -> Handler:
        handler = super().get_route_handler()

        async def calm(request: Request) -> Response:
            try:
                return await handler(request)
            except NotSignedIn:
                return _to_sign_in(request)
            except Exception as error:
                return problem(request, _status_of(error))

        return calm


def _status_of(error: Exception) -> int:
    if isinstance(error, HTTPException):
        return error.status_code
    known = next((status for kind, status in _STATUS_OF if isinstance(error, kind)), None)
    if known is None:
        last = traceback.extract_tb(error.__traceback__)[-1]
        log.error("a staff page failed", error=type(error).__name__, where=f"{last.name}:{last.lineno}")
    return known or 500


def problem(request: Request, status: int) -> Response:
    """The page for an error, in the language that the browser asks for."""
    words = services_of(request).words
    lang = asked_language(request.headers.get("accept-language", ""))
    kind = status if status in _SPOKEN_OF else 500

    def say(key: str, **values: str) -> str:
        return words.t(lang, "signin", key, **values)

    template = "staff/problem_part.html" if is_partial(request) else "staff/problem.html"
    return render(request, template, status=status, say=say, kind=kind, lang=lang, direction=words.direction(lang))


def _to_sign_in(request: Request) -> Response:
    """Back to where somebody was, once they have signed in."""
    if request.headers.get("hx-request"):
        return Response(status_code=401, headers={"hx-redirect": _sign_in_for(request.headers["hx-current-url"])})
    return RedirectResponse(_sign_in_for(request.url.path if request.method == "GET" else ""), status_code=303)


def _sign_in_for(address: str) -> str:
    where = urlsplit(address).path
    return f"{SIGN_IN}?{urlencode({'next': where})}" if where else SIGN_IN


def install(app: FastAPI) -> None:
    """The same calm pages for addresses that belong to no page, where a person asks."""

    async def unknown(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        if "text/html" in request.headers.get("accept", ""):
            return problem(request, status)
        return JSONResponse({"status": status}, status_code=status)

    app.add_exception_handler(HTTPException, unknown)
    app.add_exception_handler(500, unknown)
