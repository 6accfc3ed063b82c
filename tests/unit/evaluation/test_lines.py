"""The batch interface reads any line: a bad one is answered with its error and the rest goes on."""

import io
import json
from pathlib import Path

import pytest

from assistant.evaluation.lines import BadLine, Line, read_lines


def read(raw: bytes, folder: Path) -> list[Line | BadLine]:
    return list(read_lines(io.BytesIO(raw), folder))


@pytest.mark.parametrize(
    ("raw", "error"),
    [
        (b"\xff\xfe broken", "not UTF-8"),
        (b"{broken", "not JSON"),
        (b"[1, 2]", "not a JSON object"),
        (b'{"id": "a", "text": 5}', "text is not a text"),
        (b'{"id": "a", "text": "x", "history": "y"}', "history is not a list"),
        (b'{"id": "a", "text": "x", "patient": {"age": "old"}}', "age is not a number"),
        (b'{"id": "a", "text": "x", "patient": {"fhir": "nowhere.json"}}', "nowhere.json"),
        (b'{"id": "a", "text": "x", "now": "yesterday"}', "yesterday"),
        (b"[" * 5000, "not JSON"),
    ],
)
def test_a_line_that_cannot_be_read_says_why(raw: bytes, error: str, tmp_path: Path) -> None:
    good = json.dumps({"id": "ok", "text": "hello"}).encode()
    [bad, after] = read(raw + b"\n" + good + b"\n", tmp_path)
    assert isinstance(bad, BadLine)
    assert error in bad.error
    assert isinstance(after, Line)


def test_a_line_holds_who_and_when(tmp_path: Path) -> None:
    raw = {"id": 7, "text": "hi", "lang": "es", "history": ["a"], "now": "2026-05-01T10:00:00Z",
           "patient": {"age": 54, "sex": "female"}}  # fmt: skip
    [line] = read(json.dumps(raw).encode(), tmp_path)
    assert isinstance(line, Line)
    assert (line.id, line.lang, line.history) == ("7", "es", ("a",))
    assert (line.person.age, line.person.sex) == (54, "f")
    assert line.at is not None
    assert line.at.year == 2026
