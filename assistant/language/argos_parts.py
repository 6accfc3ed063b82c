"""Argos Translate without the parts it does not need here: no torch, no download, no patients' words in its log."""

import importlib.util
import logging
import os
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

_SENTENCE_END = re.compile(r"(?<=[.?!])\s+|(?<=[。？！؟።])\s*|\n+")
_CLAUSE_END = re.compile(r"(?<=[,;:،፣，；])\s*")
LONGEST_SENTENCE = 400
"""Characters. Longer ones are cut at a comma: over 256 output tokens CTranslate2 drops the rest silently."""


@dataclass(frozen=True, slots=True)
class Splitter:
    """Takes the place of Argos' own sentence splitters, which would download a model unasked."""

    def split_sentences(self, text: str) -> list[str]:
        return [piece for sentence in _SENTENCE_END.split(text) for piece in _cut(sentence) if piece.strip()]


def _cut(sentence: str) -> list[str]:
    """Pieces of at most `LONGEST_SENTENCE` characters, cut at a comma where there is one, else between words."""
    if len(sentence) <= LONGEST_SENTENCE:
        return [sentence]
    pieces = [""]
    for clause in _CLAUSE_END.split(sentence):
        for word in _short_enough(clause):
            if len(pieces[-1]) + len(word) > LONGEST_SENTENCE:
                pieces.append("")
            pieces[-1] = f"{pieces[-1]} {word}".strip()
    return pieces


def _short_enough(clause: str) -> list[str]:
    if len(clause) <= LONGEST_SENTENCE:
        return [clause]
    words = clause.split() if " " in clause else [clause]
    return [w[at : at + LONGEST_SENTENCE] for w in words for at in range(0, len(w), LONGEST_SENTENCE)]


def prepare(folder: Path) -> None:
    """Must run before `argostranslate` is imported: it reads its settings and makes its folders then."""
    state = str(folder / "state")
    os.environ.update(
        ARGOS_PACKAGES_DIR=str(folder / "packages"),
        ARGOS_INTRA_THREADS="1",
        ARGOS_INTER_THREADS="2",
        XDG_DATA_HOME=state,
        XDG_CONFIG_HOME=state,
        XDG_CACHE_HOME=state,
    )
    _stub_sentence_splitters()


def silence() -> None:
    """Must run after the import, which sets the level itself: Argos logs every text that it translates."""
    logging.getLogger("argostranslate.utils").setLevel(logging.CRITICAL)
    logging.getLogger("argostranslate").setLevel(logging.CRITICAL)


def _stub_sentence_splitters() -> None:
    """Stanza brings torch, minisbd is AGPL; neither is installed and neither is used."""
    if _is_missing("stanza"):
        sys.modules["stanza"] = ModuleType("stanza")
    if _is_missing("minisbd"):
        models = ModuleType("minisbd.models")
        vars(models).update(cache_dir="", list_models=lambda: ["en"])
        minisbd = ModuleType("minisbd")
        vars(minisbd).update(SBDetect=object, models=models)
        sys.modules["minisbd"] = minisbd
        sys.modules["minisbd.models"] = models


def _is_missing(module: str) -> bool:
    return module not in sys.modules and importlib.util.find_spec(module) is None
