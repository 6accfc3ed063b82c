"""all-MiniLM-L6-v2 in plain numpy from the published files: what the converted model is held against."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

Array = NDArray[np.float64]
_HEADS, _LAYERS = 12, 6


class ReferenceBert:
    def __init__(self, folder: Path) -> None:
        self._w = {
            name: np.asarray(tensor, np.float64) for name, tensor in load_file(folder / "model.safetensors").items()
        }
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()

    def embed(self, texts: Sequence[str]) -> Array:
        return np.vstack([self._one(self._tokenizer.encode(text).ids) for text in texts])

    def _one(self, ids: list[int]) -> Array:
        w = self._w
        x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: len(ids)]
        x = self._norm(x + w["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
        for layer in range(_LAYERS):
            x = self._layer(x, f"encoder.layer.{layer}.")
        mean: Array = x.mean(axis=0)
        return mean / np.linalg.norm(mean)

    def _layer(self, x: Array, at: str) -> Array:
        q, k, v = (self._split(self._dense(x, f"{at}attention.self.{part}")) for part in ("query", "key", "value"))
        scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        mixed = (shares / shares.sum(axis=-1, keepdims=True) @ v).transpose(1, 0, 2).reshape(x.shape)
        x = self._norm(x + self._dense(mixed, at + "attention.output.dense"), at + "attention.output.LayerNorm")
        inner = self._gelu(self._dense(x, at + "intermediate.dense"))
        return self._norm(x + self._dense(inner, at + "output.dense"), at + "output.LayerNorm")

    def _split(self, x: Array) -> Array:
        return x.reshape(len(x), _HEADS, -1).transpose(1, 0, 2)

    def _dense(self, x: Array, name: str) -> Array:
        found: Array = x @ self._w[name + ".weight"].T + self._w[name + ".bias"]
        return found

    def _norm(self, x: Array, name: str) -> Array:
        level = (x - x.mean(-1, keepdims=True)) / np.sqrt(x.var(-1, keepdims=True) + 1e-12)
        found: Array = level * self._w[name + ".weight"] + self._w[name + ".bias"]
        return found

    @staticmethod
    def _gelu(x: Array) -> Array:
        found: Array = 0.5 * x * (1 + np.tanh(np.sqrt(2 / np.pi) * (x + 0.044715 * x**3)))
        return found
