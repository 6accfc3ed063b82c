"""A GGUF file is checked before llama.cpp sees it: a bad file must be a clear message, never a crash."""

from dataclasses import dataclass
from pathlib import Path

import gguf

from assistant.errors import ModelInvalid

_MAGIC = b"GGUF"
_TEMPLATE = "tokenizer.chat_template"
# Encoders and other models that cannot write text, by llama.cpp's architecture names.
_NOT_WRITERS = frozenset(
    {"bert", "nomic-bert", "nomic-bert-moe", "neo-bert", "jina-bert-v2", "jina-bert-v3", "modern-bert", "eurobert"}
    | {"gemma-embedding", "t5encoder", "clip", "mmproj", "wavtokenizer-dec", "llama-embed"}
)


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What a GGUF file says about itself. `template` is its chat template, empty for none."""

    path: Path
    architecture: str
    name: str
    template: str
    layers: int
    context: int


def check_generator(path: Path) -> ModelFile:
    """The file's description; raises ModelInvalid when it cannot be used to write text in a chat."""
    file = read_file(path)
    if file.architecture in _NOT_WRITERS:
        raise ModelInvalid(f"{path.name} is a “{file.architecture}” model, which cannot write text.")
    if not file.template.strip():
        raise ModelInvalid(f"{path.name} has no chat template; use an instruction-tuned model.")
    return file


def check_embedder(path: Path) -> ModelFile:
    """The file's description; raises ModelInvalid when it is not a BERT-like sentence encoder."""
    file = read_file(path)
    if file.architecture not in _NOT_WRITERS:
        raise ModelInvalid(f"{path.name} is a “{file.architecture}” model, not a sentence encoder.")
    return file


def read_file(path: Path) -> ModelFile:
    """Reads only the header. Raises ModelInvalid when the file is missing, is no GGUF or is cut short."""
    _check_magic(path)
    try:
        reader = gguf.GGUFReader(path)
    except Exception as error:  # the reader raises whatever numpy meets in a broken file
        raise ModelInvalid(f"{path.name} is damaged or cut short.") from error
    _check_tensors(reader, path)
    architecture = _text(reader, "general.architecture")
    return ModelFile(
        path=path,
        architecture=architecture,
        name=_text(reader, "general.name") or path.stem,
        template=_text(reader, _TEMPLATE),
        layers=_number(reader, f"{architecture}.block_count"),
        context=_number(reader, f"{architecture}.context_length"),
    )


def _check_magic(path: Path) -> None:
    try:
        with path.open("rb") as file:
            start = file.read(len(_MAGIC))
    except OSError as error:
        raise ModelInvalid(f"{path.name} is missing or cannot be read.") from error
    if start != _MAGIC:
        raise ModelInvalid(f"{path.name} is not a GGUF file.")


def _check_tensors(reader: "gguf.GGUFReader", path: Path) -> None:
    size = path.stat().st_size
    if not reader.tensors:
        raise ModelInvalid(f"{path.name} holds no weights.")
    if any(int(tensor.data_offset) + int(tensor.n_bytes) > size for tensor in reader.tensors):
        raise ModelInvalid(f"{path.name} is damaged or cut short.")


def _text(reader: "gguf.GGUFReader", key: str) -> str:
    field = reader.get_field(key)
    found = field.contents() if field else ""
    return found if isinstance(found, str) else ""


def _number(reader: "gguf.GGUFReader", key: str) -> int:
    field = reader.get_field(key)
    found = field.contents() if field else 0
    return int(found) if isinstance(found, int) else 0
