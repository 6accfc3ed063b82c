"""The two Markdown shapes of docs/content.md: articles in sections, and scripts with one list."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from assistant.library.kinds import Place
from assistant.library.parts import only_known_places
from assistant.library.problems import Problem, ProblemsFound
from assistant.library.schema import Passage
from assistant.library.sentences import split_sentences

_HEADING = re.compile(r"## (?P<heading>\S.*?) \{#(?P<id>[a-z0-9_]+) \.(?P<source>[a-z0-9_]+)\}")
_MARKUP = re.compile(r"^\s*([-*+>|#]|\d+[.)]\s|```)|\*\*|__|<[a-zA-Z/!]|\]\(|`")
_STEP = re.compile(r"- (?P<text>\S.*)")


@dataclass(frozen=True, slots=True)
class Page:
    """A Markdown file in two: `front` is the YAML below the first `---`; `body` is numbered lines of the file."""

    front: str
    body: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class ScriptBody:
    opening: tuple[str, ...]
    steps: tuple[str, ...]
    closing: tuple[str, ...]


@dataclass(slots=True)
class _Block:
    line: int
    texts: list[str] = field(default_factory=list)


def split_page(path: str, text: str) -> Page:
    """Raises `ProblemsFound` without front matter."""
    lines = [line.rstrip() for line in text.removeprefix("\ufeff").split("\n")]
    if lines[0] != "---" or "---" not in lines[1:]:
        raise ProblemsFound([Problem(path, 1, "front matter between two lines of --- is needed")])
    end = lines.index("---", 1)
    return Page("\n".join(lines[1:end]), tuple(enumerate(lines[end + 1 :], start=end + 2)))


def passages(place: Place, page: Page, known: frozenset[str]) -> tuple[Passage, ...]:
    """The sections of an article. Raises `ProblemsFound` with everything that is wrong with them."""
    problems = [Problem(place.path, line, reason) for line, reason in _article_faults(page, known)]
    if problems:
        raise ProblemsFound(problems)
    sections = tuple(_sections(page))
    return tuple(_passage(place, heading, blocks) for _, heading, blocks in sections)


def _passage(place: Place, heading: re.Match[str], blocks: list[_Block]) -> Passage:
    lang = place.lang or "en"
    sentences = tuple(s for block in blocks for s in split_sentences(" ".join(block.texts), lang))
    ref = f"{place.folder}/{place.id}#{heading['id']}"
    return Passage(id=heading["id"], ref=ref, heading=heading["heading"], source=heading["source"], sentences=sentences)


def _sections(page: Page) -> Iterator[tuple[int, re.Match[str], list[_Block]]]:
    current: tuple[int, re.Match[str], list[tuple[int, str]]] | None = None
    for number, line in page.body:
        if heading := _HEADING.fullmatch(line):
            if current:
                yield current[0], current[1], _blocks(current[2])
            current = (number, heading, [])
        elif current:
            current[2].append((number, line))
    if current:
        yield current[0], current[1], _blocks(current[2])


def _article_faults(page: Page, known: frozenset[str]) -> Iterator[tuple[int, str]]:
    yield from _line_faults(page)
    seen: set[str] = set()
    for line, heading, blocks in _sections(page):
        if heading["id"] in seen:
            yield line, f"section #{heading['id']} is given twice"
        if heading["source"] not in known:
            yield line, f"unknown source {heading['source']}"
        if not blocks:
            yield line, f"section #{heading['id']} has no text"
        seen.add(heading["id"])
    if not seen:
        yield page.body[0][0] if page.body else 1, "an article needs a section"


def _line_faults(page: Page) -> Iterator[tuple[int, str]]:
    started = False
    for number, line in page.body:
        if _HEADING.fullmatch(line):
            started = True
        elif line.startswith("#"):
            yield number, "a section starts with: ## Heading {#passage_id .source_id}"
            started = True
        elif line and not started:
            yield number, "text before the first section"
        elif _MARKUP.search(line):
            yield number, "sections are plain paragraphs: no lists, links, bold or HTML"


def script_body(place: Place, page: Page) -> ScriptBody:
    """Paragraphs, then one list, then paragraphs. Raises `ProblemsFound`."""
    blocks = _blocks(list(page.body))
    problems = [Problem(place.path, line, reason) for line, reason in _script_faults(blocks)]
    if problems:
        raise ProblemsFound(problems)
    lists = [index for index, block in enumerate(blocks) if _is_list(block)]
    at = lists[0] if lists else len(blocks)
    steps = tuple(_steps(blocks[at])) if lists else ()
    return ScriptBody(_paragraphs(blocks[:at]), steps, _paragraphs(blocks[at + 1 :]))


def _script_faults(blocks: list[_Block]) -> Iterator[tuple[int, str]]:
    lists = 0
    for block in blocks:
        lists += _is_list(block)
        if _is_list(block) and lists > 1:
            yield block.line, "a script has one list"
        for offset, text in enumerate(block.texts):
            reason = _script_fault(text.removeprefix("- ") if _is_list(block) else text)
            if reason:
                yield block.line + offset, reason


def _script_fault(text: str) -> str:
    if _MARKUP.search(text):
        return "a script is plain paragraphs and one list that starts with a hyphen and a space"
    try:
        only_known_places(text)
    except ValueError as error:
        return str(error)
    return ""


def _is_list(block: _Block) -> bool:
    return bool(_STEP.fullmatch(block.texts[0]))


def _steps(block: _Block) -> list[str]:
    steps: list[str] = []
    for text in block.texts:
        if step := _STEP.fullmatch(text):
            steps.append(step["text"])
        else:
            steps[-1] = f"{steps[-1]} {text.strip()}"
    return steps


def _paragraphs(blocks: list[_Block]) -> tuple[str, ...]:
    return tuple(" ".join(text.strip() for text in block.texts) for block in blocks)


def _blocks(lines: list[tuple[int, str]]) -> list[_Block]:
    """Runs of lines between empty ones."""
    blocks: list[_Block] = []
    open_block: _Block | None = None
    for number, line in lines:
        if not line:
            open_block = None
        elif open_block is None:
            open_block = _Block(number, [line])
            blocks.append(open_block)
        else:
            open_block.texts.append(line)
    return blocks
