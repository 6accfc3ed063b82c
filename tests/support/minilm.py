"""The project's embedding model, converted once for all tests."""

from functools import cache
from pathlib import Path

from assistant.model.weights import ensure_minilm


@cache
def minilm() -> Path:
    return ensure_minilm(Path(__file__).resolve().parents[2] / "var" / "models")
