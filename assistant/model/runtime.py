"""llama.cpp kept quiet: started once in a process, nothing printed, models and vocabularies behind small handles."""

import ctypes
import re
import threading
from pathlib import Path

import llama_cpp as llama

from assistant.errors import ModelInvalid

_OFFLOADED = re.compile(r"offloaded (\d+)/\d+ layers to GPU")
_lock = threading.Lock()
_heard: list[str] = []


@llama.llama_log_callback  # type: ignore[untyped-decorator, unused-ignore]
def _listen(_level: int, text: bytes, _data: ctypes.c_void_p) -> None:
    """Nothing that llama.cpp says is printed; only how many layers went to the GPU is remembered."""
    if b"offloaded" in text:
        _heard.append(text.decode("utf-8", "replace"))


class Runtime:
    """The process's llama.cpp. `start` may be called from anywhere, any number of times."""

    started = False

    @classmethod
    def start(cls) -> None:
        with _lock:
            llama.llama_log_set(_listen, ctypes.c_void_p(0))
            if not cls.started:
                llama.llama_backend_init()
                cls.started = True


class LoadedModel:
    """Weights in memory with their vocabulary. `tokens` is safe from several threads, also while it is closed."""

    def __init__(self, path: Path, *, n_gpu_layers: int = 0) -> None:
        Runtime.start()
        params = llama.llama_model_default_params()
        params.n_gpu_layers = n_gpu_layers if n_gpu_layers >= 0 else 0x7FFFFFFF
        with _lock:
            _heard.clear()
            self.handle = llama.llama_model_load_from_file(str(path).encode(), params)
            self.layers_offloaded = _count(_heard)
        if not self.handle:
            raise ModelInvalid(f"llama.cpp cannot load {path.name}.")
        self._in_use = threading.Lock()
        self.vocabulary = llama.llama_model_get_vocab(self.handle)
        self.size = int(llama.llama_vocab_n_tokens(self.vocabulary))

    @property
    def embedding_length(self) -> int:
        return int(llama.llama_model_n_embd(self.handle))

    def tokens(self, text: str, *, add_special: bool, parse_special: bool) -> list[int]:
        """Token ids of `text`. With `parse_special` off, a patient's "<|im_end|>" stays plain text."""
        raw = text.encode("utf-8", "replace")
        room = len(raw) + 8
        ids = (llama.llama_token * room)()
        with self._in_use:
            if not self.handle:
                raise ModelInvalid("The model is closed.")
            count = llama.llama_tokenize(self.vocabulary, raw, len(raw), ids, room, add_special, parse_special)
        if count < 0:
            raise ModelInvalid("A text could not be split into tokens.")
        return list(ids[:count])

    def piece(self, token: int) -> bytes:
        """The bytes of one token; half a character where the model spells it in bytes."""
        buffer = ctypes.create_string_buffer(256)
        count = llama.llama_token_to_piece(self.vocabulary, token, buffer, len(buffer), 0, False)
        return buffer.raw[: max(count, 0)]

    def is_end(self, token: int) -> bool:
        return bool(llama.llama_vocab_is_eog(self.vocabulary, token))

    def word(self, token: int) -> str:
        """How the vocabulary writes a token, as chat templates want it; empty for none."""
        raw = llama.llama_vocab_get_text(self.vocabulary, token) if token >= 0 else b""
        return str(raw.decode("utf-8", "replace")) if raw else ""

    def close(self) -> None:
        with self._in_use:
            if self.handle:
                llama.llama_model_free(self.handle)
                self.handle = None


def _count(lines: list[str]) -> int:
    found = _OFFLOADED.search("".join(lines))
    return int(found.group(1)) if found else 0
