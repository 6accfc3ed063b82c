"""The one cookie of the site: our own revocable session. Nothing else is ever kept in a browser."""

from starlette.requests import HTTPConnection
from starlette.responses import Response

from assistant.settings import Settings


def cookie_name(settings: Settings) -> str:
    """Behind TLS the `__Host-` prefix ties the cookie to this host, to TLS and to the path `/`."""
    return "__Host-session" if settings.secure_cookies else "session"


def set_session(response: Response, token: str, settings: Settings) -> None:
    response.set_cookie(
        cookie_name(settings),
        token,
        max_age=settings.session_hours * 3600,
        path="/",
        secure=settings.secure_cookies,
        httponly=True,
        samesite="lax",
    )


def clear_session(response: Response, settings: Settings) -> None:
    response.delete_cookie(
        cookie_name(settings), path="/", secure=settings.secure_cookies, httponly=True, samesite="lax"
    )


def session_token(connection: HTTPConnection, settings: Settings) -> str | None:
    return connection.cookies.get(cookie_name(settings)) or None
