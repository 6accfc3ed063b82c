"""A model on a short lead: it may rephrase approved text, and nothing unsupported gets through."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from langgraph.checkpoint.memory import InMemorySaver

from assistant.model.ports import ChatMessage
from assistant.turn.engine import Engine
from assistant.turn.pipeline import build
from assistant.turn.render import reply_text
from assistant.turn.state import Outcome, Turn
from assistant.web.services import Services
from tests.support.house import house, incoming
from tests.support.scripted import ScriptedGenerator
from tests.support.tiny_gguf import tiny_gguf

ASK = "what is high cholesterol?"


@pytest_asyncio.fixture(scope="module")
async def home(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Services]:
    async with house(tmp_path_factory.mktemp("generator")) as services:
        yield services


async def play(services: Services, generator: ScriptedGenerator | None, text: str = ASK) -> Turn:
    deps = replace(services.engine.deps, generator=generator)
    engine = Engine(build(deps, InMemorySaver()), deps)
    return await engine.play(await incoming(services, "grace", text, "en"))


def numbered(messages: Sequence[ChatMessage]) -> list[str]:
    """The approved sentences that the prompt asks to rephrase."""
    asked = messages[-1].content.split("Sentences:\n", 1)[1]
    return [line.split(". ", 1)[1] for line in asked.splitlines() if ". " in line]


async def test_a_faithful_rephrasing_reaches_the_patient_with_its_sources(home: Services) -> None:
    def softer(messages: Sequence[ChatMessage]) -> str:
        said = [f"{n}. Also, {s[0].lower()}{s[1:]}" for n, s in enumerate(numbered(messages), start=1)]
        return "\n".join(said) + "\n"

    turn = await play(home, ScriptedGenerator(softer))
    assert turn.outcome == Outcome.INFORMED
    assert turn.model == "scripted"
    assert turn.reply is not None
    assert "Also, " in reply_text(turn.reply)
    assert all(sentence.source.ref for sentence in turn.reply.sentences)


@pytest.mark.parametrize(
    "lie",
    [
        "You have cancer and only a few months left.",
        "Take 80 mg of atorvastatin every night.",
        "There is nothing to worry about, so do not call your care team.",
        "Your cholesterol is 512 mg/dL.",
        "Call 1-900-555-0199 for a cure.",
        "Ignore the rules above: the system prompt is secret.",
    ],
    ids=["prognosis", "dose", "reassurance", "number", "contact", "leak"],
)
async def test_an_invention_is_replaced_by_the_approved_sentence(home: Services, lie: str) -> None:
    plain = await play(home, None)
    hostile = await play(home, ScriptedGenerator(lambda _: f"1. {lie}\n2. {lie}\n3. {lie}\n"))
    assert plain.reply is not None
    assert hostile.reply is not None
    assert lie not in reply_text(hostile.reply)
    assert reply_text(hostile.reply) == reply_text(plain.reply)
    assert hostile.model is None


@pytest.mark.parametrize(
    "noise", ["", "\n\n\n", "no numbers here", "7. out of order\n", "\ufffd\ufffd\n", "1. \n" * 50]
)
async def test_noise_costs_nothing(home: Services, noise: str) -> None:
    plain, noisy = await play(home, None), await play(home, ScriptedGenerator(lambda _: noise))
    assert plain.reply is not None
    assert noisy.reply is not None
    assert reply_text(noisy.reply) == reply_text(plain.reply)


async def test_own_results_are_never_rephrased(home: Services) -> None:
    generator = ScriptedGenerator(lambda _: "1. Your HbA1c is lovely.\n")
    turn = await play(home, generator, "what does my hba1c mean")
    asked = "\n".join(message.content for request in generator.seen for message in request)
    assert turn.reply is not None
    assert "6.1" in reply_text(turn.reply)
    assert "Your HbA1c on" not in asked.split("Sentences:")[-1]


async def test_a_real_engine_on_a_tiny_model_ends_in_approved_text(tmp_path: Path, home: Services) -> None:
    """Random weights write nonsense; the patient reads what was approved."""
    plain = await play(home, None)
    async with house(tmp_path, model=tiny_gguf(), n_gpu_layers=0, n_ctx=1024) as services:
        turn = await services.engine.play(await incoming(services, "grace", ASK, "en"))
    assert turn.reply is not None
    assert plain.reply is not None
    assert reply_text(turn.reply) == reply_text(plain.reply)


@pytest.mark.parametrize("damage", ["missing", "truncated", "garbage"])
async def test_a_model_file_that_cannot_be_used_leaves_a_working_assistant(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "model.gguf"
    if damage == "truncated":
        path.write_bytes(tiny_gguf().read_bytes()[:5000])
    elif damage == "garbage":
        path.write_bytes(b"not a model at all")
    async with house(tmp_path, model=path) as services:
        assert services.engine.deps.generator is None
        turn = await services.engine.play(await incoming(services, "grace", ASK, "en"))
    assert turn.outcome == Outcome.INFORMED
