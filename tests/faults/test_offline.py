"""After the installation no network is needed, and none is asked for."""

import pytest

from assistant.store.ids import new_id
from tests.support.chat_client import ChatClient
from tests.support.served import Served


async def test_a_turn_is_played_with_every_off_machine_connection_refused(running: Served) -> None:
    async with ChatClient(running, await running.sign_in("rosa"), session=new_id()) as chat:
        answer = await chat.say("What does my HbA1c mean, and how does my average blood sugar compare?", seconds=30)
        danger = await chat.say("crushing pressure in my chest and my arm is numb", seconds=30)
    assert "7.8" in str(answer)
    assert "911" in str(danger)
    assert running.outbound == []


async def test_nobody_is_let_into_the_chat_without_a_session(running: Served) -> None:
    with pytest.raises(Exception, match=r"Connection error|rejected|401|403"):
        async with ChatClient(running, "no-such-session"):
            raise AssertionError("let in")


async def test_the_log_of_the_server_holds_no_words_of_patients(running: Served) -> None:
    async with ChatClient(running, await running.sign_in("daniel"), session=new_id()) as chat:
        await chat.say("quagmire question about my vitamin d", seconds=30)
    log = (running.folder / "server.log").read_text("utf-8")
    assert "quagmire" not in log
    assert "Traceback" not in log
