"""A difference shows every word that came or went, and nothing else."""

import pytest

from assistant.web.staff_diff import GAP, DiffLine, diff, words


def shown(lines: tuple[DiffLine, ...]) -> list[str]:
    marks = {"same": "{}", "gone": "[-{}-]", "new": "[+{}+]"}
    return ["…" if not line.runs else "".join(marks[run.kind].format(run.text) for run in line.runs) for line in lines]


@pytest.mark.parametrize(
    ("before", "after", "found"),
    [
        ("a b c", "a b c", []),
        ("sugar over a few months", "sugar over three months", ["sugar over [-a few-][+three+] months"]),
        ("one\ntwo", "one\ntwo\nthree", ["two", "[+three+]"]),
        ("one\ntwo\nthree", "one\nthree", ["one", "[-two-]", "three"]),
        ("high: 5.6", "high: 5.7", ["high: 5.[-6-][+7+]"]),
        ("", "new", ["[+new+]"]),
    ],
)
def test_what_came_and_went(before: str, after: str, found: list[str]) -> None:
    assert shown(diff(before, after)) == found


def test_lines_far_from_a_change_are_left_out() -> None:
    before = "\n".join(f"line {number}" for number in range(20))
    after = before.replace("line 3", "row 3", 1).replace("line 15", "row 15")
    lines = diff(before, after)
    assert lines.count(GAP) == 1
    assert [line.number for line in lines if line.changed] == [4, 16]


@pytest.mark.parametrize(("before", "after"), [("a, b", "a b"), ("salud ñ", "salud n"), ("  x", "x")])
def test_old_and_new_can_be_read_out_of_it(before: str, after: str) -> None:
    runs = words(before, after)
    assert "".join(run.text for run in runs if run.kind != "new") == before
    assert "".join(run.text for run in runs if run.kind != "gone") == after
