"""What arrives is cleaned before anything reads it."""

import pytest

from assistant.turn.receive import HARD_LIMIT, clean


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("  my arm feels funny  ", "my arm feels funny"),
        ("chest\x00 pain", "chest pain"),
        ("call \u202e119\u202c now", "call 119 now"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("\ud800broken", "broken"),
        ("", ""),
        ("\x07\x1b", ""),
        ("مرحبا بك", "مرحبا بك"),
    ],
    ids=["spaces", "NUL", "bidi override", "line breaks stay", "half surrogate", "empty", "bells", "Arabic stays"],
)
def test_control_characters_never_reach_the_rules(typed: str, read: str) -> None:
    assert clean(typed) == read


def test_a_megabyte_is_cut_before_it_is_read() -> None:
    assert len(clean("a" * 1_000_000)) == HARD_LIMIT
