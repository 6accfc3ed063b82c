"""A reply's parts as the properties of the page's own elements (`elements/*.jsx`), in the patient's language."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import groupby

from babel import Locale
from babel.dates import format_date, format_skeleton

from assistant.language.words import locale_of
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
    TrendPoint,
)
from assistant.web.body import phone_link, spoken
from assistant.web.rows import Wire

Say = Callable[[str], str]
"""A word of the interface in the reply's language, by its key."""


_FOOT_WORDS = ("helpful", "not_helpful", "read_aloud", "stop_reading", "rating_thanks", "next_steps")


@dataclass(frozen=True, slots=True)
class Drawn:
    """One element of the page: the file in `elements/` that draws it, and what it draws."""

    name: str
    props: Wire


def _source(source: Source, locale: Locale) -> Wire:
    return {
        "ref": source.ref,
        "kind": source.kind,
        "label": source.label,
        "title": source.title,
        "passage": source.passage,
        "publisher": source.publisher,
        "url": source.url if source.url.startswith("https://") else "",
        "version": source.version,
        "reviewer": source.reviewer,
        "reviewed": format_date(source.reviewed, "long", locale) if source.reviewed else "",
        "reviewBy": format_date(source.review_by, "long", locale) if source.review_by else "",
        "status": source.status,
    }


def _sentence(sentence: Sentence, locale: Locale) -> Wire:
    return {"text": sentence.text, "source": _source(sentence.source, locale)}


def _block(part: Part, locale: Locale) -> Wire:
    match part:
        case Heading(text=text):
            return {"kind": "heading", "text": text}
        case QuestionList(title=title, items=items):
            return {"kind": "questions", "title": title, "items": [_sentence(item, locale) for item in items]}
        case Paragraph(sentences=sentences, quiet=quiet):
            return {"kind": "paragraph", "quiet": quiet, "sentences": [_sentence(one, locale) for one in sentences]}
        case _:
            raise TypeError(f"{type(part).__name__} is drawn by an element of its own")


def _point(point: TrendPoint, locale: Locale, *, last: bool) -> Wire:
    when = format_skeleton("yMMMd" if last else "yMMM", point.at, locale=locale)
    return {"at": point.at.toordinal(), "value": point.value, "text": point.text, "when": when}


def _result(card: ResultCard, locale: Locale) -> Wire:
    last = len(card.points) - 1
    return {
        "name": card.name,
        "plainName": card.plain_name,
        "value": card.value,
        "number": card.number,
        "unit": card.unit,
        "flag": card.flag,
        "tone": card.tone,
        "date": card.date,
        "rangeText": card.range_text,
        "rangeSource": card.range_source,
        "bounds": list(card.bounds),
        "scale": list(card.scale),
        "points": [_point(point, locale, last=i == last) for i, point in enumerate(card.points)],
        "alt": card.alt,
        "source": _source(card.source, locale),
    }


def _script(card: ScriptCard, case: str | None) -> Wire:
    return {
        "lang": card.lang,
        "script": card.script,
        "tone": card.tone,
        "title": card.title,
        "opening": list(card.opening),
        "steps": list(card.steps),
        "closing": list(card.closing),
        "call": phone_link(card.call) if card.call else "",
        "callLabel": card.call_label,
        "lines": [{"label": label, "href": phone_link(number)} for label, number in card.lines],
        "told": card.told,
        "case": case,
        "status": [],
    }


def _check(card: CheckCard) -> Wire:
    return {
        "lang": card.lang,
        "check": card.check,
        "title": card.title,
        "intro": card.intro,
        "questions": list(card.questions),
        "yes": card.yes,
        "no": card.no,
        "none": card.none_of_these,
        "answers": None,
    }


def _foot(reply: Reply, say: Say) -> Wire:
    offers = [
        {"label": offer.label, "say": offer.say, "action": offer.action, "value": offer.value}
        for offer in reply.suggestions
    ]
    translated = say("machine_translated") if reply.machine_translated else ""
    words = {key: say(key) for key in _FOOT_WORDS}
    return words | {
        "lang": reply.lang,
        "offers": offers,
        "footer": reply.footer,
        "translated": translated,
        "spoken": spoken(reply),
        "rated": None,
        "ratable": any(not isinstance(part, ScriptCard | CheckCard) for part in reply.parts),
    }


def _strong(reply: Reply) -> list[str]:
    """The patient's own values, which the page sets in bold where a sentence repeats them."""
    return [f"{card.value} {card.unit}".strip() for card in reply.parts if isinstance(card, ResultCard)]


def draw(reply: Reply, say: Say, case: str | None = None) -> tuple[Drawn, ...]:
    """The elements of one message, top to bottom. `case` names the case whose progress the page keeps showing."""
    locale = locale_of(reply.lang)
    found: list[Drawn] = []
    for kind, parts in groupby(reply.parts, key=_element_of):
        if kind == "Answer":
            blocks = [_block(part, locale) for part in parts]
            found.append(Drawn(kind, {"blocks": blocks, "strong": _strong(reply), "pill": say("source_pill")}))
            continue
        found.extend(_card(part, locale, case) for part in parts)
    if case and not any(isinstance(part, ScriptCard) for part in reply.parts):
        found.append(Drawn("CaseStatus", {"case": case, "status": [], "lang": reply.lang}))
    return (*found, Drawn("ReplyFoot", _foot(reply, say) | {"parts": len(found) + 1}))


def _element_of(part: Part) -> str:
    match part:
        case ResultCard():
            return "ResultCard"
        case ScriptCard():
            return "EmergencyCard"
        case CheckCard():
            return "SafetyCheck"
        case _:
            return "Answer"


def _card(part: Part, locale: Locale, case: str | None) -> Drawn:
    match part:
        case ResultCard():
            return Drawn("ResultCard", _result(part, locale))
        case ScriptCard():
            return Drawn("EmergencyCard", _script(part, case))
        case CheckCard():
            return Drawn("SafetyCheck", _check(part))
        case Paragraph() | Heading() | QuestionList():
            raise TypeError(f"{type(part).__name__} belongs into an Answer")
