"""A reply as plain Markdown: what is copied, read aloud by a screen reader, and seen if a card cannot be drawn."""

import re

from assistant.turn.reply import (
    CheckCard,
    Heading,
    Paragraph,
    Part,
    QuestionList,
    Reply,
    ResultCard,
    ScriptCard,
    Sentence,
    Source,
)

_SPECIAL = re.compile(r"[\\`*_~|<]|](?=[(:\[])|(?<=\w):(?=[A-Za-z])")
_AT_START = re.compile(r"^(\s*)([#>+-]|\d+[.)])(?=\s)", re.MULTILINE)


def escape(text: str) -> str:
    """Approved text and record text are never Markdown: what they hold is shown as it is."""
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    return _AT_START.sub(lambda found: f"{found[1]}\\{found[2]}", escaped)


def phone_link(number: str) -> str:
    """`911` → `tel:911`; a number that names its own way (`sms:988`) keeps it."""
    return number if re.match(r"^(tel|sms|https):", number) else "tel:" + re.sub(r"[^\d+*#]", "", number)


def _cited(sentence: Sentence) -> str:
    return f"{escape(sentence.text)} [{escape(sentence.source.label)}]"


def _script(card: ScriptCard) -> str:
    call = [f"[{escape(card.call_label)}]({phone_link(card.call)})"] if card.call else []
    steps = ["\n".join(f"- {escape(one)}" for one in card.steps)] if card.steps else []
    lines = [f"[{escape(label)}]({phone_link(number)})" for label, number in card.lines]
    told = [escape(card.told)] if card.told else []
    title = [f"**{escape(card.title)}**"] if card.title else []
    words = [escape(one) for one in card.opening], [escape(one) for one in card.closing]
    return "\n\n".join([*title, *words[0], *call, *lines, *steps, *words[1], *told])


def _result(card: ResultCard) -> str:
    facts = (
        f"**{escape(card.name)}: {escape(card.value)} {escape(card.unit)}**",
        card.flag,
        card.range_text,
        card.date,
    )
    return " · ".join([facts[0], *(escape(fact) for fact in facts[1:] if fact)])


def _check(card: CheckCard) -> str:
    questions = "\n".join(f"- {escape(question)}" for question in card.questions)
    return "\n\n".join(text for text in (f"**{escape(card.title)}**", escape(card.intro), questions) if text)


def _part(part: Part) -> str:
    match part:
        case Paragraph(sentences=sentences):
            return " ".join(map(_cited, sentences))
        case Heading(text=text):
            return f"**{escape(text)}**"
        case QuestionList(title=title, items=items):
            return f"**{escape(title)}**\n\n" + "\n".join(f"- {_cited(item)}" for item in items)
        case ResultCard():
            return _result(part)
        case ScriptCard():
            return _script(part)
        case CheckCard():
            return _check(part)


def _origin(source: Source) -> str:
    where = " · ".join(escape(fact) for fact in (source.title, source.publisher) if fact)
    return f"[{escape(source.label)}] {where}"


def body(reply: Reply) -> str:
    """The whole reply. Every sentence is followed by its source's label, and the sources are named at the end."""
    quoted = {sentence.source.label: sentence.source for sentence in reply.sentences if sentence.source.title}
    parts = [_part(part) for part in reply.parts]
    sources = "\n".join(f"- {_origin(source)}" for source in quoted.values())
    return "\n\n".join(text for text in (*parts, escape(reply.footer), sources) if text)


def spoken(reply: Reply) -> str:
    """What the browser's voice reads: the sentences without labels and marks."""
    found: list[str] = []
    for part in reply.parts:
        match part:
            case Paragraph(sentences=said) | QuestionList(items=said):
                found.extend(sentence.text for sentence in said)
            case Heading(text=text):
                found.append(text)
            case ResultCard():
                found.append(f"{part.name}. {part.value} {part.unit}. {part.flag}.")
            case ScriptCard():
                found.extend((part.title, *part.opening, *part.steps, *part.closing, part.told))
            case CheckCard():
                found.extend((part.title, part.intro, *part.questions))
    return " ".join(text for text in found if text)
