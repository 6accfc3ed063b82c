"""What no reply may say, whatever wrote it: the last look at every sentence on every route."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.safety.fold import fold
from assistant.safety.rulebook import Reading, Rule
from assistant.safety.wording import Span

_LINK = re.compile(
    r"(?i)\b(?:https?://|www\.)[^\s<>\"']{1,300}|\b[\w-]{1,63}\.(?:com|org|net|gov|info|io|edu)\b(?:/[^\s<>\"']{0,200})?"
)
_EMAIL = re.compile(r"(?<![\w.+-])[\w+-][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_PHONE = re.compile(r"(?<![\w.,/+-])\+?\d(?:[ ().-]{0,2}\d){6,14}(?![\w/])")
_SHORT_NUMBER = re.compile(
    r"\b(?:call|dial|text|ring|phone|llame|llamar|marque|envie)\b(?: \w{1,10}){0,3} (\d{3,6})(?![\d-]|[ .]\d)"
)
_DATE_OR_TIME = re.compile(r"(?:\d{4}-\d{2}-\d{2}|\d{1,2}[./-]\d{1,2}[./-]\d{2,4})")
_PLACE = re.compile(r"\{\w{0,40}\}|\{\{|\}\}|\$\{|%\(\w{1,40}\)s|<\w{1,30}_\w{1,30}>")
_ALLOWED_CONTROL = frozenset("\n\t\u200e\u200f\u2066\u2067\u2068\u2069")


@dataclass(frozen=True, slots=True)
class Finding:
    """`span` are code point offsets into the text."""

    kind: str
    span: Span


@dataclass(frozen=True, slots=True)
class Allowed:
    """What a reply may name: numbers by their digits, links by their beginning without the scheme.

    `others` are names and identifiers of other patients, which it may never name.
    """

    numbers: frozenset[str]
    links: frozenset[str]
    others: frozenset[str]

    @classmethod
    def of(cls, contacts: Iterable[str] = (), others: Iterable[str] = ()) -> "Allowed":
        """`contacts` are phone numbers, addresses and links as they are written."""
        known = tuple(contacts)
        return cls(
            frozenset(digits for contact in known if "//" not in contact and (digits := _digits(contact))),
            frozenset(bare for contact in known if (bare := _bare(contact))),
            frozenset(fold(other) for other in others if len(other) > 2),
        )


class Claims:
    """The forbidden claims of the content files, and the contacts that every reply may name."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rule for rule in rules if rule.direction == "output")
        self.contacts = tuple(contact for rule in self.rules for contact in rule.allowed)

    def without_phrases(self) -> "Claims":
        """Only what is found by shape: contacts, identities, open places, control characters."""
        return Claims([rule for rule in self.rules if not rule.phrases])


def forbidden(
    text: str, lang: str, claims: Claims, *, allowed: Iterable[str] = (), others: Iterable[str] = ()
) -> tuple[Finding, ...]:
    """Every forbidden thing in a reply, in the order of the text.

    `allowed` are the numbers and links of the site and of the reply's sources; `others` are names and identifiers of
    other patients (three characters or more). English phrases are looked for in every language's text: an
    untranslated sentence is a reply too.
    """
    may = Allowed.of((*claims.contacts, *allowed), others)
    reading = Reading.of(text)
    found = [
        *_claims(reading, lang, claims),
        *_contacts(text, reading.folded, may),
        *_identities(reading.folded, may),
        *(Finding("placeholder", place.span()) for place in _PLACE.finditer(text)),
        *_controls(text),
    ]
    return tuple(sorted(set(found), key=lambda finding: (finding.span, finding.kind)))


def _claims(reading: Reading, lang: str, claims: Claims) -> Iterator[Finding]:
    for rule in claims.rules:
        for hit in rule.hits(reading, (lang, "en")):
            yield Finding(rule.id, hit.span)


def _contacts(text: str, folded: str, allowed: Allowed) -> Iterator[Finding]:
    for link in (*_LINK.finditer(text), *_EMAIL.finditer(text)):
        if not any(_bare(link.group()).startswith(known) for known in allowed.links):
            yield Finding("link", link.span())
    for phone in _PHONE.finditer(text):
        if not _DATE_OR_TIME.match(phone.group()) and not _known_number(phone.group(), allowed):
            yield Finding("contact", phone.span())
    for short in _SHORT_NUMBER.finditer(folded):
        if not _known_number(short.group(1), allowed):
            yield Finding("contact", short.span(1))


def _known_number(number: str, allowed: Allowed) -> bool:
    """The country's prefix may be missing on either side."""
    digits = _digits(number)
    return any(digits == known or (len(digits) >= 7 and _same_end(digits, known)) for known in allowed.numbers)


def _same_end(one: str, other: str) -> bool:
    shorter, longer = sorted((one, other), key=len)
    return len(longer) - len(shorter) <= 3 and len(shorter) >= 9 and longer.endswith(shorter)


def _identities(folded: str, allowed: Allowed) -> Iterator[Finding]:
    for other in allowed.others:
        for found in re.finditer(rf"(?<!\w){re.escape(other)}(?!\w)", folded):
            yield Finding("identity", found.span())


def _controls(text: str) -> Iterator[Finding]:
    """Control and invisible characters other than line breaks and the isolates that right-to-left text needs."""
    if text.isascii() and text.isprintable():
        return
    for at, char in enumerate(text):
        if char not in _ALLOWED_CONTROL and unicodedata.category(char) in {"Cc", "Cf", "Co", "Cs", "Cn"}:
            yield Finding("control", (at, at + 1))


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def _bare(link: str) -> str:
    return re.sub(r"^(?:https?://)?(?:www\.)?", "", link.lower()).rstrip("/.,;:)")
