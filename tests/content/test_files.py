"""The shipped content is whole and honest about itself."""

from datetime import date

import pytest

from assistant.library.crosscheck import LANGUAGES
from assistant.library.files import Versioned
from assistant.library.parts import DRAFTED, PLACES, SAMPLE, Reviewed
from assistant.library.schema import Article, Item, LabFacts, LabWords, QuestionSet, ScriptText
from tests.support.shipped import items, shipped


def _told(problems: list[str]) -> str:
    return f"{len(problems)} problems:\n" + "\n".join(problems)


def test_every_file_is_read_and_fits_to_the_others() -> None:
    errors = [str(problem) for problem in shipped()[2] if problem.severity == "error"]
    assert not errors, _told(errors)


def test_nothing_is_incomplete_and_both_languages_have_the_same_ids_and_sections() -> None:
    gaps = [str(problem) for problem in shipped()[2] if problem.severity == "gap"]
    assert not gaps, _told(gaps)


def test_everything_says_that_no_clinician_has_reviewed_it() -> None:
    said = [(entry.path, entry.item.status) for entry in items() if isinstance(entry.item, Reviewed)]
    wrong = [f"{path}: {status}" for path, status in said if status not in {SAMPLE, DRAFTED}]
    assert not wrong, _told(wrong)


def test_what_nobody_fluent_has_checked_says_that_it_awaits_a_translator() -> None:
    others = [entry for entry in items() if isinstance(entry.item, Reviewed) and entry.lang not in {"", *LANGUAGES}]
    wrong = [entry.path for entry in others if entry.status != DRAFTED]
    assert not wrong, _told(wrong)


def test_every_review_date_is_in_the_future() -> None:
    past = [f"{each.path}: {each.review_by}" for each in items() if each.review_by and each.review_by <= date.today()]
    assert not past, _told(past)


def test_scripts_use_known_places_only() -> None:
    scripts = [(entry.path, entry.item) for entry in items() if isinstance(entry.item, ScriptText)]
    assert scripts
    assert not [(path, script.places - PLACES) for path, script in scripts if script.places - PLACES]


def test_every_sentence_has_a_source_that_exists() -> None:
    facts = {entry.item.id: entry.item for entry in items() if isinstance(entry.item, LabFacts)}
    wrong = [
        f"{each.path}: {source}" for each in items() for source in _used(each) if source not in _known(each, facts)
    ]
    assert not wrong, _told(wrong)


def _used(entry: Versioned[Item]) -> set[str]:
    match entry.item:
        case Article(passages=passages):
            return {passage.source for passage in passages}
        case LabWords(statements=statements, questions=questions):
            return {each.source for _, group in statements.groups() for each in (*group, *questions)}
        case LabFacts(ranges=ranges):
            return {each.source for each in ranges}
        case QuestionSet(questions=questions):
            return {each.source for each in questions}
        case _:
            return set()


def _known(entry: Versioned[Item], facts: dict[str, LabFacts]) -> set[str]:
    item = facts.get(entry.item.id) if isinstance(entry.item, LabWords) else entry.item
    return {source.id for source in getattr(item, "sources", ())}


@pytest.mark.parametrize("kind", [Article, LabFacts, LabWords, ScriptText, QuestionSet])
def test_there_is_content_of_every_kind(kind: type[Item]) -> None:
    assert any(isinstance(entry.item, kind) for entry in items())
