"""Which of Chainlit's addresses a browser reaches, and which socket events are left."""

import pytest

from assistant.web.harden import KEPT_EVENTS, is_open
from tests.support.chat_site import Site

ID = "0b0e7a5c-0d0a-4c55-9f55-2f1c0a3a9e11"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", ""), ("GET", "/"), ("GET", f"/thread/{ID}"), ("GET", "/public/chat.js"), ("GET", "/assets/index.js"),
        ("GET", "/user"), ("GET", "/project/settings"), ("GET", "/project/translations"),
        ("GET", f"/project/thread/{ID}"),
        ("POST", "/project/threads"), ("POST", "/project/action"), ("DELETE", "/project/thread"),
        ("WEBSOCKET", "/ws/socket.io/"),
    ],
)  # fmt: skip
def test_open(method: str, path: str) -> None:
    assert is_open(method, path)


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/login"), ("GET", "/login"), ("POST", "/auth/jwt"), ("POST", "/auth/header"), ("POST", "/mcp"),
        ("POST", "/project/file"), ("GET", f"/project/file/{ID}"), ("PUT", "/project/thread"),
        ("PUT", "/project/element"),
        ("PUT", "/project/thread/share"), ("GET", f"/project/share/{ID}"), ("PUT", "/feedback"), ("GET", "/thread/x"),
        ("POST", "/slack/events"), ("GET", "/copilot/index.js"), ("GET", "/ws/socket.io/"), ("POST", "/ws/socket.io/"),
        ("GET", "/anything/new"), ("PATCH", "/"),
    ],
)  # fmt: skip
def test_closed(method: str, path: str) -> None:
    assert not is_open(method, path)


def test_socket_events_that_patients_do_not_need_are_gone(site: Site) -> None:
    from chainlit.server import sio

    assert set(sio.handlers["/"]) == KEPT_EVENTS
