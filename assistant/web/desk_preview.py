"""A content file as a patient would read it, or every line that keeps it from being read."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Literal

from assistant.library.labs import ReferenceRange
from assistant.library.parse import parse
from assistant.library.problems import Problem, ProblemsFound
from assistant.library.schema import (
    Article,
    DangerExamples,
    Frames,
    IntentExamples,
    Item,
    LabFacts,
    LabWords,
    QuestionSet,
    ScriptText,
)
from assistant.settings import Site
from assistant.web.staff_words import humanise

Kind = Literal["heading", "sentence", "item", "call", "quiet"]


@dataclass(frozen=True, slots=True)
class Block:
    """One line of the preview; `source` is the id of its citation."""

    kind: Kind
    text: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class Preview:
    """`blocks` when the text can be read, `problems` when it cannot."""

    item: Item | None
    blocks: tuple[Block, ...] = ()
    problems: tuple[Problem, ...] = ()


def preview(path: str, body: str, site: Site) -> Preview:
    try:
        item = parse(PurePosixPath(path), body)
    except ProblemsFound as error:
        return Preview(None, problems=error.problems)
    return Preview(item, tuple(blocks(item, site)))


def blocks(item: Item, site: Site) -> Iterator[Block]:
    match item:
        case Article():
            yield from _article(item)
        case LabWords():
            yield from _lab_words(item)
        case LabFacts():
            yield from _lab_facts(item)
        case ScriptText():
            yield from _script(item, site)
        case QuestionSet():
            yield from _questions(item)
        case IntentExamples():
            yield Block("quiet", "No patient reads this: sentences that teach what a message asks for.")
            yield from (Block("item", example) for example in item.examples)
        case Frames():
            yield Block("quiet", "The places in braces are filled from the patient’s own record.")
            yield from (Block("sentence", text) for text in item.frames.values())
        case DangerExamples():
            yield Block("quiet", "No patient reads this: messages that a changed danger rule is tried on.")
        case _:
            yield Block("quiet", "No patient reads this file. The review shows what it changes.")


def _article(item: Article) -> Iterator[Block]:
    for passage in item.passages:
        yield Block("heading", passage.heading)
        yield from (Block("sentence", sentence, passage.source) for sentence in passage.sentences)


def _lab_words(item: LabWords) -> Iterator[Block]:
    yield Block("quiet", item.plain_name)
    for group, statements in item.statements.groups():
        yield Block("heading", humanise(group))
        yield from (Block("sentence", each.text, each.source) for each in statements)
    if item.questions:
        yield Block("heading", "Questions to ask")
        yield from (Block("item", each.text, each.source) for each in item.questions)


def _lab_facts(item: LabFacts) -> Iterator[Block]:
    yield Block("quiet", f"Used where the laboratory gave no range of its own. Unit: {item.unit}")
    yield from (Block("item", _range(each), each.source) for each in item.ranges)
    if item.critical.low is not None or item.critical.high is not None:
        ends = [f"{word} {end:g}" for word, end in _critical_ends(item)]
        yield Block("item", f"Critical: {', '.join(ends)}")


def _critical_ends(item: LabFacts) -> tuple[tuple[str, float], ...]:
    both = (("at or below", item.critical.low), ("at or above", item.critical.high))
    return tuple((word, end) for word, end in both if end is not None)


def _range(given: ReferenceRange) -> str:
    ends = f"{given.low:g}–" if given.low is not None else "up to "
    ends = f"{ends}{given.high:g}" if given.high is not None else f"{given.low:g} or more"
    people = (
        {"f": "women", "m": "men"}.get(given.sex or "", ""),
        f"from {given.age_min:g} years" if given.age_min is not None else "",
        f"below {given.age_max:g} years" if given.age_max is not None else "",
        {True: "pregnant", False: "not pregnant", None: ""}[given.pregnant],
    )
    whom = ", ".join(word for word in people if word)
    return f"{ends} ({whom})" if whom else ends


def _script(item: ScriptText, site: Site) -> Iterator[Block]:
    """With the site's numbers in their places; places that a chat fills stay as they are."""
    filled = item.filled({name: f"{{{name}}}" for name in item.places} | _numbers(site))
    yield Block("heading", filled.title)
    yield from (Block("sentence", text) for text in filled.opening)
    if filled.call:
        yield Block("call", filled.call_label)
    yield from (Block("call", line.label) for line in filled.lines)
    yield from (Block("item", text) for text in filled.steps)
    yield from (Block("sentence", text) for text in filled.closing)


def _numbers(site: Site) -> dict[str, str]:
    return {
        "site": site.name,
        "phone": site.phone,
        "emergency_number": site.emergency_number,
        "crisis_number": site.crisis_number,
        "crisis_text": site.crisis_text,
        "poison_number": site.poison_number,
    }


def _questions(item: QuestionSet) -> Iterator[Block]:
    yield Block("heading", item.title)
    if item.intro:
        yield Block("sentence", item.intro)
    yield from (Block("item", each.text, each.source) for each in item.questions)


def sentences(item: Item | None, site: Site) -> tuple[str, ...]:
    """What patients read of it, in order."""
    read = () if item is None else blocks(item, site)
    return tuple(block.text for block in read if block.kind != "quiet")
