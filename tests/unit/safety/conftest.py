"""The shipped danger files, compiled once for all tests of this folder."""

from pathlib import Path

import pytest

from assistant.library.danger import load_danger
from assistant.safety.danger import DangerCheck

DANGER = Path(__file__).parents[3] / "content" / "danger"


@pytest.fixture(scope="session")
def danger() -> DangerCheck:
    return load_danger(DANGER)
