"""A valid content folder for each test, and what is made from it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from assistant.library.catalogue import Catalogue
from assistant.library.versions import Versions
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from tests.support.content_tree import write_tree

TODAY = date(2026, 11, 20)
Edit = Callable[[str, str, str], Path]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_tree(tmp_path / "content")


@pytest.fixture
def edit(folder: Path) -> Edit:
    """Replaces one text in one file of the folder."""

    def change(path: str, old: str, new: str) -> Path:
        target = folder / path
        body = target.read_text("utf-8")
        assert old in body, f"{old!r} is not in {path}"
        target.write_text(body.replace(old, new, 1), "utf-8")
        return folder

    return change


@pytest.fixture
def catalogue(folder: Path) -> Catalogue:
    return Catalogue.from_folder(folder, TODAY)


@pytest.fixture
def versions(database: Database, clock: FixedClock) -> Versions:
    return Versions(database, clock)
