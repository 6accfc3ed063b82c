"""The ASGI app: the patient's chat, the staff's inbox and desk, and health. Built from services that are ready."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response
from fastapi.staticfiles import StaticFiles
from sqlalchemy import text

from assistant.errors import StoreUnavailable
from assistant.people.roles import Role
from assistant.web import desk, host, inbox, pages, signin
from assistant.web.bridge import SIGN_IN, ChatBridge
from assistant.web.cookies import session_token
from assistant.web.headers import CHAT, SecurityHeaders
from assistant.web.vendor import mount_vendor

if TYPE_CHECKING:
    from assistant.web.services import Services

_STATIC = Path(__file__).parent / "web" / "static"
HOMES = {
    Role.PATIENT: f"{CHAT}/",
    Role.NURSE: "/inbox",
    Role.EDITOR: "/desk",
    Role.APPROVER: "/desk",
    Role.ADMIN: "/inbox",
    Role.AUDITOR: "/desk",
}


def create_app(services: "Services") -> FastAPI:
    """The whole site. `services` are opened and closed by the caller."""
    app = FastAPI(lifespan=_lifespan(services), docs_url=None, redoc_url=None, openapi_url=None)
    app.state.services = services
    app.add_api_route("/health", health, methods=["GET"])
    app.add_api_route("/", home, methods=["GET"])
    mount_vendor(app)
    app.mount("/static", StaticFiles(directory=_STATIC), name="static")
    host.mount(app, services)
    # Chainlit must not be imported before `host.mount` has pointed it to its folder.
    from assistant.web import shell

    for routes in (signin.router, inbox.router, desk.router, shell.router):
        app.include_router(routes)
    pages.install(app)
    app.add_middleware(ChatBridge, services=services)
    app.add_middleware(SecurityHeaders, settings=services.settings)
    return app


def _lifespan(services: "Services") -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
        from assistant.web import intake, live

        following = asyncio.create_task(live.follow(services))
        yield
        await intake.drain()
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following

    return lifespan


async def health(request: Request) -> Response:
    """200 while the database answers, 503 otherwise; nothing else is told to somebody who is not signed in."""
    services: Services = request.app.state.services
    try:
        async with services.database.read() as session:
            await session.execute(text("SELECT 1"))
    except StoreUnavailable:
        return JSONResponse({"status": "unavailable"}, status_code=503)
    return JSONResponse({"status": "ok"})


async def home(request: Request) -> Response:
    """To the page of one's role, or to sign-in."""
    services: Services = request.app.state.services
    token = session_token(request, services.settings)
    signed = await services.sign_ins.lookup(token) if token else None
    return RedirectResponse(HOMES[Role(signed.account.role)] if signed else SIGN_IN, status_code=303)
