"""What the rails look for: the compiled content files and, for one reply, the contacts that it may name."""

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import PurePosixPath

from assistant.errors import ContentInvalid
from assistant.safety.forbidden import Claims, Finding, forbidden
from assistant.safety.rulebook import Document, Reading, Rule, broken_rule, readings

Documents = tuple[tuple[PurePosixPath | str, Document], ...]

_CODE_CLAIMS: Mapping[str, frozenset[str]] = {
    "contacts": frozenset({"contact", "link"}),
    "identity": frozenset({"identity", "control", "placeholder"}),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What one reply may name (`contacts`) and may never name (`others`)."""

    contacts: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


NOTHING_KNOWN = Known()


def rules_from(documents: Documents) -> dict[str, Rule]:
    """Raises `ContentInvalid` naming the file."""
    rules: dict[str, Rule] = {}
    for path, document in documents:
        try:
            rule = Rule.from_document(document)
        except ValueError as error:
            raise ContentInvalid(f"{path}: {error}") from error
        if rule.id in rules:
            raise ContentInvalid(f"{path}: a second rule with the id {rule.id}")
        rules[rule.id] = rule
    return rules


class Guard:
    """Judges texts by the rules; holds nothing of a text longer than its turn."""

    def __init__(self, documents: Documents) -> None:
        self.rules = rules_from(documents)
        self.claims = Claims(tuple(self.rules.values()))
        self._contacts = self.claims.without_phrases()
        self.known: ContextVar[Known] = ContextVar("known", default=NOTHING_KNOWN)
        self._readings: ContextVar[tuple[str, tuple[Reading, ...]]] = ContextVar("readings")
        self._replies: ContextVar[tuple[str, Known, Reading, tuple[Finding, ...]]] = ContextVar("replies")

    def family(self, rule: str) -> str:
        return self.rules[rule].family

    def broken_by_request(self, rule: str, text: str) -> str | None:
        """The phrase that breaks this rule; `KeyError` where the rule has no content file."""
        return broken_rule(self.rules[rule], self._read(text))

    def broken_by_reply(self, rule: str, text: str) -> str | None:
        """The kind of the claim. English and every language of the file are looked for."""
        found = self.rules[rule]
        reading, seen = self._read_reply(text)
        if kinds := _CODE_CLAIMS.get(rule):
            return next((finding.kind for finding in seen if finding.kind in kinds), None)
        return rule if next(found.hits(reading), None) else None

    def _read_reply(self, text: str) -> tuple[Reading, tuple[Finding, ...]]:
        """A reply as every rail needs it, and what is found in it by shape: made once."""
        known, last = self.known.get(), self._replies.get(None)
        if last is None or last[:2] != (text, known):
            seen = forbidden(text, "en", self._contacts, allowed=known.contacts, others=known.others)
            last = (text, known, Reading.of(text), seen)
            self._replies.set(last)
        return last[2], last[3]

    def _read(self, text: str) -> tuple[Reading, ...]:
        """Every rail of a turn asks for the same readings: they are made once."""
        known = self._readings.get(None)
        if known is None or known[0] != text:
            known = (text, readings(text))
            self._readings.set(known)
        return known[1]
