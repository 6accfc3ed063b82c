"""A reply as plain text: for the transcript, for replay, and for pages without scripts."""

from assistant.turn.reply import CheckCard, Heading, Paragraph, Part, QuestionList, Reply, ResultCard, ScriptCard


def part_text(part: Part) -> str:
    match part:
        case Paragraph(sentences=sentences):
            return " ".join(s.text for s in sentences)
        case Heading(text=text):
            return text
        case QuestionList(title=title, items=items):
            return "\n".join((title, *(f"- {item.text}" for item in items)))
        case ResultCard():
            return "\n".join(filter(None, (_headline(part), part.range_text, part.alt)))
        case ScriptCard():
            return script_text(part)
        case CheckCard():
            return "\n".join((part.title, part.intro, *(f"- {q}" for q in part.questions)))


def _headline(card: ResultCard) -> str:
    return f"{card.name}: {card.value} {card.unit}".strip() + f" ({card.flag}) · {card.date}"


def script_text(card: ScriptCard) -> str:
    lines = (f"{label}" for label, _ in card.lines)
    steps = (f"- {step}" for step in card.steps)
    return "\n".join(filter(None, (card.title, *card.opening, *steps, *card.closing, *lines, card.told)))


def reply_text(reply: Reply) -> str:
    return "\n\n".join(part_text(part) for part in reply.parts)
