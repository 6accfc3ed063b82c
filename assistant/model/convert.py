"""all-MiniLM-L6-v2 from its published tensors to one GGUF file that llama.cpp reads (F16, mean pooling)."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

from assistant.errors import ModelInvalid

_TOP = {
    "embeddings.word_embeddings.weight": "token_embd.weight",
    "embeddings.position_embeddings.weight": "position_embd.weight",
    "embeddings.token_type_embeddings.weight": "token_types.weight",
    "embeddings.LayerNorm.weight": "token_embd_norm.weight",
    "embeddings.LayerNorm.bias": "token_embd_norm.bias",
}
_LAYER = {
    "attention.self.query": "attn_q",
    "attention.self.key": "attn_k",
    "attention.self.value": "attn_v",
    "attention.output.dense": "attn_output",
    "attention.output.LayerNorm": "attn_output_norm",
    "intermediate.dense": "ffn_up",
    "output.dense": "ffn_down",
    "output.LayerNorm": "layer_output_norm",
}
_UNUSED = frozenset({"embeddings.position_ids", "pooler.dense.weight", "pooler.dense.bias"})
_LOOKED_UP = frozenset({"position_embd.weight", "token_types.weight"})  # tiny, and llama.cpp wants them in F32
_SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")
_WORD_START = "\u2581"  # llama.cpp marks where a word starts; the published list marks continuations with ##


@dataclass(frozen=True, slots=True)
class Shape:
    """The sizes that the GGUF header needs, from the model's config.json."""

    vocab: int
    positions: int
    hidden: int
    inner: int
    layers: int
    heads: int
    types: int
    epsilon: float


def read_shape(folder: Path) -> Shape:
    """Raises ModelInvalid when the model is not the plain BERT with mean pooling that this conversion is for."""
    try:
        raw: dict[str, Any] = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        pooling: dict[str, Any] = json.loads((folder / "1_Pooling" / "config.json").read_text(encoding="utf-8"))
        plain = raw["hidden_act"] == "gelu" and raw["position_embedding_type"] == "absolute"
        if not (plain and pooling["pooling_mode_mean_tokens"]):
            raise ModelInvalid("The embedding model is not a plain BERT with mean pooling.")
        return Shape(
            vocab=int(raw["vocab_size"]),
            positions=int(raw["max_position_embeddings"]),
            hidden=int(raw["hidden_size"]),
            inner=int(raw["intermediate_size"]),
            layers=int(raw["num_hidden_layers"]),
            heads=int(raw["num_attention_heads"]),
            types=int(raw["type_vocab_size"]),
            epsilon=float(raw["layer_norm_eps"]),
        )
    except (OSError, ValueError, KeyError) as error:
        raise ModelInvalid(f"The embedding model's configuration cannot be read ({type(error).__name__}).") from error


def read_vocabulary(path: Path, size: int) -> list[str]:
    words = path.read_text(encoding="utf-8").rstrip("\n").split("\n")
    if len(words) != size or any(word not in words for word in _SPECIAL):
        raise ModelInvalid("The embedding model's word list does not fit the model.")
    return words


def write_bert(folder: Path, tensors: dict[str, NDArray[Any]], target: Path, *, name: str, origin: str) -> None:
    """Write `target` from a published sentence-transformers BERT in `folder`; `origin` is the weights' sha256."""
    shape = read_shape(folder)
    words = read_vocabulary(folder / "vocab.txt", shape.vocab)
    writer = gguf.GGUFWriter(target, "bert")
    writer.add_name(name)
    writer.add_license("apache-2.0")
    writer.add_string("assistant.origin_sha256", origin)
    _add_shape(writer, shape)
    _add_words(writer, words)
    for key, tensor in _renamed(tensors):
        writer.add_tensor(key, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def _add_shape(writer: "gguf.GGUFWriter", shape: Shape) -> None:
    writer.add_context_length(shape.positions)
    writer.add_embedding_length(shape.hidden)
    writer.add_feed_forward_length(shape.inner)
    writer.add_block_count(shape.layers)
    writer.add_head_count(shape.heads)
    writer.add_layer_norm_eps(shape.epsilon)
    writer.add_token_type_count(shape.types)
    writer.add_causal_attention(False)
    writer.add_pooling_type(gguf.PoolingType.MEAN)
    writer.add_file_type(gguf.LlamaFileType.MOSTLY_F16)


def _add_words(writer: "gguf.GGUFWriter", words: list[str]) -> None:
    kinds = [gguf.TokenType.CONTROL if word in _SPECIAL else gguf.TokenType.NORMAL for word in words]
    writer.add_tokenizer_model("bert")
    writer.add_tokenizer_pre("default")
    writer.add_token_list([_as_piece(word) for word in words])
    writer.add_token_types(kinds)
    writer.add_pad_token_id(words.index("[PAD]"))
    writer.add_unk_token_id(words.index("[UNK]"))
    writer.add_bos_token_id(words.index("[CLS]"))
    writer.add_eos_token_id(words.index("[SEP]"))
    writer.add_sep_token_id(words.index("[SEP]"))
    writer.add_mask_token_id(words.index("[MASK]"))


def _as_piece(word: str) -> str:
    if word in _SPECIAL:
        return word
    return word[2:] if word.startswith("##") else _WORD_START + word


def _renamed(tensors: dict[str, NDArray[Any]]) -> Iterator[tuple[str, NDArray[Any]]]:
    for published, tensor in tensors.items():
        if published in _UNUSED:
            continue
        key = _gguf_name(published)
        full = tensor.ndim == 1 or key in _LOOKED_UP
        yield key, np.ascontiguousarray(tensor, dtype=np.float32 if full else np.float16)


def _gguf_name(published: str) -> str:
    if published in _TOP:
        return _TOP[published]
    _, _, layer, rest = published.split(".", 3)
    stem, kind = rest.rsplit(".", 1)
    if stem not in _LAYER:
        raise ModelInvalid("The embedding model holds a tensor that is not part of a plain BERT.")
    return f"blk.{layer}.{_LAYER[stem]}.{kind}"
