"""Serves the assistant until it is told to stop."""

import asyncio
import gc

import uvicorn
from rich.console import Console

from assistant.app import create_app
from assistant.bootstrap import open_services
from assistant.installation import prepare
from assistant.people.demo import DemoSignIn
from assistant.settings import Settings
from assistant.web.harden import BIGGEST_PACKET


def serve_forever(settings: Settings) -> None:
    asyncio.run(_serve(settings))


async def _serve(settings: Settings) -> None:
    demo = await prepare(settings, quiet=False)
    async with open_services(settings) as services:
        server = uvicorn.Server(
            uvicorn.Config(
                create_app(services),
                host=settings.host,
                port=settings.port,
                log_level="warning",
                access_log=False,
                server_header=False,
                ws_max_size=BIGGEST_PACKET,
                timeout_graceful_shutdown=5,
            )
        )
        # What was built at start lives as long as the process: the garbage collector need not look at it again.
        gc.collect()
        gc.freeze()
        _greet(settings, demo)
        await server.serve()


def _greet(settings: Settings, demo: DemoSignIn | None) -> None:
    """Where it runs and, for a demo, how to sign in."""
    say = Console(highlight=False).print
    say(f"\n{settings.site.name} is ready: http://{settings.host}:{settings.port}\n")
    if demo is None:
        return
    say(f"Demo sign-in. The password of every account is: [bold]{demo.password}[/bold]")
    for account in demo.logins:
        say(f"  {account.login:<8} {account.role:<9} {account.name}  ({account.lang})")
    say("\nAll content is a sample that no clinician has reviewed. This is not a medical device.\n")
