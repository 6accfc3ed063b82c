"""What every Generator keeps to: llama.cpp on a real (tiny) GGUF, and the scripted double."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Sequence

import pytest
import pytest_asyncio

from assistant.errors import ModelBusy, ModelInvalid
from assistant.model.generator import LlamaGenerator
from assistant.model.ports import ChatMessage, Generator
from tests.support.scripted import ScriptedGenerator
from tests.support.tiny_gguf import tiny_gguf

Make = Callable[[int], Generator]


def _real(waiting: int) -> Generator:
    return LlamaGenerator(tiny_gguf(), n_gpu_layers=0, n_ctx=4096, threads=1, slots=2, waiting=waiting)


def _scripted(waiting: int) -> Generator:
    def answer(messages: Sequence[ChatMessage]) -> str:
        return f"{messages[-1].content} " * 4000

    return ScriptedGenerator(answer, capacity=waiting + 2, pause=0.001)


@pytest.fixture(params=[_real, _scripted], ids=["llama.cpp", "scripted"])
def make(request: pytest.FixtureRequest) -> Make:
    made: Make = request.param
    return made


@pytest_asyncio.fixture
async def generator(make: Make) -> AsyncIterator[Generator]:
    made = make(32)
    yield made
    await made.close()


def ask(generator: Generator, text: str, *, tokens: int = 24, seconds: float = 30) -> AsyncIterator[str]:
    messages = [ChatMessage("system", "Answer in plain words."), ChatMessage("user", text)]
    return generator.stream(messages, max_tokens=tokens, seconds=seconds)


async def whole(stream: AsyncIterator[str]) -> str:
    return "".join([piece async for piece in stream])


async def test_it_has_a_name_and_writes_in_pieces(generator: Generator) -> None:
    pieces = [piece async for piece in ask(generator, "What is potassium?")]
    assert generator.name
    assert len(pieces) > 1
    assert all(isinstance(piece, str) and piece for piece in pieces)


async def test_the_token_limit_ends_the_text(generator: Generator) -> None:
    short, long = await whole(ask(generator, "hello", tokens=3)), await whole(ask(generator, "hello", tokens=30))
    assert len(short) < len(long)


async def test_sixteen_at_once_get_the_answers_that_each_gets_alone(generator: Generator) -> None:
    """Rounding differs between one text and several, so a near tie may fall the other way; a mix-up would hit many."""
    questions = [f"{number} {'potassium ' * number}?" for number in range(16)]
    alone = [await whole(ask(generator, question)) for question in questions]
    together = await asyncio.gather(*(whole(ask(generator, question)) for question in questions))
    assert len(set(alone)) > 8, "otherwise mixed-up answers would go unseen"
    changed = {mine for mine, before in zip(together, alone, strict=True) if mine != before}
    assert len(changed) <= 2
    assert not changed & set(alone)


async def test_a_full_queue_says_so_at_once(make: Make) -> None:
    generator = make(1)
    first = [ask(generator, f"{n}", tokens=2000) for n in range(12)]

    async def one(stream: AsyncIterator[str]) -> str:
        return await anext(stream)

    started = time.monotonic()
    found = await asyncio.gather(*(one(stream) for stream in first), return_exceptions=True)
    refused = [error for error in found if isinstance(error, ModelBusy)]
    assert 0 < len(refused) < 12
    assert time.monotonic() - started < 5
    await generator.close()


async def test_the_deadline_ends_the_text_without_an_error(generator: Generator) -> None:
    started = time.monotonic()
    await whole(ask(generator, "go on for ever", tokens=3000, seconds=0.15))
    assert time.monotonic() - started < 1.5


async def test_leaving_early_frees_the_place(make: Make) -> None:
    generator = make(1)
    for _ in range(10):
        stream = ask(generator, "long", tokens=3000)
        await anext(stream)
        await stream.aclose()  # type: ignore[attr-defined]
        await asyncio.sleep(0.02)
    assert await whole(ask(generator, "short", tokens=4))
    await generator.close()


async def test_a_cancelled_task_leaves_the_others_alone(generator: Generator) -> None:
    expected = await whole(ask(generator, "kept"))
    doomed = asyncio.create_task(whole(ask(generator, "dropped", tokens=3000)))
    kept = asyncio.create_task(whole(ask(generator, "kept")))
    await asyncio.sleep(0.01)
    doomed.cancel()
    assert await kept == expected


async def test_closing_ends_what_runs_and_refuses_what_comes(make: Make) -> None:
    generator = make(4)
    running = asyncio.create_task(whole(ask(generator, "long", tokens=3000)))
    await asyncio.sleep(0.02)
    await generator.close()
    await generator.close()
    with pytest.raises(ModelInvalid):
        await running
    with pytest.raises(ModelInvalid):
        await whole(ask(generator, "late"))


async def test_the_models_own_end_ends_the_text() -> None:
    real = LlamaGenerator(tiny_gguf(endless=False), n_gpu_layers=0, n_ctx=1024, threads=1)
    double = ScriptedGenerator.saying("")
    assert [await whole(ask(generator, "hello", tokens=500)) for generator in (real, double)] == ["", ""]
    await real.close()
