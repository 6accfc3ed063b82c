"""English texts are read by an eleven-year-old: grade 6 at most on average, names of diseases and drugs set aside."""

import re
from collections.abc import Iterator

import pytest

from assistant.library.files import Versioned
from assistant.library.schema import Article, Item, LabWords, QuestionSet, ScriptText
from tests.support.reading import grade, syllables
from tests.support.shipped import items, sentences

HIGHEST = 6.0
_NAMING = {"condition", "medicine"}
_LONG = 3

ENGLISH = [
    entry for entry in items()
    if entry.lang == "en" and isinstance(entry.item, Article | LabWords | QuestionSet | ScriptText)
]  # fmt: skip


def _names() -> frozenset[str]:
    """Long words of the names of diseases, medicines and tests: a text about them cannot do without."""
    words = (
        word.lower() for entry in ENGLISH for name in _named(entry.item) for word in re.findall(r"[A-Za-z]+", name)
    )
    return frozenset(form for word in words if syllables(word) >= _LONG for form in (word, f"{word}s"))


def _named(item: Item) -> Iterator[str]:
    if isinstance(item, LabWords):
        yield from (item.name, *item.aliases)
    if isinstance(item, Article) and item.kind in _NAMING:
        yield from (item.title, *item.drugs, *(item.aliases if item.kind == "condition" else ()))


NAMES = _names()


@pytest.mark.parametrize("entry", ENGLISH, ids=lambda entry: entry.path)
def test_the_reading_grade_is_six_at_most(entry: Versioned[Item]) -> None:
    text = [re.sub(r"\{\w+\}", "it", sentence) for sentence in sentences(entry.item)]
    found = grade(text, NAMES)
    hardest = sorted(((grade([each], NAMES), each) for each in text), reverse=True)[:4]
    told = "\n".join(f"  {each:.1f}  {sentence}" for each, sentence in hardest)
    assert found <= HIGHEST, f"{entry.path}: grade {found:.1f}; hardest:\n{told}"
