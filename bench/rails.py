"""Our rails engine beside NeMo's `LLMRails` with Colang flows that make the same checks."""

from assistant.web.services import Services
from bench.colang import colang_rails
from bench.measure import each, row

MESSAGE = "I have had a mild headache for two days, what can I do at home to feel better?"
REPLY = "Resting and drinking fluids may help. Ask your care team if it gets worse. " * 3


async def compare(services: Services) -> list[str]:
    ours = services.engine.deps.rails
    plain = colang_rails(services)

    async def with_ours(_number: int) -> None:
        await ours.screen_input(MESSAGE)
        await ours.screen_output(REPLY, MESSAGE)

    async def with_colang(_number: int) -> None:
        await plain.turn(MESSAGE, REPLY)

    return [
        row("rails of a turn, IORails (ours)", await each(with_ours, 300), "target ≤ 2 ms"),
        row("rails of a turn, LLMRails with Colang (alternative)", await each(with_colang, 60)),
    ]
