"""The danger files → the compiled check. Every error names the file and the reason."""

from collections.abc import Sequence
from pathlib import Path, PurePosixPath

import yaml

from assistant.errors import ContentInvalid
from assistant.library.danger_build import build
from assistant.library.danger_schema import read_files
from assistant.safety.danger import DangerCheck, SecondOpinion


def danger_check(documents: Sequence[tuple[str, object]], second: SecondOpinion | None = None) -> DangerCheck:
    """The check that these documents (`Catalogue.raw("danger")`: path, parsed YAML) describe.

    Raises `ContentInvalid`.
    """
    return DangerCheck(build(read_files(documents)), second)


def raw_danger(folder: Path) -> tuple[tuple[str, object], ...]:
    """The YAML files of `folder` (content/danger), as the catalogue would hand them over."""
    found: list[tuple[str, object]] = []
    for path in sorted(folder.rglob("*.yaml")):
        name = str(PurePosixPath("danger") / path.relative_to(folder).as_posix())
        try:
            found.append((name, yaml.safe_load(path.read_text("utf-8"))))
        except yaml.YAMLError as error:
            raise ContentInvalid(f"{name}: {error}") from error
    return tuple(found)


def load_danger(folder: Path, second: SecondOpinion | None = None) -> DangerCheck:
    """The check that the files below `folder` describe. Raises `ContentInvalid`."""
    return danger_check(raw_danger(folder), second)
