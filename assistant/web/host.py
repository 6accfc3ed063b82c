"""Chainlit inside our app: its folder and environment are set before it is imported, then it is mounted at `/chat`."""

import json
import os
import secrets
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from assistant.errors import PartMissing
from assistant.settings import ROOT, Settings
from assistant.web.headers import CHAT

if TYPE_CHECKING:
    from assistant.web.services import Services

_WEB = Path(__file__).parent
_SHIPPED = ROOT / ".chainlit"


def prepare(settings: Settings) -> Path:
    """Fills Chainlit's folder in the data folder and points Chainlit there. Chainlit writes into it."""
    root = _root(settings)
    public = root / "public"
    shutil.rmtree(public, ignore_errors=True)
    shutil.copytree(_WEB / "static" / "chat", public)
    shutil.copytree(_WEB / "elements", public / "elements")
    translations = root / ".chainlit" / "translations"
    translations.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(_SHIPPED / "config.toml", root / ".chainlit" / "config.toml")
    for words in (_SHIPPED / "translations").glob("*.json"):
        (translations / words.name).write_text(json.dumps(_our_words(words), ensure_ascii=False), "utf-8")
    for lang in settings.languages:
        # Chainlit's page of instructions, which nobody sees: without a file it complains on every visit.
        (root / f"chainlit_{lang}.md").touch()
    os.environ.update(_environment(root))
    return root


def _root(settings: Settings) -> Path:
    """Chainlit reads its folder once, when it is imported: a second app of this process shares the first one's."""
    known = sys.modules.get("chainlit.config")
    return Path(known.APP_ROOT) if known else settings.data_dir / "chainlit"


def _environment(root: Path) -> dict[str, str]:
    return {
        "CHAINLIT_APP_ROOT": str(root),
        "CHAINLIT_ENV_FILE": os.devnull,
        "CHAINLIT_CUSTOM_AUTH": "1",
        "CHAINLIT_ROOT_PATH": CHAT,
        # Tokens are made and read in this process only, so their key need not outlive it.
        "CHAINLIT_AUTH_SECRET": os.environ.get("CHAINLIT_AUTH_SECRET") or secrets.token_urlsafe(48),
    }


def _our_words(path: Path) -> dict[str, Any]:
    """Chainlit's own words of a language with ours on top."""
    package = find_spec("chainlit")
    if package is None or package.submodule_search_locations is None:
        raise PartMissing("chainlit")
    theirs = Path(package.submodule_search_locations[0]) / "translations" / path.name
    return _merged(json.loads(theirs.read_text("utf-8")), json.loads(path.read_text("utf-8")))


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for key, value in above.items():
        deeper = isinstance(value, dict) and isinstance(below.get(key), dict)
        merged[key] = _merged(below[key], value) if deeper else value
    return merged


def mount(app: FastAPI, services: "Services") -> None:
    """Mounts Chainlit. Its handlers find the services of the app through the visit that the bridge sets."""
    prepare(services.settings)
    from chainlit import server
    from chainlit.config import config

    from assistant.web import chat, page

    config.ui.name = services.settings.site.name
    chat.install()
    page.install()
    app.mount(CHAT, server.app)
