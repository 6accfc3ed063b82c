"""What of Chainlit stays open to a patient's browser. Everything else is closed, whatever a later version adds."""

import re
from typing import Protocol

_ID = r"[0-9a-f-]{36}"
_OPEN = {
    "GET": re.compile(
        rf"(/|/thread/{_ID}|/public/.+|/assets/.+|/auth/config|/user|/project/(translations|settings)"
        rf"|/project/thread/{_ID}|/favicon|/logo|/avatars/[\w .-]+)?"
    ),
    "HEAD": re.compile(r"/?"),
    "POST": re.compile(r"/project/(threads|action)"),
    "DELETE": re.compile(r"/project/thread"),
    "WEBSOCKET": re.compile(r"/ws/socket\.io/?"),
}
KEPT_EVENTS = frozenset({"connect", "disconnect", "connection_successful", "clear_session", "client_message", "stop"})
BIGGEST_PACKET = 1024 * 1024


def is_open(method: str, path: str) -> bool:
    """Whether a method and path (below `/chat`) are among those that the patient's page uses."""
    pattern = _OPEN.get(method)
    return bool(pattern and pattern.fullmatch(path))


class _Packets(Protocol):
    max_http_buffer_size: int


class _SocketServer(Protocol):
    handlers: dict[str, dict[str, object]]
    eio: _Packets

    async def disconnect(self, sid: str) -> None: ...


def close_events(sio: _SocketServer) -> None:
    """Editing messages, choosing a message's type, audio and settings are not for patients."""
    events = sio.handlers["/"]
    for name in set(events) - KEPT_EVENTS:
        del events[name]
    # Room for 100,000 characters of any script: what is too long is refused in words, never by cutting the line.
    sio.eio.max_http_buffer_size = BIGGEST_PACKET


async def kick(account_id: str) -> int:
    """Closes every open chat of an account, after sign-out or revocation; how many there were."""
    from chainlit.server import sio
    from chainlit.session import ws_sessions_id

    sessions = [s for s in ws_sessions_id.values() if s.user and s.user.identifier == account_id]
    for session in sessions:
        session.to_clear = True
        await sio.disconnect(session.socket_id)
    return len(sessions)
