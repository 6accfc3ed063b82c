"""What must hold for any text."""

import json
import time
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.safety.danger import DangerCheck
from assistant.safety.text import tokens_of
from assistant.safety.verdict import Urgency

EXAMPLES = Path(__file__).parents[3] / "content" / "danger" / "examples"
DANGERS = [
    row["text"]
    for path in sorted(EXAMPLES.glob("*.jsonl"))
    for row in map(json.loads, path.read_text("utf-8").splitlines())
    if row["urgency"] in {"emergency", "crisis"}
]
AROUND = ["Hello there.", "Please and thank you!", "Buenos dias.", "I like gardening.", "It is a small question.", "ok"]
FEW = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@FEW
@given(text=st.sampled_from(DANGERS), before=st.sampled_from(AROUND), after=st.sampled_from(AROUND))
def test_sentences_around_it_never_lower_the_urgency(danger: DangerCheck, text: str, before: str, after: str) -> None:
    alone = danger.check(text)
    among = danger.check(f"{before}\n{text}\n{after}")
    assert among.urgency.rank >= alone.urgency.rank
    assert among.action == "script" or alone.action != "script"


@FEW
@given(text=st.sampled_from(DANGERS), how=st.sampled_from([str.upper, str.title, lambda t: t.replace(" ", "  ")]))
def test_case_and_spacing_change_nothing(danger: DangerCheck, text: str, how: object) -> None:
    assert callable(how)
    assert danger.check(how(text)).rule == danger.check(text).rule


@FEW
@given(text=st.text(max_size=400), history=st.lists(st.text(max_size=60), max_size=3))
def test_no_text_raises_and_spans_lie_inside_it(danger: DangerCheck, text: str, history: list[str]) -> None:
    verdict = danger.check(text, history=history)
    assert all(0 <= start < end <= len(text) for start, end in verdict.spans)


@given(st.text(max_size=200))
def test_tokens_know_where_they_come_from(text: str) -> None:
    found = tokens_of(text)
    assert all(a.end <= b.start or a.start <= b.start for a, b in pairwise(found))
    assert all(0 <= t.start < t.end <= len(text) for t in found)


@pytest.mark.parametrize("filler", ["a", "my ", "((", "1 ", "😀", "chest "])
def test_a_huge_text_is_quick_and_read_at_both_ends(danger: DangerCheck, filler: str) -> None:
    huge = filler * (100_000 // len(filler))
    started = time.process_time()
    assert danger.check(f"{huge}. I want to kill myself").urgency is Urgency.CRISIS
    assert danger.check(f"I want to kill myself. {huge}").urgency is Urgency.CRISIS
    assert time.process_time() - started < 3


def test_a_message_of_500_characters_takes_milliseconds(danger: DangerCheck) -> None:
    texts = [" ".join(DANGERS[at : at + 8])[:500] for at in range(0, len(DANGERS) - 8, 4)]
    times = []
    for text in texts:
        started = time.process_time()
        danger.check(text)
        times.append(time.process_time() - started)
    assert sorted(times)[len(times) // 2] < 0.02
