"""The state machine with everything real: what it keeps, and what happens when a part breaks."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from langgraph.checkpoint.memory import InMemorySaver
from sqlmodel import select

from assistant.errors import RailsFailed, StoreUnavailable
from assistant.safety.danger import DangerCheck
from assistant.store.ids import AccountId
from assistant.store.tables import TurnRow
from assistant.turn.deps import Deps
from assistant.turn.engine import Engine
from assistant.turn.pipeline import build
from assistant.turn.render import reply_text
from assistant.turn.reply import CheckCard, ScriptCard
from assistant.turn.state import Outcome
from assistant.web.services import Services
from tests.support.house import NOW, house, incoming

CHEST = "crushing pressure in my chest and my arm is numb"


@pytest_asyncio.fixture(scope="module")
async def home(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    async with house(tmp_path_factory.mktemp("pipeline")) as services:
        yield services


def engine_with(services: Services, **parts: Any) -> Engine:
    """The same house with one part exchanged."""
    deps: Deps = replace(services.engine.deps, **parts)
    return Engine(build(deps, InMemorySaver()), deps)


async def test_an_emergency_has_its_case_on_disk_before_the_patient_reads(home: Services) -> None:
    turn = await home.engine.play(await incoming(home, "daniel", CHEST, "en"))
    assert turn.case is not None
    assert await home.cases.get(turn.case) is not None
    assert turn.reply is not None
    [card] = turn.reply.parts
    assert isinstance(card, ScriptCard)
    assert card.call == "911"
    assert card.told
    assert [name for name, _ in turn.steps] == ["receive", "check_danger", "final_check", "record"]


async def test_an_ordinary_turn_goes_through_every_step_and_is_recorded(home: Services) -> None:
    turn = await home.engine.play(await incoming(home, "rosa", "what does my HbA1c mean?", "en"))
    assert [name for name, _ in turn.steps][-1] == "record"
    assert len(turn.steps) == 11
    async with home.database.read() as session:
        row = (await session.execute(select(TurnRow).where(TurnRow.id == turn.id))).scalar_one()
    assert row.outcome == Outcome.EXPLAINED
    assert "Observation/rosa-hba1c-2026-11-03" in row.lineage["labs"]
    assert all("@" in ref for ref in row.lineage["sources"] if ref.startswith("labs/"))


async def test_every_sentence_of_an_answer_has_a_source(home: Services) -> None:
    turn = await home.engine.play(await incoming(home, "rosa", "what does my HbA1c mean?", "en"))
    assert turn.reply is not None
    assert turn.reply.sentences
    for sentence in turn.reply.sentences:
        assert sentence.source.ref
        assert sentence.source.label
        if sentence.source.kind == "content":
            assert sentence.source.version >= 1
            assert sentence.source.reviewer
            assert sentence.source.status


async def test_a_broken_rail_ends_in_a_safe_reply_and_a_case(home: Services) -> None:
    class Broken:
        claims = home.engine.deps.rails.claims

        async def screen_input(self, _text: str) -> None:
            raise RailsFailed("check injection")

    turn = await engine_with(home, rails=Broken()).play(await incoming(home, "daniel", "what is vitamin d", "en"))
    assert turn.outcome == Outcome.FAILED
    assert turn.case is not None
    assert turn.reply is not None
    assert "check injection" not in reply_text(turn.reply)


async def test_a_broken_danger_check_is_never_silent(home: Services, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("patient words")

    monkeypatch.setattr(DangerCheck, "check", broken)
    turn = await home.engine.play(await incoming(home, "daniel", "hello", "en"))
    assert turn.outcome == Outcome.FAILED
    assert turn.case is not None


async def test_without_a_database_the_patient_gets_the_script_and_the_truth(home: Services) -> None:
    class Down:
        def write(self) -> None:
            raise StoreUnavailable("disk full")

    engine = engine_with(home, database=Down())
    turn = await engine.play(await incoming(home, "daniel", CHEST, "en"))
    assert turn.outcome == Outcome.EMERGENCY
    assert not turn.told
    assert turn.reply is not None
    text = reply_text(turn.reply)
    assert "911" in text
    assert "No one there has seen it" in text
    assert len(home.engine.deps.journal.waiting()) == 1
    [case_id] = await home.engine.deps.journal.replay(home.database, home.cases)
    case = await home.cases.get(case_id)
    assert case is not None
    assert case.words == CHEST


async def test_two_messages_of_one_chat_wait_for_each_other(home: Services) -> None:
    first = await incoming(home, "rosa", "what does my HbA1c mean?", "en", thread="same-chat")
    second = replace(first, text="hello there")
    turns = await asyncio.gather(home.engine.play(first), home.engine.play(second))
    assert {turn.outcome for turn in turns} == {Outcome.EXPLAINED, Outcome.SMALLTALK}
    assert max(len(turn.memory.messages) for turn in turns) == 1


async def test_a_double_tap_is_answered_once(home: Services) -> None:
    message = await incoming(home, "rosa", "what does my HbA1c mean?", "en")
    await home.engine.play(message)
    again = await home.engine.play(message)
    later = await home.engine.play(replace(message, at=NOW + timedelta(minutes=5)))
    assert (again.outcome, later.outcome) == (Outcome.DUPLICATE, Outcome.EXPLAINED)


async def test_a_double_tap_on_an_emergency_shows_the_script_again_and_opens_no_second_case(home: Services) -> None:
    message = await incoming(home, "daniel", CHEST, "en")
    first, second = await home.engine.play(message), await home.engine.play(message)
    assert second.outcome == Outcome.EMERGENCY
    assert len(await home.cases.of_thread(message.thread)) == 1
    assert second.case == first.case


async def test_danger_stands_until_a_nurse_closes_the_case(home: Services) -> None:
    message = await incoming(home, "daniel", CHEST, "en")
    first = await home.engine.play(message)
    played_down = await home.engine.play(
        replace(message, text="ok thanks, what is vitamin d", at=NOW + timedelta(hours=1))
    )
    assert played_down.verdict.urgency == "emergency"
    assert played_down.reply is not None
    assert isinstance(played_down.reply.parts[0], ScriptCard)
    assert played_down.reply.parts[0].script == "standing_danger"
    assert len(played_down.reply.parts) > 1
    nurse = await home.accounts.by_login("nina")
    assert nurse is not None
    assert first.case is not None
    case = await home.cases.claim(first.case, AccountId(nurse.id), 1)
    await home.cases.close(first.case, AccountId(nurse.id), case.version, "called")
    after = await home.engine.play(replace(message, text="what is vitamin d", at=NOW + timedelta(hours=2)))
    assert after.verdict.urgency == "none"


async def test_a_new_complaint_is_judged_by_itself_while_old_danger_stands(home: Services) -> None:
    message = await incoming(home, "daniel", "I want to end my life", "en")
    await home.engine.play(message)
    turn = await home.engine.play(replace(message, text="my arm feels funny", at=NOW + timedelta(minutes=9)))
    assert turn.reply is not None
    first, second = turn.reply.parts
    assert isinstance(first, ScriptCard)
    assert first.script == "standing_crisis"
    assert isinstance(second, CheckCard)


async def test_a_very_long_message_is_read_for_danger_before_it_is_refused(home: Services) -> None:
    filler = "and then I went to the shops to buy bread and milk. " * 400
    calm = await home.engine.play(await incoming(home, "daniel", filler, "en"))
    danger = await home.engine.play(await incoming(home, "daniel", f"{filler} {CHEST}", "en"))
    assert (calm.outcome, danger.outcome) == (Outcome.REFUSED_INPUT, Outcome.EMERGENCY)


async def test_checkpoints_hold_no_words_of_the_patient(tmp_path: Path) -> None:
    async with house(tmp_path, batch=False) as services:
        message = await incoming(services, "daniel", "zebrafish questions about vitamin d", "en")
        await services.engine.play(message)
        await services.engine.play(replace(message, text="and what about my ferritin, zebrafish"))
    stored = b"".join(path.read_bytes() for path in (tmp_path / "var").glob("*.sqlite*"))
    assert stored
    assert b"zebrafish" not in stored
    assert b"Daniel" not in stored
