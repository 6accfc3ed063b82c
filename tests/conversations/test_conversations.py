"""Whole conversations through the real path, as tables: who writes what, how it ends, what the reply holds."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from assistant.store.ids import CaseId
from assistant.turn.render import reply_text
from assistant.turn.reply import ScriptCard
from assistant.web.services import Services
from tests.support.house import incoming

HERE = Path(__file__).parent


def rows() -> list[Any]:
    return [
        pytest.param(row, id=f"{path.parent.name}-{path.stem}-{number}")
        for path in sorted(HERE.glob("*/*.yaml"))
        for number, row in enumerate(yaml.safe_load(path.read_text("utf-8")), start=1)
    ]


@pytest.mark.parametrize("row", rows())
async def test_a_message_ends_as_it_should(row: dict[str, Any], open_house: Services) -> None:
    message = await incoming(open_house, row["as"], row["say"], row["lang"])
    turn = await open_house.engine.play(message)
    assert turn.reply is not None
    text = reply_text(turn.reply)
    if "ends" in row:
        assert turn.outcome == row["ends"], text
    if "ends_not" in row:
        assert turn.outcome is not None
        assert turn.outcome.family != row["ends_not"], turn.verdict
    for words in row.get("holds", ()):
        assert words in text
    if "script" in row:
        assert any(isinstance(p, ScriptCard) and p.script == row["script"] for p in turn.reply.parts)
    await _case_is_on_disk(row, turn.case, open_house)


async def _case_is_on_disk(row: dict[str, Any], case_id: CaseId | None, services: Services) -> None:
    """A case of the right urgency exists exactly when the row says so."""
    if "case" not in row:
        return
    assert case_id is not None
    case = await services.cases.get(case_id)
    assert case is not None
    assert case.urgency == row["case"]
    assert case.words == row["say"]
