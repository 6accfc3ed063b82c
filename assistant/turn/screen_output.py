"""Step 8. NeMo's output rails, then the verifier sentence by sentence. What fails is replaced by approved text."""

from dataclasses import replace

from assistant.safety.grounding import verify
from assistant.turn.deps import Deps
from assistant.turn.render import part_text
from assistant.turn.reply import Paragraph, Part, Reply, Sentence
from assistant.turn.state import Outcome, Stop, Turn


def grounded(part: Part, record: tuple[Sentence, ...]) -> Part:
    """Every rephrased sentence that its evidence does not support gives way to the approved one it came from."""
    if not isinstance(part, Paragraph) or not part.approved:
        return part
    evidence = [s.text for s in (*part.approved, *record)]
    kept = tuple(
        new if new == old or verify(new.text, evidence).supported else old
        for new, old in zip(part.sentences, part.approved, strict=True)
    )
    return replace(part, sentences=kept, approved=() if kept == part.approved else part.approved)


async def _blocked(text: str, turn: Turn, deps: Deps) -> bool:
    links = [source.url for source in _reply(turn).sources if source.url]
    return (await deps.rails.screen_output(text, turn.masked or turn.text, contacts=links)).blocked


async def _screened(part: Part, turn: Turn, deps: Deps) -> Part | None:
    if not await _blocked(part_text(part), turn, deps):
        return part
    if isinstance(part, Paragraph) and part.approved:
        return await _screened(replace(part, sentences=part.approved, approved=()), turn, deps)
    return None


async def screen_output(turn: Turn, deps: Deps) -> Turn | Stop:
    reply = _reply(turn)
    record = tuple(s for s in reply.sentences if s.source.kind == "record")
    checked = [grounded(part, record) for part in reply.parts]
    whole = "\n".join(part_text(part) for part in checked)
    if await _blocked(whole, turn, deps):
        kept = [await _screened(part, turn, deps) for part in checked]
        checked = [part for part in kept if part is not None]
    if not checked:
        return Stop(Outcome.NO_SOURCE, "no_source")
    generated = any(isinstance(part, Paragraph) and part.approved for part in checked)
    return replace(turn, reply=reply.with_parts(*checked), model=turn.model if generated else None)


def _reply(turn: Turn) -> Reply:
    if turn.reply is None:
        raise ValueError("no draft to screen")
    return turn.reply
