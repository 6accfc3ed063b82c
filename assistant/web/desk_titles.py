"""How a piece of content is called at the desk."""

from pathlib import PurePosixPath

from assistant.library.kinds import place_of
from assistant.library.schema import Article, IntentExamples, Item, LabWords, QuestionSet, ScriptText
from assistant.web.staff_words import humanise

GROUPS = {
    "labs": "Lab tests",
    "education": "Education",
    "medicines": "Medicines",
    "scripts": "Scripts",
    "questions": "Questions",
    "frames": "Sentences for records",
    "intents": "What people ask",
    "danger": "Danger rules",
    "rails": "Rails",
}
"""By the folder that a file lies in."""


def folder_of(path: str) -> str:
    return path.split("/", 1)[0]


def group_title(path: str) -> str:
    return GROUPS[folder_of(path)]


def title_of(path: str, item: Item | None) -> str:
    """The item's own title where it has one, without places that are filled later."""
    match item:
        case Article(title=title) | ScriptText(title=title) | QuestionSet(title=title):
            return title
        case LabWords(name=name):
            return name
        case IntentExamples(intent=intent):
            return humanise(intent)
        case _:
            return humanise(place_of(PurePosixPath(path)).id)


def key_of(path: str) -> str:
    """What belongs together: facts and words of a test, or one text in all its languages."""
    place = place_of(PurePosixPath(path))
    return f"{place.folder}/{place.id}"
