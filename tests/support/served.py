"""The assistant as a program of its own, started as `make run` starts it, in a folder of its own."""

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.support.house import house_settings
from tests.support.ports import free_port
from tests.support.program import program

ROOT = Path(__file__).parents[2]
_SECONDS = 400


@dataclass(frozen=True, slots=True)
class Served:
    """`outbound` lists every attempt of the server to reach another machine."""

    url: str
    folder: Path
    log: Path

    @property
    def password(self) -> str:
        return (self.folder / "var" / "demo-password").read_text("ascii").strip()

    @property
    def outbound(self) -> list[str]:
        return self.log.read_text("utf-8").splitlines()

    async def sign_in(self, login: str) -> str:
        """The session of a demo account, got through the sign-in page."""
        async with httpx.AsyncClient(base_url=self.url) as client:
            page = {"login": login, "password": self.password}
            answer = await client.post("/sign-in", data=page, headers={"Origin": self.url})
            if "session" not in answer.cookies:
                raise AssertionError(f"sign-in answered {answer.status_code}")
            return answer.cookies["session"]


async def _ready(url: str, process: asyncio.subprocess.Process) -> None:
    async with httpx.AsyncClient() as client, asyncio.timeout(_SECONDS):
        while process.returncode is None:
            try:
                if (await client.get(f"{url}/health")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.2)
    raise AssertionError(f"the server ended with {process.returncode}")


@asynccontextmanager
async def served(folder: Path, **environment: str) -> AsyncIterator[Served]:
    """A running server whose attempts to leave the machine are refused and logged."""
    house_settings(folder)
    port, log = free_port(), folder / "outbound.log"
    own = {
        "ASSISTANT_DATA_DIR": str(folder / "var"),
        "ASSISTANT_PORT": str(port),
        "PYTHONUNBUFFERED": "1",
        **environment,
    }
    with (folder / "server.log").open("wb") as output:
        process = await asyncio.create_subprocess_exec(
            *program("tests.support.serve_guarded", str(log)),
            cwd=ROOT,
            env={**os.environ, **own},
            stdout=output,
            stderr=output,
        )
        try:
            url = f"http://127.0.0.1:{port}"
            await _ready(url, process)
            yield Served(url, folder, log)
        finally:
            if process.returncode is None:
                process.terminate()
                await process.wait()
