"""What every `Embedder` promises; the double of the search tests and the real model pass the same tests."""

from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from assistant.model.ports import Embedder
from assistant.settings import ROOT
from tests.support.embedders import PieceEmbedder

MINILM = ROOT / "var" / "models" / "minilm.gguf"
TEXTS = ["High blood pressure often has no signs.", "Hypertension rarely has symptoms.", "Boil the rice for an hour."]


@cache
def _real(path: Path) -> Embedder:
    from assistant.model.embedder import LlamaEmbedder

    return LlamaEmbedder(path)


@pytest.fixture(params=["double", "real"])
def embedder(request: pytest.FixtureRequest) -> Embedder:
    if request.param == "double":
        return PieceEmbedder()
    if not MINILM.exists():
        pytest.skip(f"{MINILM} is missing: set-up has not converted the embedding model")
    return _real(MINILM)


def test_rows_are_unit_vectors_of_the_promised_size(embedder: Embedder) -> None:
    rows = embedder.embed(TEXTS)
    assert rows.shape == (len(TEXTS), embedder.dim)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1, abs=1e-5)


def test_no_text_gives_no_row(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dim)


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: Embedder) -> None:
    alone = np.concatenate([embedder.embed([text]) for text in TEXTS])
    assert np.abs(alone - embedder.embed(TEXTS)).max() < 0.01


def test_the_digest_names_the_weights_and_stays(embedder: Embedder) -> None:
    assert embedder.digest
    assert embedder.digest == embedder.digest


def test_nearer_texts_are_nearer(embedder: Embedder) -> None:
    rows = embedder.embed([*TEXTS, "High blood pressure has no signs."])
    cosines = rows[:3] @ rows[3]
    assert cosines[0] > cosines[2]
    assert cosines[0] > 0.8


def test_any_text_can_be_embedded(embedder: Embedder) -> None:
    rows = embedder.embed(["", "¿Qué es?", "血压", "word " * 2000])
    assert np.isfinite(rows).all()


def test_several_threads_may_ask_at_once(embedder: Embedder) -> None:
    wanted = embedder.embed(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        for found in pool.map(lambda _: embedder.embed(TEXTS), range(8)):
            assert np.abs(found - wanted).max() < 0.01
