"""What a stranger gets: no addresses of package indexes, no torch, one lock, honest status everywhere."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("requirements.lock", "requirements-dev.lock")


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_is_pinned_hashed_and_names_no_host(lock: str) -> None:
    text = (ROOT / lock).read_text("utf-8")
    pins = re.findall(r"^([a-z0-9._-]+)==", text, re.MULTILINE)
    assert len(pins) > 100
    assert text.count("--hash=sha256:") >= len(pins)
    assert "://" not in text
    assert not {"torch", "stanza", "spacy", "minisbd", "sentence-transformers"} & set(pins)


def test_the_front_end_lock_names_no_host() -> None:
    assert '"resolved": "http' not in (ROOT / "package-lock.json").read_text("utf-8")


def test_no_second_lock_exists() -> None:
    assert not (ROOT / "uv.lock").exists()


def test_no_file_holds_a_path_of_somebodys_machine() -> None:
    pattern = re.compile(rb"(?<![\w.])/(?:root|home/\w+)/")
    found = [p for p in tracked() if p.is_file() and p != Path(__file__) and pattern.search(p.read_bytes())]
    assert found == []
