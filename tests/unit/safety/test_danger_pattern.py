"""The pattern language of the editors."""

import pytest

from assistant.safety.matcher import Label, Matcher
from assistant.safety.pattern import PatternInvalid, parse_pattern
from assistant.safety.text import tokens_of

CLASSES = {"en": {"part": ["arm~", "left leg"], "all": ["<part>", "head"]}}


def hit(pattern: str, text: str) -> bool:
    matcher = Matcher(CLASSES, {"two": 2})
    matcher.add(Label("finding", "x", "en"), pattern)
    return bool(matcher.done().match(tokens_of(text)))


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("short of breath", "I am SHORT of breath", True),
        ("short of breath", "short. of breath", False),
        ("pill~", "the pills", True),
        ("swell*", "swelling", True),
        ("my <all> .. hurt~", "my left leg really hurts", True),
        ("my <all> .. hurt~", "my left leg, it hurts", False),
        ("my <all> ... hurt~", "my left leg, it hurts", True),
        ("tight & chest", "chest feels tight", True),
        ("tight & chest", "tight feeling in chest", True),
        ("(a|the)? dog (bit|bites (me|him))", "dog bites him", True),
        ("# weeks", "two weeks", True),
        ("(# weeks|later) pregnant", "38 weeks pregnant", True),
        ("#.", "38.5", True),
        ("#.", "38", False),
        ("^ help", "please help", False),
        ("^ help", "ok. help", True),
        ("low $", "reads low, and", True),
        ("low $", "low sugar", False),
    ],
)
def test_a_pattern_matches_what_the_manual_says(pattern: str, text: str, expected: bool) -> None:
    assert hit(pattern, text) is expected


@pytest.mark.parametrize("pattern", ["", "..", "(a|b", "a)", "a & & b", "x!", "(a)? (b)?", "<nothing>"])
def test_what_cannot_be_read_is_refused(pattern: str) -> None:
    with pytest.raises(PatternInvalid):
        hit(pattern, "a")


def test_an_optional_part_leaves_no_gap_behind() -> None:
    assert parse_pattern("a .. b?")[-1].parts == parse_pattern("a")[0].parts
