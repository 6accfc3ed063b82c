"""A real GGUF small enough for a test: random llama weights, a trained tokenizer, a chat template."""

import io
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import gguf
import numpy as np
import sentencepiece

_END = "<|im_end|>"
CHATML = (
    "{% for m in messages %}<|im_start|>{{ m['role'] }}\n{{ m['content'] }}<|im_end|>\n{% endfor %}"
    "{% if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
_WIDTH, _LAYERS, _HEADS, _KV_HEADS, _INNER, _CONTEXT = 64, 2, 4, 2, 128, 8192
_VOCABULARY = 640
_WORDS = """
about above answer appointment approved average because before below between blood body breakfast breathe call
care careful change clinic cholesterol condition doctor drink during emergency evening everyday exercise explain
family feeling feet glucose happen health heart higher hospital hour important information kidney laboratory
letter level liver lower measure medicine minute month morning mother muscle normal number nurse often other
pain patient pharmacy plain potassium pressure question range reading record reference remember result safe salt
same sample sentence should sleep small sodium source speak stomach sugar symptom tablet team tell test thing
thyroid today together tomorrow treatment understand urine usually value vegetable visit vitamin walking water
week weight when whether which without words work write year yesterday young your
"""


@cache
def tiny_gguf(template: str = CHATML, *, endless: bool = True) -> Path:
    """Made once a test session for each template (empty: a file without one).

    `endless` models never choose a token that ends the text, so that limits and deadlines can be tested; the other
    kind ends at its first token.
    """
    path = Path(mkdtemp(prefix="tiny-gguf-")) / "tiny.gguf"
    write_tiny(path, template, endless=endless)
    return path


def write_tiny(path: Path, template: str, *, endless: bool = True) -> None:
    words, scores, kinds = _vocabulary()
    writer = gguf.GGUFWriter(path, "llama")
    _add_header(writer, len(words), template)
    writer.add_token_list(words)
    writer.add_token_scores(scores)
    writer.add_token_types(kinds)
    _add_weights(writer, len(words), endless=endless)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


@cache
def _vocabulary() -> tuple[list[bytes], list[float], list[int]]:
    pieces = _trained()
    count = pieces.get_piece_size()
    words = [pieces.id_to_piece(i).encode() for i in range(count)] + [b"<|im_start|>", _END.encode()]
    scores = [pieces.get_score(i) for i in range(count)] + [0.0, 0.0]
    kinds = [_kind(pieces, i) for i in range(count)] + [int(gguf.TokenType.CONTROL)] * 2
    return words, scores, kinds


def _trained() -> "sentencepiece.SentencePieceProcessor":
    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(_corpus()), model_writer=model, vocab_size=_VOCABULARY - 2, model_type="bpe",
        byte_fallback=True, unk_id=0, bos_id=1, eos_id=2, pad_id=-1, minloglevel=2,
        normalization_rule_name="identity", remove_extra_whitespaces=False,
    )  # fmt: skip
    return sentencepiece.SentencePieceProcessor(model_proto=model.getvalue())


def _corpus() -> list[str]:
    """The same few hundred lines each time, so that the file is the same wherever it is made."""
    random = np.random.default_rng(11)
    return [" ".join(random.choice(_WORDS.split(), size=12)) + "." for _ in range(600)]


def _kind(pieces: "sentencepiece.SentencePieceProcessor", token: int) -> int:
    if pieces.is_unknown(token):
        return int(gguf.TokenType.UNKNOWN)
    if pieces.is_control(token):
        return int(gguf.TokenType.CONTROL)
    return int(gguf.TokenType.BYTE if pieces.is_byte(token) else gguf.TokenType.NORMAL)


def _add_header(writer: "gguf.GGUFWriter", vocabulary: int, template: str) -> None:
    writer.add_name("tiny-random")
    writer.add_context_length(_CONTEXT)
    writer.add_embedding_length(_WIDTH)
    writer.add_block_count(_LAYERS)
    writer.add_feed_forward_length(_INNER)
    writer.add_head_count(_HEADS)
    writer.add_head_count_kv(_KV_HEADS)
    writer.add_rope_dimension_count(_WIDTH // _HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(vocabulary)
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_tokenizer_pre("default")
    writer.add_bos_token_id(1)
    writer.add_eos_token_id(vocabulary - 1)
    writer.add_unk_token_id(0)
    writer.add_add_bos_token(True)
    writer.add_add_space_prefix(False)
    if template:
        writer.add_chat_template(template)


def _add_weights(writer: "gguf.GGUFWriter", vocabulary: int, *, endless: bool) -> None:
    random = np.random.default_rng(7)
    head = _WIDTH // _HEADS

    def matrix(name: str, rows: int, columns: int, spread: float = 0.15) -> None:
        writer.add_tensor(name, random.standard_normal((rows, columns), dtype=np.float32) * np.float32(spread))

    def ones(name: str) -> None:
        writer.add_tensor(name, np.ones(_WIDTH, dtype=np.float32))

    matrix("token_embd.weight", vocabulary, _WIDTH, 1.0)
    ones("output_norm.weight")
    scores = random.standard_normal((vocabulary, _WIDTH), dtype=np.float32) * np.float32(0.15)
    scores[[1, 2, vocabulary - 2, vocabulary - 1]] = 0  # never the highest score of 640
    if not endless:
        ends = scores[0] + 1
        scores = np.zeros_like(scores)
        scores[[2, vocabulary - 1]] = ends, -ends  # "</s>" or "<|im_end|>" wins, whatever the text
    writer.add_tensor("output.weight", scores)
    for layer in (f"blk.{index}." for index in range(_LAYERS)):
        ones(layer + "attn_norm.weight")
        matrix(layer + "attn_q.weight", _WIDTH, _WIDTH)
        matrix(layer + "attn_k.weight", _KV_HEADS * head, _WIDTH)
        matrix(layer + "attn_v.weight", _KV_HEADS * head, _WIDTH)
        matrix(layer + "attn_output.weight", _WIDTH, _WIDTH)
        ones(layer + "ffn_norm.weight")
        matrix(layer + "ffn_gate.weight", _INNER, _WIDTH)
        matrix(layer + "ffn_up.weight", _INNER, _WIDTH)
        matrix(layer + "ffn_down.weight", _WIDTH, _INNER)
