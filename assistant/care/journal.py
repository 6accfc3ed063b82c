"""Where a case waits while the database cannot be written: one encrypted, flushed file a case, replayed later."""

import asyncio
import json
import logging
import os
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from assistant.care.cases import Cases
from assistant.care.opening import NewCase
from assistant.errors import StoreUnavailable
from assistant.safety.verdict import Urgency
from assistant.store.clock import Clock
from assistant.store.columns import utf8
from assistant.store.db import Database
from assistant.store.disk import write_durably
from assistant.store.ids import CaseId
from assistant.store.tables import TurnRow

_log = logging.getLogger(__name__)

_RESERVE = 1 << 20
"""Bytes kept back on the disk, so that a case can still be kept when it is full."""


class Journal:
    """`keys`: Fernet keys, newest first (`Keyring.journal`)."""

    def __init__(self, folder: Path, keys: tuple[bytes, ...], clock: Clock) -> None:
        self._folder = folder
        self._fernet = MultiFernet([Fernet(key) for key in keys])
        self._clock = clock
        self._replaying = asyncio.Lock()
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._keep_reserve()

    async def keep(self, case: NewCase, turn: TurnRow | None = None) -> CaseId:
        """On disk (fsync) when it returns. Raises `StoreUnavailable` when not even that is possible.

        Only then may the patient not be told that the team has the message.
        """
        entry = {"case": asdict(case) | {"at": (case.at or self._clock.now()).isoformat()}, "turn": _turn_as_json(turn)}
        sealed = self._fernet.encrypt(utf8(json.dumps(entry, ensure_ascii=False)))
        path = self._folder / f"{self._clock.now():%Y%m%dT%H%M%S%f}-{case.id}.jsonl"
        try:
            await asyncio.shield(asyncio.to_thread(self._write, path, sealed))
        except OSError as error:
            raise StoreUnavailable(type(error).__name__) from error
        return case.id

    async def replay(self, database: Database, cases: Cases) -> tuple[CaseId, ...]:
        """Moves every waiting case into the database; the ids moved. Safe to repeat: a turn has one case.

        What the database still refuses waits for the next time, and holds nothing else up.
        """
        moved: list[CaseId] = []
        async with self._replaying:
            for path in self.waiting():
                try:
                    found = await self._replay_one(path, database, cases)
                except StoreUnavailable as error:
                    _log.warning("a journal file could not be replayed yet: %s: %s", path.name, error.detail)
                    continue
                moved += [found] if found else []
            self._keep_reserve()
        return tuple(moved)

    def waiting(self) -> tuple[Path, ...]:
        """Oldest first."""
        return tuple(sorted(self._folder.glob("*.jsonl")))

    async def _replay_one(self, path: Path, database: Database, cases: Cases) -> CaseId | None:
        try:
            entry = json.loads(self._fernet.decrypt(await asyncio.to_thread(path.read_bytes)))
        except (InvalidToken, ValueError):
            _log.error("a journal file cannot be read with this key and stays where it is: %s", path.name)
            return None
        new, turn = _case_from_json(entry["case"]), entry["turn"]
        async with database.write() as session:
            if turn is not None and await session.get(TurnRow, turn["id"]) is None:
                session.add(TurnRow.model_validate(turn))
            case = await cases.open(session, new)
        await asyncio.to_thread(path.unlink)
        return CaseId(case.id)

    def _write(self, path: Path, data: bytes) -> None:
        try:
            write_durably(path, data)
        except OSError:
            # The disk is full: this is what the reserve is for.
            (self._folder / "reserve").unlink(missing_ok=True)
            write_durably(path, data)

    def _keep_reserve(self) -> None:
        reserve = self._folder / "reserve"
        if reserve.exists():
            return
        try:
            write_durably(reserve, os.urandom(_RESERVE))
        except OSError:
            _log.warning("no room for the journal's reserve")


def _turn_as_json(turn: TurnRow | None) -> dict[str, Any] | None:
    return None if turn is None else turn.model_dump(mode="json")


def _case_from_json(raw: dict[str, Any]) -> NewCase:
    return NewCase(**raw | {"urgency": Urgency(raw["urgency"]), "at": datetime.fromisoformat(raw["at"])})
