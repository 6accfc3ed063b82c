"""One content file in, one checked model out, or every problem with its line."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from assistant.library.kinds import Kind, Place, place_of
from assistant.library.markdown import Page, passages, script_body, split_page
from assistant.library.problems import Problem, ProblemsFound
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
)  # fmt: skip
from assistant.library.yaml_lines import Document, load

_BODY_FIELDS = frozenset({"passages", "opening", "steps", "closing"})
_Model = TypeVar("_Model", LabFacts, LabWords, Article, ScriptText, QuestionSet, IntentExamples, Frames)


@dataclass(frozen=True, slots=True)
class _Body:
    """What the text below the front matter gave."""

    fields: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def parse(path: PurePosixPath, body: str) -> Item:
    """Raises `ContentInvalid` ("labs/en/hba1c.yaml:12: reason", one line a problem)."""
    place = place_of(path)
    return _READERS[place.kind](place, body)


def _lab_facts(place: Place, body: str) -> LabFacts:
    return _checked(LabFacts, place, load(place.path, body))


def _lab_words(place: Place, body: str) -> LabWords:
    return _checked(LabWords, place, load(place.path, body), own_sources=False)


def _questions(place: Place, body: str) -> QuestionSet:
    return _checked(QuestionSet, place, load(place.path, body))


def _intent(place: Place, body: str) -> IntentExamples:
    return _checked(IntentExamples, place, load(place.path, body))


def _frames(place: Place, body: str) -> Frames:
    return _checked(Frames, place, load(place.path, body))


def _raw(place: Place, body: str) -> RawData:
    return RawData(id=place.id, data=load(place.path, body, mapping=False).data)


def _examples(place: Place, body: str) -> DangerExamples:
    """JSON lines: every line that cannot be read is named."""
    rows: list[DangerExample] = []
    problems: list[Problem] = []
    for number, line in enumerate(body.split("\n"), start=1):
        if not line.strip():
            continue
        try:
            rows.append(DangerExample.model_validate_json(line))
        except ValidationError as error:
            problems += (Problem(place.path, number, detail["msg"]) for detail in error.errors())
    if problems:
        raise ProblemsFound(problems)
    return DangerExamples(lang=place.lang or "", rows=tuple(rows))


def _article(place: Place, body: str) -> Article:
    page = split_page(place.path, body)
    document = load(place.path, page.front, before=1)
    return _checked(Article, place, document, _article_part(place, page, _source_ids(document)))


def _article_part(place: Place, page: Page, known: frozenset[str]) -> _Body:
    try:
        return _Body({"passages": passages(place, page, known)})
    except ProblemsFound as error:
        return _Body({}, error.problems)


def _script(place: Place, body: str) -> ScriptText:
    page = split_page(place.path, body)
    document = load(place.path, page.front, before=1)
    return _checked(ScriptText, place, document, _script_part(place, page))


def _script_part(place: Place, page: Page) -> _Body:
    try:
        found = script_body(place, page)
    except ProblemsFound as error:
        return _Body({}, error.problems)
    return _Body({"opening": found.opening, "steps": found.steps, "closing": found.closing})


_READERS: Mapping[Kind, Callable[[Place, str], Item]] = {
    "lab_facts": _lab_facts, "lab_words": _lab_words, "article": _article, "medicine": _article, "script": _script,
    "questions": _questions, "intent": _intent, "frames": _frames, "raw": _raw, "examples": _examples,
}  # fmt: skip


def _checked(
    model: type[_Model], place: Place, document: Document, body: _Body = _Body(), *, own_sources: bool = True
) -> _Model:
    found = [*body.problems, *_place_problems(place, document), *_reserved(document)]
    if own_sources:
        found += document.source_problems(_source_ids(document))
    try:
        item = model.model_validate({**_top(document), **body.fields})
    except ValidationError as error:
        found += (_as_problem(document, detail) for detail in error.errors() if not _follows(detail, body))
        raise ProblemsFound(found) from error
    if found:
        raise ProblemsFound(found)
    return item


def _follows(detail: ErrorDetails, body: _Body) -> bool:
    """A body that could not be read is reported already; that its fields are missing follows from it."""
    return bool(body.problems) and detail["loc"][:1] == ("passages",)


def _as_problem(document: Document, detail: ErrorDetails) -> Problem:
    loc = detail["loc"]
    where = ".".join(str(step) for step in loc)
    reason = detail["msg"].removeprefix("Value error, ")
    return Problem(document.path, document.line(loc), f"{where}: {reason}" if where else reason)


def _place_problems(place: Place, document: Document) -> Iterator[Problem]:
    """Id and language are said twice, by the path and by the file, and must agree."""
    wanted = {"intent" if place.kind == "intent" else "id": place.id, "lang": place.lang}
    top = _top(document)
    for name, value in wanted.items():
        if name in top and value is not None and top[name] != value:
            yield Problem(place.path, document.line([name]), f"{name} is not {value}, as the path says")
    if place.kind in {"article", "medicine"} and (top.get("kind") == "medicine") != (place.kind == "medicine"):
        yield Problem(place.path, document.line(["kind"]), f"kind does not fit {place.folder}/")


def _reserved(document: Document) -> Iterator[Problem]:
    for name in sorted(_BODY_FIELDS.intersection(_top(document))):
        yield Problem(document.path, document.line([name]), f"{name} belongs below the front matter")


def _top(document: Document) -> dict[str, object]:
    return {str(key): value for key, value in document.data.items()} if isinstance(document.data, dict) else {}


def _source_ids(document: Document) -> frozenset[str]:
    sources = _top(document).get("sources")
    entries = sources if isinstance(sources, list) else []
    return frozenset(str(entry.get("id")) for entry in entries if isinstance(entry, dict))
