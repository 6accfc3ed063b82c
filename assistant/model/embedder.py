"""Sentence vectors from all-MiniLM-L6-v2 (or a model tuned from it) through llama.cpp."""

import threading
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from pathlib import Path

import llama_cpp as llama
import numpy as np

from assistant.errors import ModelInvalid
from assistant.model.files import check_embedder
from assistant.model.ports import Vectors
from assistant.model.runtime import LoadedModel
from assistant.model.weights import sha256

TOKEN_LIMIT = 256  # the model was trained on 256 tokens; more is cut, so callers chunk first
_BATCH_TOKENS = 512
_BATCH_TEXTS = 32
_SHORT = 64  # measured: below this a second thread costs more than it brings


class LlamaEmbedder:
    """An `Embedder` on a GGUF file. One lock guards the context; recent short texts are remembered.

    Raises ModelInvalid when the file is not an embedding model or the engine fails.
    """

    def __init__(self, path: Path, *, threads: int = 2, remember: int = 512, checked: bool = False) -> None:
        """`checked`: the file is known to be the one that set-up made (reading its header takes a second)."""
        if not checked:
            check_embedder(path)
        self._digest = sha256(path)
        self._model = LoadedModel(path)
        self._dim = self._model.embedding_length
        self._context = _context(self._model)
        self._batch = llama.llama_batch_init(_BATCH_TOKENS, 0, 1)
        self._threads = threads
        self._remember = remember
        self._recent: OrderedDict[str, Vectors] = OrderedDict()
        self._lock = threading.Lock()

    @property
    def digest(self) -> str:
        """sha256 of the file."""
        return self._digest

    @property
    def dim(self) -> int:
        return self._dim

    def tokens(self, text: str) -> int:
        """How many tokens `text` has with the two that frame it; over `TOKEN_LIMIT` its end is not embedded."""
        return len(self._ids(text))

    def embed(self, texts: Sequence[str]) -> Vectors:
        rows = np.empty((len(texts), self._dim), dtype=np.float32)
        with self._lock:
            wanted = [index for index, text in enumerate(texts) if not self._recall(text, rows[index])]
            for group in self._groups(texts, wanted):
                self._run(group, rows)
            for index in wanted[-self._remember :]:
                self._keep(texts[index], rows[index])
        return rows

    def close(self) -> None:
        with self._lock:
            if self._context:
                llama.llama_batch_free(self._batch)
                llama.llama_free(self._context)
                self._context = None
                self._model.close()

    def _ids(self, text: str) -> list[int]:
        return self._model.tokens(text, add_special=True, parse_special=False)

    def _cut(self, text: str) -> list[int]:
        ids = self._ids(text)
        return ids if len(ids) <= TOKEN_LIMIT else [*ids[: TOKEN_LIMIT - 1], ids[-1]]

    def _groups(self, texts: Sequence[str], wanted: Sequence[int]) -> Iterator[list[tuple[int, list[int]]]]:
        group: list[tuple[int, list[int]]] = []
        size = 0
        for index in wanted:
            ids = self._cut(texts[index])
            if group and (size + len(ids) > _BATCH_TOKENS or len(group) == _BATCH_TEXTS):
                yield group
                group, size = [], 0
            group.append((index, ids))
            size += len(ids)
        if group:
            yield group

    def _run(self, group: Sequence[tuple[int, list[int]]], rows: Vectors) -> None:
        total = self._fill(group)
        threads = 1 if total <= _SHORT else self._threads
        llama.llama_set_n_threads(self._context, threads, threads)
        if llama.llama_encode(self._context, self._batch) != 0:
            raise ModelInvalid("The embedding model failed on a text.")
        for sequence, (index, _) in enumerate(group):
            found = llama.llama_get_embeddings_seq(self._context, sequence)
            vector = np.ctypeslib.as_array(found, shape=(self._dim,))
            rows[index] = vector / max(float(np.linalg.norm(vector)), 1e-12)

    def _fill(self, group: Sequence[tuple[int, list[int]]]) -> int:
        batch, at = self._batch, 0
        for sequence, (_, ids) in enumerate(group):
            for position, token in enumerate(ids):
                batch.token[at], batch.pos[at], batch.n_seq_id[at] = token, position, 1
                batch.seq_id[at][0] = sequence
                batch.logits[at] = 1
                at += 1
        batch.n_tokens = at
        return at

    def _recall(self, text: str, row: Vectors) -> bool:
        found = self._recent.get(text)
        if found is None:
            return False
        self._recent.move_to_end(text)
        row[:] = found
        return True

    def _keep(self, text: str, row: Vectors) -> None:
        self._recent[text] = row.copy()
        self._recent.move_to_end(text)
        while len(self._recent) > self._remember:
            self._recent.popitem(last=False)


def _context(model: LoadedModel) -> "llama.llama_context_p":
    params = llama.llama_context_default_params()
    params.n_ctx = params.n_batch = params.n_ubatch = _BATCH_TOKENS
    params.n_seq_max = _BATCH_TEXTS
    params.kv_unified = True
    params.embeddings = True
    params.pooling_type = llama.LLAMA_POOLING_TYPE_MEAN
    context = llama.llama_init_from_model(model.handle, params)
    if not context:
        raise ModelInvalid("llama.cpp cannot run the embedding model.")
    return context
