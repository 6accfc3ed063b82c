"""llama.cpp's context and batch on the low-level API: several texts grow together, one decoding pass a step."""

from collections.abc import Sequence
from dataclasses import dataclass

import llama_cpp as llama

from assistant.errors import ModelInvalid
from assistant.model.runtime import LoadedModel

BATCH_TOKENS = 512


@dataclass(frozen=True, slots=True)
class Entry:
    """One token for one sequence; `wanted` asks for the scores of what follows it."""

    token: int
    position: int
    sequence: int
    wanted: bool


class Decoder:
    """Owned by one thread: a second one in here crashes the process."""

    def __init__(self, model: LoadedModel, *, n_ctx: int, sequences: int, threads: int) -> None:
        params = llama.llama_context_default_params()
        params.n_ctx = n_ctx
        params.n_batch = params.n_ubatch = BATCH_TOKENS
        params.n_seq_max = sequences
        params.kv_unified = True
        params.n_threads = params.n_threads_batch = threads
        self._context = llama.llama_init_from_model(model.handle, params)
        if not self._context:
            raise ModelInvalid("There is not enough memory for the model's context.")
        self._memory = llama.llama_get_memory(self._context)
        self._batch = llama.llama_batch_init(BATCH_TOKENS, 0, 1)
        # The likeliest token each time: the same evidence gives the same words.
        self._sampler = llama.llama_sampler_init_greedy()

    def decode(self, entries: Sequence[Entry]) -> None:
        """At most BATCH_TOKENS entries. Raises ModelInvalid when llama.cpp fails."""
        batch = self._batch
        for at, entry in enumerate(entries):
            batch.token[at], batch.pos[at], batch.n_seq_id[at] = entry.token, entry.position, 1
            batch.seq_id[at][0] = entry.sequence
            batch.logits[at] = 1 if entry.wanted else 0
        batch.n_tokens = len(entries)
        if llama.llama_decode(self._context, batch) != 0:
            raise ModelInvalid("The model failed while writing.")

    def next_token(self, entry_index: int) -> int:
        """The likeliest token after the entry that stood at this place of the last batch."""
        return int(llama.llama_sampler_sample(self._sampler, self._context, entry_index))

    def forget(self, sequence: int) -> None:
        llama.llama_memory_seq_rm(self._memory, sequence, -1, -1)

    def forget_all(self) -> None:
        llama.llama_memory_clear(self._memory, True)

    def close(self) -> None:
        llama.llama_sampler_free(self._sampler)
        llama.llama_batch_free(self._batch)
        llama.llama_free(self._context)
