"""Which test a message names, in lay words and with typos."""

import pytest

from assistant.turn.find_labs import LabFinder, Mention

FINDER = LabFinder(
    [
        ("HbA1c", "hba1c"),
        ("a1c", "hba1c"),
        ("average blood sugar", "hba1c"),
        ("blood sugar", "glucose"),
        ("sugar", "glucose"),
        ("hemoglobina glicosilada", "hba1c"),
        ("creatinine", "creatinine"),
        ("bad cholesterol", "ldl"),
        ("cholesterol", "total_cholesterol"),
        ("vitamin d", "vitamin_d"),
        ("K", "potassium"),
    ]
)


@pytest.mark.parametrize(
    ("message", "found"),
    [
        ("what does my A1C mean", ["hba1c"]),
        ("how does my average blood sugar compare", ["hba1c"]),
        ("is my blood sugar ok", ["glucose"]),
        ("my creatinin please", ["creatinine"]),
        ("bad cholesterol and vitamin D", ["ldl", "vitamin_d"]),
        ("¿Qué es la Hemoglobína Glicosilada?", ["hba1c"]),
        ("what time do you open", []),
        ("create an appointment", []),
    ],
)
def test_tests_are_found_longest_name_first(message: str, found: list[str]) -> None:
    assert [mention.lab for mention in FINDER.find(message)] == found


@pytest.mark.parametrize(
    ("message", "said"),
    [
        ("my a1c of 7.8 is that high", 7.8),
        ("mi hemoglobina glicosilada de 7,8", 7.8),
        ("a1c was 7.1 and then 7.8", None),
        ("a1c on 3/11/2026", None),
    ],
    ids=["point", "comma", "two numbers are left alone", "a date is no value"],
)
def test_one_quoted_number_belongs_to_the_named_test(message: str, said: float | None) -> None:
    assert FINDER.find(message) == (Mention("hba1c", said),)
