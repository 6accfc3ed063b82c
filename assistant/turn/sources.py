"""Where sentences come from: sources of record and approved text, and the numbers on their pills."""

from dataclasses import replace
from typing import Any

from assistant.library.files import Versioned
from assistant.library.schema import Cited
from assistant.turn.reply import CheckCard, Paragraph, Part, QuestionList, ResultCard, ScriptCard, Sentence, Source


def from_record(ref: str, label: str, title: str = "") -> Source:
    return Source(kind="record", ref=ref, label=label, title=title)


def from_formula(name: str, label: str, title: str, url: str) -> Source:
    return Source(kind="formula", ref=f"formula:{name}", label=label, title=title, url=url)


def from_content(
    item: Versioned[Any],
    path: str,
    title: str,
    passage: str,
    cited: Cited | None,
) -> Source:
    """The approved passage that opens when the pill is tapped, with its version, reviewer and review date."""
    return Source(
        kind="content",
        ref=f"{path}@{item.version}",
        label="",
        title=title,
        passage=passage,
        publisher=cited.publisher if cited else "",
        url=cited.url if cited else "",
        version=item.version,
        reviewer=item.reviewer,
        reviewed=item.reviewed,
        review_by=item.review_by,
        status=item.status,
    )


def cited(sources: tuple[Cited, ...], key: str) -> Cited | None:
    return next((s for s in sources if s.id == key), None)


class _Numbers:
    def __init__(self) -> None:
        self._seen: dict[str, str] = {}

    def on(self, sentence: Sentence) -> Sentence:
        source = sentence.source
        if source.kind == "record":
            return sentence
        label = self._seen.setdefault(source.ref, str(len(self._seen) + 1))
        return replace(sentence, source=replace(source, label=label))


def numbered(parts: tuple[Part, ...]) -> tuple[Part, ...]:
    """The same parts with 1, 2, 3 … on the pills, in the order in which the sources first appear."""
    numbers = _Numbers()
    return tuple(_number(part, numbers) for part in parts)


def _number(part: Part, numbers: _Numbers) -> Part:
    match part:
        case Paragraph():
            sentences, approved = (tuple(numbers.on(s) for s in run) for run in (part.sentences, part.approved))
            return replace(part, sentences=sentences, approved=approved)
        case QuestionList():
            return replace(part, items=tuple(numbers.on(s) for s in part.items))
        case ResultCard() | ScriptCard() | CheckCard():
            return part
        case _:
            return part
