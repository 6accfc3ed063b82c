"""What every Embedder keeps to, and that ours gives the published model's own vectors."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from assistant.errors import ModelInvalid
from assistant.model.embedder import TOKEN_LIMIT, LlamaEmbedder
from assistant.model.weights import published_folder, sha256
from tests.support.minilm import minilm
from tests.support.reference_bert import ReferenceBert
from tests.support.tiny_gguf import tiny_gguf

TEXTS = [
    "What does my HbA1c of 7.8 mean?",
    "chest pain since this morning",
    "Mi azúcar está alta",
    "How do I prepare for a colonoscopy? I take metformin twice a day and I am not sure whether to stop it.",
]


@pytest.fixture(scope="module")
def embedder() -> LlamaEmbedder:
    return LlamaEmbedder(minilm())


def test_rows_are_unit_vectors_one_a_text(embedder: LlamaEmbedder) -> None:
    rows = embedder.embed([*TEXTS, ""])
    assert rows.shape == (5, embedder.dim) == (5, 384)
    assert rows.dtype == np.float32
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)
    assert embedder.embed([]).shape == (0, 384)


def test_vectors_are_those_of_the_published_model(embedder: LlamaEmbedder) -> None:
    expected = ReferenceBert(published_folder()).embed(TEXTS)
    assert np.sum(embedder.embed(TEXTS) * expected, axis=1) == pytest.approx(1, abs=1e-4)


def test_a_text_has_one_vector_alone_in_a_crowd_and_from_memory() -> None:
    fresh = LlamaEmbedder(minilm(), remember=0)
    crowd = fresh.embed([f"{text} {number}" for number in range(40) for text in TEXTS] + TEXTS)[-4:]
    alone = np.vstack([fresh.embed([text]) for text in TEXTS])
    assert np.sum(crowd * alone, axis=1) == pytest.approx(1, abs=1e-5)
    remembering = LlamaEmbedder(minilm(), remember=3)
    assert np.array_equal(remembering.embed(TEXTS[:2]), remembering.embed(TEXTS[:2]))


def test_near_meanings_are_nearer(embedder: LlamaEmbedder) -> None:
    asked, near, far = embedder.embed(["what is my blood sugar", "show my glucose result", "where can I park my car"])
    assert asked @ near > asked @ far + 0.2


def test_a_text_past_the_limit_is_cut_where_tokens_says(embedder: LlamaEmbedder) -> None:
    inside, over = "sugar " * (TOKEN_LIMIT - 2), "sugar " * (TOKEN_LIMIT + 50)
    assert embedder.tokens(inside) == TOKEN_LIMIT
    assert embedder.tokens(over) > TOKEN_LIMIT
    first, second = embedder.embed([inside, over])
    assert first @ second == pytest.approx(1, abs=1e-5)


def test_several_threads_get_their_own_rows(embedder: LlamaEmbedder) -> None:
    texts = [f"result number {number} of my blood test" for number in range(24)]
    expected = LlamaEmbedder(minilm(), remember=0).embed(texts)
    with ThreadPoolExecutor(8) as pool:
        rows = list(pool.map(lambda text: LlamaEmbedder.embed(embedder, [text])[0], texts))
    assert np.sum(np.vstack(rows) * expected, axis=1) == pytest.approx(1, abs=1e-5)


def test_the_digest_is_the_files(embedder: LlamaEmbedder) -> None:
    assert embedder.digest == sha256(minilm())


def test_another_kind_of_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelInvalid, match="not a sentence encoder"):
        LlamaEmbedder(tiny_gguf())
    with pytest.raises(ModelInvalid, match="missing"):
        LlamaEmbedder(tmp_path / "none.gguf")


def test_nothing_is_printed(capfd: pytest.CaptureFixture[str]) -> None:
    made = LlamaEmbedder(minilm())
    made.embed(TEXTS)
    made.close()
    assert capfd.readouterr() == ("", "")
    with pytest.raises(ModelInvalid, match="closed"):
        made.embed(["after the end"])
