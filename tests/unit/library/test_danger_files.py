"""The danger files: what is refused, and that the shipped ones hang together."""

from pathlib import Path

import pytest

from assistant.errors import ContentInvalid
from assistant.library.danger import danger_check, raw_danger
from assistant.library.danger_schema import read_files

DANGER = Path(__file__).parents[3] / "content" / "danger"
CHECKS = {
    "check_chest", "check_head", "check_belly", "check_breathing", "check_fever", "check_child", "check_pregnancy",
    "check_injury", "check_bleeding", "check_mood", "check_leg", "check_eye", "check_diabetes", "check_general",
}  # fmt: skip


def changed(path: str, **values: object) -> list[tuple[str, object]]:
    """The shipped documents with keys of one file replaced."""
    return [
        (name, {**data, **values} if name == path and isinstance(data, dict) else data)
        for name, data in raw_danger(DANGER)
    ]


RULE = {"id": "stroke.x", "urgency": "emergency", "all": ["face_droop"], "reason": "r", "source": "aha"}


@pytest.mark.parametrize(
    ("rule", "reason"),
    [
        ({**RULE, "all": ["no_such_finding"]}, "unknown finding no_such_finding"),
        ({**RULE, "source": "nobody"}, "unknown source nobody"),
        ({**RULE, "id": "cardiac.x"}, "does not begin with the category"),
        ({**RULE, "urgency": "very"}, "urgency"),
        ({**RULE, "extra": 1}, "extra"),
    ],
)
def test_a_rule_that_does_not_fit_names_its_file_and_the_reason(rule: dict[str, object], reason: str) -> None:
    with pytest.raises(ContentInvalid, match=r"danger/rules/stroke\.yaml") as caught:
        danger_check(changed("danger/rules/stroke.yaml", rules=[rule]))
    assert reason in str(caught.value)


@pytest.mark.parametrize(
    ("findings", "reason"),
    [
        ({"no_such_finding": "words"}, "unknown finding no_such_finding"),
        ({"fever": "hot (head"}, "without its"),
        ({"fever": "<no_such_class> hot"}, "unknown class"),
    ],
)
def test_a_lexicon_file_that_does_not_fit_is_refused(findings: dict[str, str], reason: str) -> None:
    with pytest.raises(ContentInvalid, match=r"danger/findings/en/crisis\.yaml") as caught:
        danger_check(changed("danger/findings/en/crisis.yaml", findings=findings))
    assert reason in str(caught.value)


def test_a_missing_file_and_a_stray_one_are_refused() -> None:
    documents = raw_danger(DANGER)
    with pytest.raises(ContentInvalid, match=r"values\.yaml"):
        danger_check([d for d in documents if d[0] != "danger/values.yaml"])
    with pytest.raises(ContentInvalid, match=r"danger/odd\.yaml"):
        danger_check([*documents, ("danger/odd.yaml", {})])


def test_every_check_that_a_rule_asks_for_is_a_known_card() -> None:
    files = read_files(raw_danger(DANGER))
    asked = {row.check for _, file in files.rules for row in file.rules} | {file.check for _, file in files.rules}
    assert asked - {None} <= CHECKS


def test_every_finding_has_words_in_both_languages_and_is_used() -> None:
    """A finding without words can never be found; one without a rule changes nothing."""
    files = read_files(raw_danger(DANGER))
    everything = {*files.registry.symptoms, *files.registry.signs, *files.registry.background}
    measured = set(files.values.bounds)
    for lang in ("en", "es"):
        said = {name for _, language, file in files.findings if language == lang for name in file.findings}
        assert everything - said - measured == set(), lang
    named = {n for _, file in files.rules for row in file.rules for group in (*row.all, row.none) for n in group}
    named |= {n for group in files.registry.groups.values() for n in group}
    assert everything - named == set()
