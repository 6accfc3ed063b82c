"""What no file can know alone: references between files, names that two files claim, and missing translations."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TypeVar

from assistant.library.files import ContentFile, Versioned
from assistant.library.kinds import place_of
from assistant.library.parts import SITE_PLACES, places
from assistant.library.problems import Problem, Severity
from assistant.library.schema import Article, Frames, IntentExamples, Item, LabFacts, LabWords, ScriptText, Statement
from assistant.library.yaml_lines import Loc, load

LANGUAGES = ("en", "es")

_T = TypeVar("_T")

Claim = tuple[tuple[str, str], str, Loc]  # (language, what may have one owner only), file, place in the file


@dataclass(frozen=True, slots=True)
class Corpus:
    """Everything that is to be served together, with the bodies to find lines in."""

    bodies: Mapping[str, str]
    items: tuple[Versioned[Item], ...]

    def of(self, kind: type[_T]) -> Iterator[tuple[str, _T]]:
        for entry in self.items:
            if isinstance(entry.item, kind):
                yield entry.path, entry.item

    def problem(self, path: str, loc: Loc, reason: str, severity: Severity = "error") -> Problem:
        body = self.bodies[path]
        line = load(path, body).line(loc) if path.endswith(".yaml") else 1
        return Problem(path, line, reason, severity)


def cross_check(files: Iterable[ContentFile], items: Iterable[Versioned[Item]]) -> tuple[Problem, ...]:
    """Every problem between files, by path and line."""
    corpus = Corpus({file.path: file.body for file in files}, tuple(items))
    return tuple(sorted(problem for check in _CHECKS for problem in check(corpus)))


def _facts_and_words(corpus: Corpus) -> Iterator[Problem]:
    facts = {lab.id: (path, lab) for path, lab in corpus.of(LabFacts)}
    spoken = {words.id for _, words in corpus.of(LabWords)}
    for path, words in corpus.of(LabWords):
        if words.id not in facts:
            yield corpus.problem(path, ["id"], f"words without facts: labs/{words.id}.yaml is missing")
        else:
            yield from _against_facts(corpus, path, words, facts[words.id][1])
    for path, lab in facts.values():
        if lab.id not in spoken:
            yield corpus.problem(path, ["id"], "facts without words in any language", "gap")


def _against_facts(corpus: Corpus, path: str, words: LabWords, facts: LabFacts) -> Iterator[Problem]:
    known = {source.id for source in facts.sources}
    for loc, statement in _statements(words):
        if statement.source not in known:
            yield corpus.problem(path, loc, f"unknown source {statement.source}: not in labs/{words.id}.yaml")
    bounded = (facts.critical.low, facts.critical.high) != (None, None)
    if bounded != bool(words.statements.critical):
        reason = "no critical statement" if bounded else "critical statements, but the facts have no critical bounds"
        yield corpus.problem(path, ["statements", "critical"], reason, "gap")


def _statements(words: LabWords) -> Iterator[tuple[Loc, Statement]]:
    for group, statements in words.statements.groups():
        for index, statement in enumerate(statements):
            yield ["statements", group, index, "source"], statement
    for index, statement in enumerate(words.questions):
        yield ["questions", index, "source"], statement


def _related(corpus: Corpus) -> Iterator[Problem]:
    known = {lab.id for _, lab in corpus.of(LabFacts)}
    for path, lab in corpus.of(LabFacts):
        for index, name in enumerate(lab.related):
            if name not in known or name == lab.id:
                yield corpus.problem(path, ["related", index], f"unknown related lab {name}")


def _codes_claimed_twice(corpus: Corpus) -> Iterator[Problem]:
    yield from _claimed_twice(corpus, _lab_codes(corpus), "LOINC")


def _lab_codes(corpus: Corpus) -> Iterator[Claim]:
    for path, lab in corpus.of(LabFacts):
        for at, code in enumerate(lab.loinc):
            yield ("", code), path, ["loinc", at]


def _names_claimed_twice(corpus: Corpus) -> Iterator[Problem]:
    yield from _claimed_twice(corpus, _lab_names(corpus), "alias")


def _lab_names(corpus: Corpus) -> Iterator[Claim]:
    for path, words in corpus.of(LabWords):
        yield (words.lang, plain(words.name)), path, ["name"]
        for at, alias in enumerate(words.aliases):
            if plain(alias) != plain(words.name):
                yield (words.lang, plain(alias)), path, ["aliases", at]


def _examples_claimed_twice(corpus: Corpus) -> Iterator[Problem]:
    yield from _claimed_twice(corpus, _examples(corpus), "example")


def _examples(corpus: Corpus) -> Iterator[Claim]:
    for path, intent in corpus.of(IntentExamples):
        for at, example in enumerate(intent.examples):
            yield (intent.lang, plain(example)), path, ["examples", at]


def _claimed_twice(corpus: Corpus, claims: Iterable[Claim], what: str) -> Iterator[Problem]:
    owners: dict[tuple[str, str], str] = {}
    for claim, path, loc in claims:
        owner = owners.setdefault(claim, path)
        if owner != path:
            yield corpus.problem(path, loc, f"{what} “{claim[1]}” belongs to {owner}")


def plain(text: str) -> str:
    """Case, spaces and punctuation do not make two phrases different."""
    return " ".join(re.findall(r"\w+", text.casefold()))


def _missing_translations(corpus: Corpus) -> Iterator[Problem]:
    found: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for entry in corpus.items:
        place = place_of(PurePosixPath(entry.path))
        if place.lang is not None:
            found[place.kind, place.id][place.lang] = entry.path
    for (_, name), paths in found.items():
        for lang in LANGUAGES:
            if lang not in paths:
                yield Problem(min(paths.values()), 1, f"missing translation: {name} in {lang}", "gap")


def _different_sections(corpus: Corpus) -> Iterator[Problem]:
    english = {article.ref: article for _, article in corpus.of(Article) if article.lang == "en"}
    for path, article in corpus.of(Article):
        wanted = english.get(article.ref, article)
        if [passage.id for passage in article.passages] != [passage.id for passage in wanted.passages]:
            yield Problem(path, 1, "other sections than the English article", "gap")


def _frame_places(corpus: Corpus) -> Iterator[Problem]:
    english: dict[str, frozenset[str]] = {}
    for _, frames in corpus.of(Frames):
        if frames.lang == "en":
            english = {name: places(text) for name, text in frames.frames.items()}
    for path, frames in corpus.of(Frames):
        for name, text in frames.frames.items():
            if places(text) != english.get(name, places(text)):
                yield corpus.problem(path, ["frames", name], f"other places than the English frame {name}")
        for name in sorted(english.keys() - frames.frames.keys()):
            yield corpus.problem(path, ["frames"], f"missing translation: frame {name}", "gap")


def _script_places(corpus: Corpus) -> Iterator[Problem]:
    """The steps fill what the English script asks for; a translation may not ask for more."""
    english = {script.id: script.places for _, script in corpus.of(ScriptText) if script.lang == "en"}
    for path, script in corpus.of(ScriptText):
        more = script.places - SITE_PLACES - english.get(script.id, script.places)
        if more:
            yield corpus.problem(path, [], f"the English script has no {{{min(more)}}}")


_CHECKS = (
    _facts_and_words, _related, _codes_claimed_twice, _names_claimed_twice, _examples_claimed_twice,
    _missing_translations, _different_sections, _frame_places, _script_places,
)  # fmt: skip
