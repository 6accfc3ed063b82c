"""The danger check alone, on messages of 500 characters."""

from assistant.web.services import Services
from bench.measure import each, row

_FILL = (
    "I wanted to ask about my appointment next week and whether I should bring the letter from the other clinic, "
    "because my daughter said that the bus does not run on that day and the walk is long for my knees. "
)


async def danger_check(services: Services) -> list[str]:
    check = services.engine.deps.brain.now.danger

    async def call(number: int) -> None:
        check.check(f"{number} {_FILL * 3}"[:500])

    return [row("danger check, 500 characters, en and es rules", await each(call, 1000), "target p99 ≤ 5 ms")]
