"""The content that the project ships, as the tests look at it."""

from collections.abc import Iterator
from functools import cache

from assistant.library.crosscheck import cross_check
from assistant.library.files import ContentFile, Versioned, parse_all, scan_folder
from assistant.library.problems import Problem
from assistant.library.schema import Article, Item, LabWords, QuestionSet, ScriptText
from assistant.settings import ROOT

CONTENT = ROOT / "content"


@cache
def shipped() -> tuple[tuple[ContentFile, ...], tuple[Versioned[Item], ...], tuple[Problem, ...]]:
    """Files, what could be read of them, and every problem."""
    files, unreadable = scan_folder(CONTENT)
    items, problems = parse_all(files)
    return files, items, tuple(sorted((*unreadable, *problems, *cross_check(files, items))))


def items() -> tuple[Versioned[Item], ...]:
    return shipped()[1]


def sentences(item: Item) -> Iterator[str]:
    """Every sentence that a patient may read of it, places as they are written."""
    match item:
        case Article():
            yield from (sentence for passage in item.passages for sentence in passage.sentences)
        case LabWords():
            yield from (each.text for _, group in item.statements.groups() for each in group)
            yield from (each.text for each in item.questions)
        case ScriptText():
            yield from (item.title, *item.opening, *item.steps, *item.closing)
        case QuestionSet():
            yield from (text for text in (item.intro, *(each.text for each in item.questions)) if text)
        case _:
            return
