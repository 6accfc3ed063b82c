"""An approved article or medicine text as an answer."""

from collections.abc import Iterable

from assistant.library.schema import Passage
from assistant.turn.evidence import TextAnswer
from assistant.turn.reply import Heading, Paragraph, Part, Sentence
from assistant.turn.sources import cited, from_content, from_record
from assistant.turn.voice import Voice


def passage_sentences(answer: TextAnswer, passage: Passage) -> tuple[Sentence, ...]:
    item = answer.item
    source = from_content(item, passage.ref, item.item.title, passage.text, cited(item.item.sources, passage.source))
    return tuple(Sentence(text, source) for text in passage.sentences)


def _on_file(answer: TextAnswer, voice: Voice) -> Iterable[Sentence]:
    pill = voice.say("pill_record")
    for condition in answer.conditions:
        yield Sentence(
            voice.say("condition_on_file", name=condition.name), from_record(f"Condition/{condition.id}", pill)
        )
    for medicine in answer.medicines:
        yield Sentence(
            voice.say("medicine_on_file", name=medicine.name), from_record(f"MedicationRequest/{medicine.id}", pill)
        )


def text_answer(answer: TextAnswer, voice: Voice) -> tuple[Part, ...]:
    own = tuple(_on_file(answer, voice))
    parts: list[Part] = [Paragraph(own)] if own else []
    for passage in answer.item.item.passages:
        if passage.id in answer.passages:
            parts.append(Heading(passage.heading))
            parts.append(Paragraph(passage_sentences(answer, passage)))
    return tuple(parts)
