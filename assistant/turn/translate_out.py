"""Step 9. The patient's language: approved text first, then a guarded, labelled translation, else English."""

from dataclasses import replace

from assistant.turn.deps import Deps
from assistant.turn.reply import Heading, Paragraph, Part, QuestionList, Reply, Sentence
from assistant.turn.state import Stop, Turn


async def translate_out(turn: Turn, deps: Deps) -> Turn | Stop:
    reply = turn.reply
    if reply is None or turn.lang in deps.settings.languages:
        return turn
    translated = await _all_parts(reply, turn.lang, deps)
    if translated is None:
        return replace(turn, notes=(*turn.notes, "served_in_english"))
    return replace(turn, reply=replace(reply, parts=translated, lang=turn.lang, machine_translated=True))


async def _all_parts(reply: Reply, lang: str, deps: Deps) -> tuple[Part, ...] | None:
    """Every part, or none: a half translated answer helps nobody."""
    done: list[Part] = []
    for part in reply.parts:
        translated = await _part(part, lang, deps)
        if translated is None:
            return None
        done.append(translated)
    return tuple(done)


async def _part(part: Part, lang: str, deps: Deps) -> Part | None:
    match part:
        case Paragraph(sentences=sentences):
            said = await _sentences(sentences, lang, deps)
            return None if said is None else replace(part, sentences=said, approved=())
        case QuestionList(title=title, items=items):
            words, said = await deps.translator.translate(title, "en", lang), await _sentences(items, lang, deps)
            return None if words is None or said is None else QuestionList(words, said)
        case Heading(text=text):
            words = await deps.translator.translate(text, "en", lang)
            return None if words is None else Heading(words)
        case _:
            return part


async def _sentences(sentences: tuple[Sentence, ...], lang: str, deps: Deps) -> tuple[Sentence, ...] | None:
    done = []
    for sentence in sentences:
        said = await deps.translator.translate(sentence.text, "en", lang)
        if said is None:
            return None
        done.append(replace(sentence, text=said))
    return tuple(done)
