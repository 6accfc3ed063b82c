"""What an installed model may do: say approved sentences in words that fit the question. Nothing else."""

from collections.abc import Sequence
from dataclasses import replace

import structlog

from assistant.errors import AssistantError
from assistant.model.rephrase import load_prompt, rephrase
from assistant.turn.deps import Deps
from assistant.turn.state import Paragraph, Part, Sentence, Turn

log = structlog.get_logger(__name__)


def _may_change(part: Part) -> bool:
    """Own results, scripts and questions stay word for word; only running text from the library may be rephrased."""
    return isinstance(part, Paragraph) and all(s.source.kind == "content" for s in part.sentences)


async def rephrased(parts: tuple[Part, ...], turn: Turn, deps: Deps) -> tuple[tuple[Part, ...], str | None]:
    """The parts with rephrased paragraphs (their approved sentences kept beside them) and the model's name.

    A model that is busy, slow or broken costs nothing: the approved text stands.
    """
    if deps.generator is None:
        return parts, None
    done = [await _one(part, turn, deps) for part in parts]
    changed = any(isinstance(p, Paragraph) and p.approved for p in done)
    return tuple(done), deps.generator.name if changed else None


async def _one(part: Part, turn: Turn, deps: Deps) -> Part:
    if deps.generator is None or not _may_change(part) or not isinstance(part, Paragraph):
        return part
    texts = [s.text for s in part.sentences]
    prompt = load_prompt()
    try:
        said = [s async for s in rephrase(deps.generator, texts, question=turn.masked, lang=turn.lang, prompt=prompt)]
    except AssistantError as error:
        log.warning("rephrasing failed", turn=turn.id, error=type(error).__name__)
        return part
    if not said:
        return part
    return replace(part, sentences=tuple(_sourced(s, part.sentences) for s in said), approved=part.sentences)


def _sourced(text: str, approved: Sequence[Sentence]) -> Sentence:
    """A generated sentence carries the source of the approved one that it shares most words with."""
    words = set(text.casefold().split())
    best = max(approved, key=lambda s: len(words & set(s.text.casefold().split())))
    return Sentence(text, best.source)
