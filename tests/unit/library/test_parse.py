"""One file in, one model out, or the line and the reason."""

from datetime import date
from pathlib import PurePosixPath
from typing import TypeVar

import pytest

from assistant.errors import ContentInvalid
from assistant.library.parse import parse
from assistant.library.schema import Article, Item, LabFacts, LabWords, QuestionSet, RawData, ScriptText
from tests.support.content_tree import REVIEW, SOURCES, tree

_Item = TypeVar("_Item", bound=Item)

FILES = tree()
ARTICLE = "education/en/type_2_diabetes.md"
CHECK_QUESTIONS = "".join(f'  - {{text: "Question {n}?", source: s1}}\n' for n in range(3))
CHECK = (
    "id: chest_check\nlang: en\nkind: safety_check\ncategory: cardiac\ntitle: Chest\nintro: Any of these?\n"
    f"questions:\n{CHECK_QUESTIONS}{SOURCES}{REVIEW}"
)

# path, text to replace (empty: the whole body), new text, line, what the reason says
WRONG = [
    ("labs/hba1c.yaml", "group: sugar", "group: sweets", 3, "group: Input should be"),
    ("labs/hba1c.yaml", "decimals: 1\n", "", 1, "decimals: Field required"),
    ("labs/hba1c.yaml", "decimals: 1", "decimals: 1\ncolour: red", 7, "colour: Extra inputs"),
    ("labs/hba1c.yaml", "decimals: 1", "decimals: 1\ndecimals: 2", 7, "decimals is given twice"),
    ("labs/hba1c.yaml", "{high: 5.6, source: s1}", "{high: 5.6, source: s7}", 9, "unknown source s7"),
    ("labs/hba1c.yaml", "{high: 5.6, source: s1}", "{low: 6, high: 5.6, source: s1}", 9, "low is not below high"),
    ("labs/hba1c.yaml", "{high: 5.6, source: s1}", "{sex: f, source: s1}", 9, "a range needs low or high"),
    ("labs/hba1c.yaml", "https://example.org", "http://example.org", 12, "sources.0.url"),
    ("labs/hba1c.yaml", "review_by: 2027-11-01", "review_by: soon", 14, "review_by"),
    ("labs/hba1c.yaml", "status: sample, not clinically reviewed", "status: reviewed", 13, "status"),
    ("labs/hba1c.yaml", "related: [glucose]", "related: [glucose", 11, "not YAML"),
    ("labs/hba1c.yaml", "id: hba1c", "id: other", 1, "id is not hba1c, as the path says"),
    ("labs/hba1c.yaml", "related: [glucose]", "related: &x [glucose]\nmore: *x", 10, "anchors"),
    ("labs/hba1c.yaml", "", "", 1, "a mapping of keys and values is needed"),
    ("labs/en/hba1c.yaml", "lang: en", "lang: es", 2, "lang is not en, as the path says"),
    ("labs/en/hba1c.yaml", "lang: en", "lang: no", 2, "lang"),
    ("labs/en/hba1c.yaml", ", source: s1}", "}", 8, "statements.measures.0.source: Field required"),
    (ARTICLE, "kind: condition", "kind: illness", 5, "kind: Input should be"),
    (ARTICLE, "kind: condition", "kind: medicine", 5, "kind does not fit education/"),
    (ARTICLE, "summary: About Type 2 diabetes.\n", "", 2, "summary: Field required"),
    (ARTICLE, "{#helps .s1}", "{#helps .s9}", 18, "unknown source s9"),
    (ARTICLE, "{#helps .s1}", "{#what .s1}", 18, "section #what is given twice"),
    (ARTICLE, "{#helps .s1}", "", 18, "a section starts with: ## Heading {#passage_id .source_id}"),
    (ARTICLE, "{#team .s1}", "{#call .s1}", 2, "section #team is missing"),
    (ARTICLE, "Walking each day helps.", "- Walking each day helps.", 19, "plain paragraphs"),
    (ARTICLE, "Walking each day", "Walking **each** day", 19, "plain paragraphs"),
    (ARTICLE, "Walking each day", "Walking <b>each</b> day", 19, "plain paragraphs"),
    (ARTICLE, "## What it is", "Hello.\n\n## What it is", 15, "text before the first section"),
    (ARTICLE, "---\nid", "id", 1, "front matter"),
    (ARTICLE, "summary:", "passages: []\nsummary:", 9, "passages belongs below the front matter"),
    ("scripts/cardiac/en.md", "Sit down.", "Call {police}.", 13, "unknown place {police}"),
    ("scripts/cardiac/en.md", "Sit down.", "Sit down by {time}.", 2, "a danger script may not wait for {time}"),
    ("scripts/cardiac/en.md", "Stay on", "Stay {on", 15, "a brace that encloses no name"),
    ("scripts/cardiac/en.md", "Call {emergency_number} now", "Call {emergency} now", 5, "unknown place {emergency}"),
    ("scripts/cardiac/en.md", "tone: emergency", "tone: loud", 4, "tone"),
    ("scripts/cardiac/en.md", "call_label", "label", 7, "label: Extra inputs"),
    ("scripts/cardiac/en.md", SOURCES, "", 2, "a script of this tone needs a source"),
    ("scripts/cardiac/en.md", "Stay on", "- One\n\n- Two\n\nStay on", 15, "a script has one list"),
    ("scripts/cardiac/en.md", "- Sit down.", "1. Sit down.", 13, "a hyphen and a space"),
    ("questions/en/diabetes_visit.yaml", "source: s1", "source: s4", 7, "unknown source s4"),
    ("intents/en/explain_lab.yaml", "intent: explain_lab", "intent: other", 1, "intent is not explain_lab"),
    ("frames/en.yaml", "{value}", "{value", 5, "a brace that encloses no name"),
]  # fmt: skip


@pytest.mark.parametrize("path", sorted(FILES))
def test_every_kind_of_valid_file_is_read(path: str) -> None:
    assert parse(PurePosixPath(path), FILES[path]) is not None


@pytest.mark.parametrize(("path", "old", "new", "line", "reason"), WRONG)
def test_a_bad_file_names_its_line_and_the_reason(path: str, old: str, new: str, line: int, reason: str) -> None:
    assert old in FILES[path]
    body = FILES[path].replace(old, new, 1) if old else new
    with pytest.raises(ContentInvalid) as error:
        parse(PurePosixPath(path), body)
    found = error.value.detail.splitlines()
    assert any(text.startswith(f"{path}:{line}: ") and reason in text for text in found), found


def test_all_problems_of_a_file_are_told_at_once() -> None:
    body = FILES[ARTICLE].replace("kind: condition", "kind: illness").replace("{#helps .s1}", "{#helps .s9}")
    with pytest.raises(ContentInvalid) as error:
        parse(PurePosixPath(ARTICLE), body)
    assert [line.split(" ")[0] for line in error.value.detail.splitlines()] == [f"{ARTICLE}:5:", f"{ARTICLE}:18:"]


@pytest.mark.parametrize(
    "path",
    ["labs/En/hba1c.yaml", "labs/hba1c.yml", "education/type_2.md", "../labs/x.yaml", "notes.txt", "danger.yaml"],
)
def test_a_path_that_is_no_content_file_is_refused(path: str) -> None:
    with pytest.raises(ContentInvalid, match="no content file has this path"):
        parse(PurePosixPath(path), "id: x\n")


def test_an_article_becomes_passages_with_references_and_sentences() -> None:
    article = _read(ARTICLE, Article)
    assert [passage.ref for passage in article.passages] == [
        "education/type_2_diabetes#what", "education/type_2_diabetes#helps", "education/type_2_diabetes#team",
    ]  # fmt: skip
    assert article.passages[1].sentences == ("Walking each day helps.", "Eating less sugar helps too.")
    assert (article.passages[1].heading, article.passages[1].source) == ("What helps", "s1")
    assert article.review_by == date(2027, 11, 1)


def test_windows_line_ends_change_nothing() -> None:
    for path in (ARTICLE, "scripts/cardiac/en.md", "labs/hba1c.yaml"):
        assert parse(PurePosixPath(path), FILES[path].replace("\n", "\r\n")) == parse(PurePosixPath(path), FILES[path])


def test_a_script_has_opening_steps_and_closing_around_its_list() -> None:
    body = FILES["scripts/cardiac/en.md"].replace("- Sit down.", "One thing first.\n\n- Sit\n  down.\n- Wait.")
    script = _read("scripts/cardiac/en.md", ScriptText, body)
    parts = (script.opening, script.steps, script.closing)
    assert parts == (("One thing first.",), ("Sit down.", "Wait."), ("Stay on the line.",))


def test_a_script_is_filled_with_the_sites_numbers_and_nothing_is_left_open() -> None:
    script = _read("scripts/cardiac/en.md", ScriptText)
    filled = script.filled({"emergency_number": "911"})
    assert (filled.title, filled.call, filled.call_label) == ("Call 911 now.", "911", "Call 911")
    assert script.title == "Call {emergency_number} now."


def test_lab_facts_and_words_keep_their_numbers_and_groups() -> None:
    facts, words = _read("labs/hba1c.yaml", LabFacts), _read("labs/en/hba1c.yaml", LabWords)
    assert (facts.units["mmol/mol"].factor, facts.ranges[0].high, facts.plausible) == (0.09148, 5.6, (2, 25))
    assert [name for name, _ in words.statements.groups()] == ["measures"]
    assert words.statements.of("high") == ()


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("category: cardiac\n", "a safety check needs category"),
        ("intro: Any of these?\n", "a safety check needs intro"),
        ('  - {text: "Question 2?", source: s1}\n', "3 to 6 questions"),
    ],
)
def test_a_safety_check_needs_its_category_its_intro_and_a_few_questions(line: str, reason: str) -> None:
    path = PurePosixPath("questions/en/chest_check.yaml")
    assert isinstance(parse(path, CHECK), QuestionSet)
    with pytest.raises(ContentInvalid, match=reason):
        parse(path, CHECK.replace(line, ""))


def test_danger_files_pass_through_as_data() -> None:
    assert _read("danger/rules.yaml", RawData).data == {"rules": [{"id": "cardiac.chest_pain"}]}


def _read(path: str, kind: type[_Item], body: str | None = None) -> _Item:
    item = parse(PurePosixPath(path), body or FILES[path])
    assert isinstance(item, kind)
    return item
