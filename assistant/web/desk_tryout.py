"""Stored messages played on the rules that live and on those that would: what is seen as danger, what is understood."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.language.intents import IntentClassifier, Rows
from assistant.library.catalogue import Catalogue
from assistant.library.danger import danger_check
from assistant.library.vectors import VectorCache
from assistant.safety.danger import DangerCheck
from assistant.safety.verdict import Verdict
from assistant.safety.who import NOBODY, Who
from assistant.web.staff_words import URGENCY, humanise

if TYPE_CHECKING:
    from assistant.web.services import Services

_NOTHING = "no danger"


@dataclass(frozen=True, slots=True)
class Example:
    """One message or sentence: how it ended before, and how it would end."""

    about: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Tried:
    """`facts`: label and figure. `changes`: every message that would end otherwise."""

    facts: tuple[tuple[str, str], ...]
    changes: tuple[Example, ...]


def try_danger(now: Catalogue, then: Catalogue) -> Tried:
    """Every stored message, and every example of a question, on the old rules and on the new ones."""
    old, new = danger_check(now.raw("danger")), danger_check(then.raw("danger"))
    changes: list[Example] = []
    tried = lost = 0
    for example in _stored(then):
        before, after = _judged(old, example), _judged(new, example)
        tried += 1
        lost += example.least is not None and after.urgency.rank < example.least <= before.urgency.rank
        if _end(before) != _end(after):
            changes.append(Example(example.text, _end(before), _end(after)))
    lower = sum(1 for each in changes if each.after == _NOTHING)
    facts = (
        ("Stored messages re-run", f"{tried:,}"),
        ("Verdicts that change", f"{len(changes):,}"),
        ("of these, no longer seen as danger", f"{lower:,}"),
        ("Known dangers that would be missed", f"{lost:,}"),
    )
    return Tried(facts, tuple(changes))


@dataclass(frozen=True, slots=True)
class _Stored:
    """`least`: the rank that a message must reach, where somebody has said so."""

    text: str
    least: int | None = None
    history: tuple[str, ...] = ()
    who: Who = NOBODY


def _stored(catalogue: Catalogue) -> Iterator[_Stored]:
    for _, row in catalogue.danger_examples():
        yield _Stored(row.text, row.urgency.rank, row.history, Who(age=row.age, sex=row.sex))
    for by_intent in catalogue.intents().values():
        yield from (_Stored(text) for texts in by_intent.values() for text in texts)


def _judged(check: DangerCheck, stored: _Stored) -> Verdict:
    return check.check(stored.text, history=stored.history, person=stored.who)


def _end(verdict: Verdict) -> str:
    """How it ends for the patient: the urgency, and the script or card that follows."""
    follows = verdict.script or verdict.check
    if verdict.urgency not in URGENCY or not follows:
        return _NOTHING
    return f"{URGENCY[verdict.urgency]}: {humanise(follows).lower()}"


async def try_intents(services: "Services", now: Catalogue, then: Catalogue) -> Tried:
    """Every example of every language on what was learned before, and on what would be learned."""
    texts = _examples(then)
    vectors = await _vectors(services, [*texts, *_examples(now)])
    before, after = await asyncio.to_thread(_understood, services, (now, then), texts, vectors)
    pairs = zip(texts, before, after, strict=True)
    changes = tuple(Example(text, humanise(old), humanise(new)) for text, old, new in pairs if old != new)
    facts = (("Stored questions re-run", f"{len(texts):,}"), ("Understood differently", f"{len(changes):,}"))
    return Tried(facts, changes)


def _examples(catalogue: Catalogue) -> dict[str, str]:
    """Text → language."""
    every = catalogue.intents().items()
    return {text: lang for lang, by in every for found in by.values() for text in found}


async def _vectors(services: "Services", texts: Sequence[str]) -> Mapping[str, Rows]:
    embedder, wanted = services.engine.deps.embedder, list(dict.fromkeys(texts))
    if embedder is None:
        return {}
    return dict(zip(wanted, await VectorCache(services.database).vectors(embedder, wanted), strict=True))


def _understood(
    services: "Services", catalogues: tuple[Catalogue, Catalogue], texts: Mapping[str, str], vectors: Mapping[str, Rows]
) -> tuple[list[str], list[str]]:
    """The best intent of every text, by what each of the two catalogues teaches."""
    embedder = services.engine.deps.embedder
    learned = [IntentClassifier.fit(each.intents(), embedder, vectors) for each in catalogues]
    old, new = ([by.classify(text, lang, vectors.get(text))[0][0] for text, lang in texts.items()] for by in learned)
    return old, new
