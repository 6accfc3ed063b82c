"""`assistant explain TURN`: what a reply was made from."""

import json

import typer
from sqlmodel import select

from assistant.errors import RecordInvalid
from assistant.settings import Settings
from assistant.store.columns import Cipher
from assistant.store.db import Database
from assistant.store.keys import load_keys
from assistant.store.tables import TurnRow


async def explain_turn(settings: Settings, turn: str) -> None:
    """Prints ids and versions only, never words of the patient. Raises `RecordInvalid` for an unknown turn."""
    Cipher.use(*load_keys(settings).columns)
    database = Database(settings.database)
    async with database.read() as session:
        row = (await session.execute(select(TurnRow).where(TurnRow.id == turn))).scalar_one_or_none()
    await database.close()
    if row is None:
        raise RecordInvalid("there is no turn of that id")
    told = {
        "turn": row.id,
        "at": row.created_at.isoformat(),
        "outcome": row.outcome,
        "urgency": row.urgency,
        "rule": row.rule,
        "intent": row.intent,
        "lang": row.lang,
        "model": row.model,
        "total_ms": round(row.total_ms, 1),
        **row.lineage,
    }
    typer.echo(json.dumps(told, indent=2, ensure_ascii=False))
