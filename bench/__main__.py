"""Prints the figures of the README. Nothing is asserted: a target that is missed is seen."""

import asyncio
import gc
import platform
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from assistant.bootstrap import minilm_path, open_services
from assistant.evaluation.run import link_models
from assistant.installation import prepare
from assistant.settings import Settings
from bench import rails, rules, turns
from bench.measure import rss_mb


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


async def main() -> None:
    say(f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC · Python {platform.python_version()} · {platform.machine()}")
    with tempfile.TemporaryDirectory(prefix="assistant-bench-") as folder:
        settings = Settings().model_copy(update={"data_dir": Path(folder), "database_url": ""})
        link_models(minilm_path(Settings()).parent, settings.data_dir / "models")
        await prepare(settings, quiet=True)
        async with open_services(settings) as services:
            gc.collect()
            gc.freeze()
            for part in (turns.danger, turns.ordinary, turns.crowd, rules.danger_check, rails.compare):
                for line in await part(services):
                    say(line)
            say(f"{'memory of the process (no web server)':<52} {rss_mb():.0f} MB   target ≤ 700 MB")


asyncio.run(main())
