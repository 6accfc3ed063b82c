"""A snapshot of all approved, unexpired content. It never changes; a new version of a text makes a new catalogue."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Self, TypeVar, cast

from assistant.errors import ContentMissing
from assistant.library.crosscheck import cross_check
from assistant.library.files import ContentFile, Versioned, parse_all, read_folder, scan_folder
from assistant.library.problems import Problem, refuse
from assistant.library.schema import (
    Article,
    DangerExample,
    DangerExamples,
    Frames,
    IntentExamples,
    Item,
    LabFacts,
    LabWords,
    QuestionSet,
    RawData,
    ScriptText,
)

__all__ = ["Catalogue", "Expired", "Lab", "Versioned", "check_folder"]

FALLBACK = "en"
_T = TypeVar("_T", Article, Frames, QuestionSet, ScriptText)


@dataclass(frozen=True, slots=True)
class Lab:
    """A test: `facts` are the same in every language; `record` says which version of them this is."""

    record: Versioned[LabFacts]
    by_lang: Mapping[str, Versioned[LabWords]]

    @property
    def id(self) -> str:
        return self.record.item.id

    @property
    def facts(self) -> LabFacts:
        return self.record.item

    def words(self, lang: str) -> Versioned[LabWords]:
        """In `lang`, else in English. Raises `ContentMissing`."""
        found = self.by_lang.get(lang) or self.by_lang.get(FALLBACK)
        if found is None:
            raise ContentMissing(f"labs/{lang}/{self.id}")
        return found


@dataclass(frozen=True, slots=True)
class Expired:
    """Approved text past its review date. Scripts are listed here too, but stay: silence would be worse."""

    path: str
    review_by: date


class Catalogue:
    """Single items fall back to English and raise `ContentMissing`; lists hold one language only."""

    def __init__(self, entries: Iterable[Versioned[Item]], expired: tuple[Expired, ...] = ()) -> None:
        self.entries: Mapping[str, Versioned[Item]] = MappingProxyType(
            {entry.path: entry for entry in sorted(entries, key=lambda entry: entry.path)}
        )
        self.expired = expired
        self.labs = _labs(self.entries)
        self._lab_by_id = {lab.id: lab for lab in self.labs}
        self._lab_by_loinc = {code: lab for lab in self.labs for code in lab.facts.loinc}

    @classmethod
    def build(cls, files: Iterable[ContentFile], today: date, *, keep_expired: bool = False) -> Self:
        """Raises `ContentInvalid` with every error; gaps (`check_folder` lists them) do not keep it from serving."""
        held = tuple(files)
        items, problems = parse_all(held)
        refuse(problems)
        refuse(cross_check(held, items))
        expired = tuple(Expired(e.path, e.review_by) for e in items if e.review_by and e.review_by < today)
        gone = set() if keep_expired else {e.path for e in expired if not e.path.startswith("scripts/")}
        return cls((entry for entry in items if entry.path not in gone), expired)

    @classmethod
    def from_folder(cls, path: Path, today: date) -> Self:
        """For tests and replay, without a database: every file is version 1 of the sample."""
        return cls.build(read_folder(path), today)

    def lab(self, lab_id: str) -> Lab | None:
        return self._lab_by_id.get(lab_id)

    def lab_by_loinc(self, loincs: Iterable[str]) -> Lab | None:
        return next((self._lab_by_loinc[code] for code in loincs if code in self._lab_by_loinc), None)

    def script(self, script_id: str, lang: str) -> Versioned[ScriptText]:
        return self._one(ScriptText, "scripts/{id}/{lang}.md", script_id, lang)

    def article(self, article_id: str, lang: str) -> Versioned[Article]:
        return self._one(Article, "education/{lang}/{id}.md", article_id, lang)

    def articles(self, lang: str) -> tuple[Versioned[Article], ...]:
        return self._all(Article, f"education/{lang}/")

    def medicine(self, medicine_id: str, lang: str) -> Versioned[Article]:
        return self._one(Article, "medicines/{lang}/{id}.md", medicine_id, lang)

    def medicines(self, lang: str) -> tuple[Versioned[Article], ...]:
        return self._all(Article, f"medicines/{lang}/")

    def questions(self, set_id: str, lang: str) -> Versioned[QuestionSet]:
        return self._one(QuestionSet, "questions/{lang}/{id}.yaml", set_id, lang)

    def question_sets(self, lang: str, kind: str) -> tuple[Versioned[QuestionSet], ...]:
        """`kind`: visit or safety_check."""
        return tuple(entry for entry in self._all(QuestionSet, f"questions/{lang}/") if entry.item.kind == kind)

    def text(self, ref: str, lang: str) -> Versioned[Article]:
        """An article or a medicine by its reference: `education/type_2_diabetes`."""
        folder, _, name = ref.partition("/")
        return self.medicine(name, lang) if folder == "medicines" else self.article(name, lang)

    def frames(self, lang: str) -> Frames:
        return self._one(Frames, "frames/{lang}.yaml", "frames", lang).item

    def intents(self) -> dict[str, dict[str, tuple[str, ...]]]:
        """By language, then by intent."""
        found: dict[str, dict[str, tuple[str, ...]]] = {}
        for entry in self.entries.values():
            if isinstance(entry.item, IntentExamples):
                found.setdefault(entry.item.lang, {})[entry.item.intent] = entry.item.examples
        return found

    def raw(self, folder: str) -> tuple[tuple[str, object], ...]:
        """Path and data of every file of `danger` or `rails`, by path."""
        held = ((path, entry.item) for path, entry in self.entries.items())
        return tuple((p, item.data) for p, item in held if isinstance(item, RawData) and p.startswith(f"{folder}/"))

    def danger_examples(self) -> tuple[tuple[str, DangerExample], ...]:
        """Language and example, for every stored message that a changed danger rule is tried on."""
        held = (entry.item for entry in self.entries.values())
        return tuple((item.lang, row) for item in held if isinstance(item, DangerExamples) for row in item.rows)

    def _one(self, kind: type[_T], pattern: str, name: str, lang: str) -> Versioned[_T]:
        for each in (lang, FALLBACK):
            found = _as(kind, self.entries.get(pattern.format(id=name, lang=each)))
            if found is not None:
                return found
        raise ContentMissing(pattern.format(id=name, lang=lang))

    def _all(self, kind: type[_T], folder: str) -> tuple[Versioned[_T], ...]:
        held = (_as(kind, entry) for path, entry in self.entries.items() if path.startswith(folder))
        return tuple(entry for entry in held if entry is not None)


def check_folder(path: Path) -> list[Problem]:
    """Every problem of every file, and then of all together; errors and gaps, by path and line."""
    files, unreadable = scan_folder(path)
    items, problems = parse_all(files)
    return sorted((*unreadable, *problems, *cross_check(files, items)))


def _as(kind: type[_T], entry: Versioned[Item] | None) -> Versioned[_T] | None:
    return cast("Versioned[_T]", entry) if entry is not None and isinstance(entry.item, kind) else None


def _labs(entries: Mapping[str, Versioned[Item]]) -> tuple[Lab, ...]:
    """Tests that can be explained at least in English; facts without words stay out."""
    words: dict[str, dict[str, Versioned[LabWords]]] = {}
    for entry in entries.values():
        if isinstance(entry.item, LabWords):
            words.setdefault(entry.item.id, {})[entry.item.lang] = cast("Versioned[LabWords]", entry)
    return tuple(
        Lab(cast("Versioned[LabFacts]", entry), MappingProxyType(words[entry.item.id]))
        for entry in entries.values()
        if isinstance(entry.item, LabFacts) and FALLBACK in words.get(entry.item.id, {})
    )
