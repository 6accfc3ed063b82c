"""A model file that cannot be used is a clear message, never a crash."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.errors import ModelInvalid
from assistant.model.files import check_embedder, check_generator
from tests.support.minilm import minilm
from tests.support.tiny_gguf import CHATML, tiny_gguf


def missing(folder: Path) -> Path:
    return folder / "nowhere.gguf"


def a_folder(folder: Path) -> Path:
    return folder


def garbage(folder: Path) -> Path:
    return _file(folder, b"\x00\x01not a model" * 400)


def empty(folder: Path) -> Path:
    return _file(folder, b"")


def magic_only(folder: Path) -> Path:
    return _file(folder, b"GGUF" + b"\xff" * 200)


def header_cut(folder: Path) -> Path:
    return _file(folder, tiny_gguf().read_bytes()[:3000])


def weights_cut(folder: Path) -> Path:
    return _file(folder, tiny_gguf().read_bytes()[:-5000])


def encoder(_: Path) -> Path:
    return minilm()


def without_template(_: Path) -> Path:
    return tiny_gguf("")


def _file(folder: Path, body: bytes) -> Path:
    path = folder / "model.gguf"
    path.write_bytes(body)
    return path


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (missing, "missing"),
        (a_folder, "missing or cannot be read"),
        (garbage, "not a GGUF"),
        (empty, "not a GGUF"),
        (magic_only, "damaged or cut short"),
        (header_cut, "damaged or cut short"),
        (weights_cut, "damaged or cut short"),
        (encoder, "cannot write text"),
        (without_template, "no chat template"),
    ],
)
def test_an_unusable_file_is_named_with_its_fault(make: Callable[[Path], Path], says: str, tmp_path: Path) -> None:
    with pytest.raises(ModelInvalid, match=says):
        check_generator(make(tmp_path))


def test_a_usable_file_describes_itself() -> None:
    file = check_generator(tiny_gguf())
    assert (file.architecture, file.name, file.template) == ("llama", "tiny-random", CHATML)
    assert (file.layers, file.context) == (2, 8192)


def test_a_text_model_is_not_taken_for_a_sentence_encoder() -> None:
    with pytest.raises(ModelInvalid, match="not a sentence encoder"):
        check_embedder(tiny_gguf())
