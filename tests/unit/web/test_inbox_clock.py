"""Clocks in words, and the marks on a patient's words."""

from datetime import UTC, datetime, timedelta

import pytest

from assistant.web.staff_clock import Local, due
from assistant.web.staff_marks import first_words, pieces, spans_of

OPENED = datetime(2026, 11, 20, 16, 40, tzinfo=UTC)


@pytest.mark.parametrize(
    ("allowed", "passed", "words", "pressure"),
    [
        (timedelta(minutes=5), timedelta(), "5:00 left", "calm"),
        (timedelta(minutes=5), timedelta(minutes=4, seconds=10), "soon: 0:50", "soon"),
        (timedelta(minutes=5), timedelta(minutes=7, seconds=10), "2:10 over", "over"),
        (timedelta(hours=24), timedelta(), "24 h left", "calm"),
        (timedelta(hours=2), timedelta(minutes=20), "1 h 40 left", "calm"),
        (timedelta(minutes=5), timedelta(days=3, minutes=5), "3 d over", "over"),
    ],
)
def test_how_long_is_said_in_words(allowed: timedelta, passed: timedelta, words: str, pressure: str) -> None:
    found = due(OPENED, OPENED + allowed, OPENED + passed)
    assert (found.words, found.pressure) == (words, pressure)


def test_times_are_the_sites_and_name_another_day() -> None:
    local = Local.of("America/Chicago", OPENED)
    assert local.time(OPENED) == "10:40"
    assert local.time(OPENED - timedelta(days=1)) == "19 Nov 10:40"
    assert local.day((OPENED - timedelta(days=400)).date()) == "16 Oct 2025"


@pytest.mark.parametrize(
    ("raw", "length", "spans"),
    [
        ([[3, 9], [7, 12]], 20, ((3, 12),)),
        ([[7, 12], [0, 2]], 20, ((0, 2), (7, 12))),
        ([[5, 50]], 20, ()),
        ([[9, 3]], 20, ()),
        (None, 20, ()),
    ],
)
def test_only_spans_in_the_text_are_marked(raw: object, length: int, spans: tuple[tuple[int, int], ...]) -> None:
    assert spans_of(raw, length) == spans


def test_every_character_is_shown_once() -> None:
    text = "siento una presión en el pecho"
    found = pieces(text, ((0, 6), (11, 18)))
    assert "".join(piece.text for piece in found) == text
    assert [piece.text for piece in found if piece.marked] == ["siento", "presión"]


def test_first_words_begin_near_the_evidence() -> None:
    text = "Good morning to all of you, since dawn I have had an awful pressure in my chest " + "and so on " * 20
    at = text.index("pressure")
    line = first_words(text, ((at, at + 8),))
    assert line.startswith("…")
    assert "pressure in my chest" in line
    assert line.endswith("…")
    assert first_words("short", ()) == "short"
