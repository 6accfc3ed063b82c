"""What an installed model may do: say approved sentences in words that fit the question. Nothing else."""

from dataclasses import replace

import structlog

from assistant.errors import AssistantError
from assistant.model.rephrase import load_prompt, rephrase
from assistant.turn.deps import Deps
from assistant.turn.reply import Paragraph, Part
from assistant.turn.state import Turn

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
    # One for one and in order: the source of the n-th approved sentence is that of the n-th rephrased one.
    new = tuple(replace(old, text=text) for old, text in zip(part.sentences, said, strict=False))
    return replace(part, sentences=(*new, *part.sentences[len(new) :]), approved=part.sentences)
