"""Machine translation with Argos Translate (CTranslate2) on this machine: guarded, or no translation at all."""

import asyncio
import json
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any, Protocol

import structlog

from assistant.language import argos_parts
from assistant.language.guards import Language, broken

log = structlog.get_logger(__name__)

Pair = tuple[str, str]
_Translate = Callable[[str], str]
_BRIDGE = "en"
_SECONDS = 20.0


class Translator(Protocol):
    """Machine translation between some pairs of languages."""

    @property
    def pairs(self) -> frozenset[Pair]: ...

    async def translate(self, text: str, source: str, target: str) -> str | None:
        """The text in `target`; None where there is no such pair, it took too long, or the result is not safe."""
        ...


class ArgosTranslator:
    """The packages below a folder: `*.argosmodel` files, unpacked once into `packages/`.

    Two packages of one pair: the first by name counts. New packages count after a restart. Nothing is downloaded.
    """

    def __init__(self, folder: Path, language: Language | None = None, seconds: float = _SECONDS) -> None:
        """`language` names a text's language where it is sure; `seconds` is the longest that a patient waits."""
        self._folder = folder
        self._language = language
        self._seconds = seconds
        self._lock = Lock()
        self._loaded: dict[Pair, _Translate] = {}
        self._packages = dict(_installed(folder))
        self._workers = ThreadPoolExecutor(max_workers=2, thread_name_prefix="translate")

    @property
    def pairs(self) -> frozenset[Pair]:
        """Direct pairs and those that go through English."""
        direct = frozenset(self._packages)
        into = {source for source, target in direct if target == _BRIDGE}
        out = {target for source, target in direct if source == _BRIDGE}
        return direct | {(source, target) for source in into for target in out if source != target}

    async def translate(self, text: str, source: str, target: str) -> str | None:
        if source == target or not text.strip():
            return text
        if (source, target) not in self.pairs:
            return None
        job = asyncio.get_running_loop().run_in_executor(self._workers, self._guarded, text, source, target)
        try:
            return await asyncio.wait_for(job, self._seconds)
        except TimeoutError:
            log.warning("translation took too long", source=source, target=target)
            return None

    def close(self) -> None:
        self._workers.shutdown(wait=False, cancel_futures=True)

    def _guarded(self, text: str, source: str, target: str) -> str | None:
        """Errors of the engine are named, never quoted: they may hold the patient's words."""
        try:
            result = self._through(text, source, target)
        except Exception as error:
            log.error("translation failed", source=source, target=target, error=type(error).__name__)
            return None
        if reason := broken(text, result, source, target, self._language):
            log.warning("translation refused", source=source, target=target, reason=reason)
            return None
        return result

    def _through(self, text: str, source: str, target: str) -> str:
        if (source, target) in self._packages:
            return self._engine((source, target))(text)
        return self._engine((_BRIDGE, target))(self._engine((source, _BRIDGE))(text))

    def _engine(self, pair: Pair) -> _Translate:
        with self._lock:
            if pair not in self._loaded:
                self._loaded[pair] = _load(self._packages[pair], self._folder)
            return self._loaded[pair]


def _installed(folder: Path) -> Iterator[tuple[Pair, Path]]:
    """Every pair with its package folder; later ones first, so that the first by name wins in a dict."""
    _unpack(folder)
    for metadata in sorted((folder / "packages").glob("*/metadata.json"), reverse=True):
        facts: dict[str, Any] = json.loads(metadata.read_text("utf-8"))
        if facts.get("type", "translate") == "translate":
            yield (str(facts["from_code"]), str(facts["to_code"])), metadata.parent


def _unpack(folder: Path) -> None:
    for archive in sorted(folder.glob("*.argosmodel")):
        with zipfile.ZipFile(archive) as packed:
            roots = {name.split("/")[0] for name in packed.namelist()}
            if not all((folder / "packages" / root).exists() for root in roots):
                packed.extractall(folder / "packages")


def _load(package: Path, folder: Path) -> _Translate:
    """One pair with our own sentence splitter. Imports Argos on first use: 0.2 s and 40 MB."""
    argos_parts.prepare(folder)
    from argostranslate.package import Package
    from argostranslate.translate import Language as ArgosLanguage
    from argostranslate.translate import PackageTranslation

    argos_parts.silence()
    found = Package(package)
    ends = (ArgosLanguage(code, code) for code in (found.from_code, found.to_code))
    translation = PackageTranslation(*ends, found)
    translation.sentencizer = argos_parts.Splitter()

    def run(text: str) -> str:
        return str(translation.translate(text))

    return run
