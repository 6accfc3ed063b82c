"""Numbers in messages: units, ages, and numbers that are no measurement."""

import pytest

from assistant.safety.danger import DangerCheck


@pytest.mark.parametrize(
    ("text", "finding"),
    [
        ("her temp is 38.6", "fever"),
        ("temperature 102.2", "fever_high"),
        ("39,4 de calentura", "fever_high"),
        ("sats are 86", "very_low_sats"),
        ("bp 196/112", "very_high_pressure"),
        ("pulse of 34", "very_slow_pulse"),
        ("my sugar is 41", "very_low_glucose"),
        ("sugar 2.4 mmol", "very_low_glucose"),
        ("glucose 31 mmol", "very_high_glucose"),
        ("potassium 6.9", "very_high_potassium"),
        ("took twenty tablets", "overdose_taken"),
    ],
)
def test_a_written_number_is_read_in_its_unit(danger: DangerCheck, text: str, finding: str) -> None:
    assert finding in danger.read(text).present


@pytest.mark.parametrize(
    "text", ["temp is 36.8", "bp 124/78", "sats 98", "sugar two hours after lunch", "took 2 tablets", "pulse 72"]
)
def test_an_ordinary_number_is_no_finding(danger: DangerCheck, text: str) -> None:
    danger_names = {"fever", "very_low_glucose", "low_glucose", "overdose_taken", "very_high_pressure", "low_sats"}
    assert not danger_names & danger.read(text).present


@pytest.mark.parametrize(
    ("text", "years"),
    [("my 4 month old", 4 / 12), ("she is seven weeks old", 7 / 52.18), ("i am 82 and", 82), ("82 yo", 82)],
)
def test_ages_are_read_in_years(danger: DangerCheck, text: str, years: float) -> None:
    assert danger.read(text).ages[0] == pytest.approx(years, rel=0.01)
