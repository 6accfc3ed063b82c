"""Speaks the chat page's own protocol (socket.io), for tests that need no browser."""

import asyncio
from types import TracebackType
from typing import Any, Self
from uuid import uuid4

import socketio

from tests.support.chat_site import Site
from tests.support.served import Served

SHOWN = {"new_message", "update_message"}


class ChatClient:
    """One open page. `events` holds everything that came, in order."""

    def __init__(
        self,
        site: Site | Served,
        token: str,
        *,
        thread: str = "",
        origin: str | None = None,
        session: str | None = None,
    ) -> None:
        self.site, self.token, self.thread = site, token, thread
        self.origin = origin or site.url
        self.session = session or str(uuid4())
        self.events: list[tuple[str, Any]] = []
        self.io = socketio.AsyncClient(reconnection=False)
        self.io.on("*", self._came)

    async def _came(self, event: str, *data: Any) -> None:
        self.events.append((event, data[0] if data else None))
        if event == "first_interaction":
            self.thread = data[0]["thread_id"]

    async def __aenter__(self) -> Self:
        await self.io.connect(
            self.site.url,
            socketio_path="/chat/ws/socket.io",
            transports=["websocket"],
            headers={"Cookie": f"session={self.token}", "Origin": self.origin},
            auth={"sessionId": self.session, "clientType": "webapp", "userEnv": "{}", "threadId": self.thread},
        )
        await self.io.emit("connection_successful")
        await asyncio.sleep(0.1)
        return self

    async def __aexit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        await self.io.disconnect()

    async def send(self, text: str, **more: object) -> str:
        """Sends without waiting; the message's id."""
        message = {"id": str(uuid4()), "output": text, "type": "user_message", "name": "user", "createdAt": "", **more}
        await self.io.emit("client_message", {"message": message, "fileReferences": []})
        return str(message["id"])

    async def say(self, text: str, seconds: float = 8, **more: object) -> list[Any]:
        """Sends, waits for the reply's last card (or its words), and returns what the assistant said."""
        before = len(self.events)
        await self.send(text, **more)
        await self.until(lambda: bool(self.feet(before)), seconds)
        return self.said(before)

    async def until(self, true: Any, seconds: float = 8) -> None:
        async with asyncio.timeout(seconds):
            while not true():  # noqa: ASYNC110 (what is waited for comes from another party)
                await asyncio.sleep(0.02)

    def said(self, since: int = 0) -> list[Any]:
        return [d for e, d in self.events[since:] if e in SHOWN and d["type"] == "assistant_message"]

    def cards(self, since: int = 0) -> list[Any]:
        return [data for event, data in self.events[since:] if event == "element"]

    def feet(self, since: int = 0) -> list[Any]:
        return [card for card in self.cards(since) if card["name"] == "ReplyFoot"]
