"""What the steps work with. Everything that is derived from the approved content is swapped as one (`Compiled`)."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.care.cases import Cases
from assistant.care.journal import Journal
from assistant.chart.store import Charts
from assistant.errors import ContentMissing
from assistant.language.argos import Translator
from assistant.language.detect import Detector
from assistant.language.intents import IntentClassifier
from assistant.language.words import Words
from assistant.library.catalogue import Catalogue
from assistant.library.search import SearchIndex
from assistant.model.ports import Embedder, Generator
from assistant.rails import Rails
from assistant.safety.danger import DangerCheck
from assistant.settings import Settings
from assistant.store.clock import Clock
from assistant.store.db import Database
from assistant.turn.find_labs import LabFinder


@dataclass(frozen=True, slots=True)
class Compiled:
    """One catalogue and all that was made from it."""

    catalogue: Catalogue
    danger: DangerCheck
    intents: IntentClassifier
    search: Mapping[str, SearchIndex]
    labs: LabFinder


class Brain:
    """Holds the compiled content that answers now; an approval at the desk replaces it between two turns."""

    def __init__(self) -> None:
        self._now: Compiled | None = None

    @property
    def now(self) -> Compiled:
        """Raises `ContentMissing` before the shelf was loaded."""
        if self._now is None:
            raise ContentMissing("no content is compiled")
        return self._now

    def replace(self, compiled: Compiled) -> None:
        self._now = compiled


@dataclass(frozen=True, slots=True)
class Deps:
    settings: Settings
    clock: Clock
    database: Database
    brain: Brain
    charts: Charts
    cases: Cases
    journal: Journal
    rails: Rails
    detector: Detector
    translator: Translator
    words: Words
    embedder: Embedder | None
    generator: Generator | None

    @property
    def content(self) -> Catalogue:
        return self.brain.now.catalogue
