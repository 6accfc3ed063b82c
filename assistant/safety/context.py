"""Who has a finding, when, and whether at all: the words around it, in the spirit of NegEx and ConText.

Harkema et al., ConText, J Biomed Inform 2009 (https://doi.org/10.1016/j.jbi.2009.05.002): a cue reaches over its own
clause until a word that ends it. Cues are data (content/danger/context/); this file knows only how they reach.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from assistant.safety.matcher import Match
from assistant.safety.text import COMMA, SENTENCE, Token

Status = Literal[
    "here", "possible", "negated", "resolved", "historical", "hypothetical", "general", "family", "figurative", "far"
]
KINDS: Final[tuple[Status, ...]] = (
    "figurative", "negated", "hypothetical", "general", "family", "historical", "resolved", "far", "possible",
)  # fmt: skip
"""The kinds of cue, strongest first. A cue stands before or after the finding in its clause, around it in its sentence,
anywhere in the message, or over its very words."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a cue reaches, in words; `commas` it may cross; `ands` with a new subject too."""

    words: int
    commas: bool
    ands: bool


_REACH: Final[dict[str, Reach]] = {
    "negated": Reach(5, commas=False, ands=True),
    "hypothetical": Reach(9, commas=False, ands=True),
    "historical": Reach(8, commas=False, ands=False),
    "resolved": Reach(8, commas=True, ands=True),
    "family": Reach(8, commas=True, ands=True),
    "far": Reach(12, commas=True, ands=True),
    "possible": Reach(6, commas=False, ands=True),
    "general": Reach(12, commas=True, ands=True),
}
_LIST_WORDS: Final = 16
_LIST_PIECE: Final = 4


@dataclass(frozen=True, slots=True)
class Cue:
    kind: str
    place: str
    first: int
    last: int


def _cue(match: Match) -> Cue:
    kind, place = match.label.name.split(".")
    return Cue(kind, place, match.first, match.last)


class Context:
    """The cues of one message in one language."""

    def __init__(self, tokens: Sequence[Token], matches: Sequence[Match], lang: str) -> None:
        self._tokens = tokens
        self._sentence = numbered(tokens, SENTENCE)
        self._clause = numbered(tokens, COMMA)
        cues = [_cue(m) for m in matches if m.label.lang == lang]
        quiet = [(c.first, c.last) for c in cues if c.kind == "pseudo"]
        self._cues = [c for c in cues if c.kind == "pseudo" or not any(a <= c.first and c.last <= b for a, b in quiet)]

    def status(self, match: Match, survives: frozenset[str]) -> Status:
        """How the message means this finding; kinds that it `survives` are not asked."""
        near = [c for c in self._cues if c.place == "message" or self._sentence[c.first] == self._sentence[match.first]]
        for kind in KINDS:
            if kind not in survives and any(self._applies(c, match, near) for c in near if c.kind == kind):
                return kind
        return "here"

    def _applies(self, cue: Cue, match: Match, near: Sequence[Cue]) -> bool:
        overlaps = cue.first < match.last and match.first < cue.last
        if cue.place == "over":
            return overlaps
        if cue.kind == "general" and any(c.kind == "personal" for c in near):
            return False
        if cue.place == "message":
            return True
        if overlaps and cue.kind in {"negated", "possible"}:
            return False
        if cue.kind == "historical" and self._recent(match, near):
            return False
        if cue.place == "around":
            return True
        return self._reaches(cue, match, near, overlaps=overlaps)

    def _recent(self, match: Match, near: Sequence[Cue]) -> bool:
        return any(c.kind == "recent" and self._clause[c.first] == self._clause[match.first] for c in near)

    def _reaches(self, cue: Cue, match: Match, near: Sequence[Cue], *, overlaps: bool) -> bool:
        if cue.place == "before":
            start, end = cue.last, match.first
        else:
            start, end = match.last, cue.first
        reach = _REACH[cue.kind]
        if start > end:
            return overlaps and cue.kind != "negated"
        if any(c.kind == "stop" and start <= c.first < end + (cue.place == "after") for c in near):
            return False
        if not reach.ands and self._new_clause(start, end, near):
            return False
        last = end + 1 if start < len(self._tokens) else end
        commas = sum(self._tokens[i].gap == COMMA for i in range(start, min(last, len(self._tokens))))
        if commas and not reach.commas:
            return cue.kind == "negated" and cue.place == "before" and self._in_list(start, match, near)
        return end - start <= reach.words

    def _new_clause(self, start: int, end: int, near: Sequence[Cue]) -> bool:
        """`and` with somebody who does something: the cue is about that, not about the finding."""
        between = [c for c in near if start <= c.first < end]
        return any(c.kind == "list" for c in between) and any(c.kind == "personal" for c in between)

    def _in_list(self, start: int, match: Match, near: Sequence[Cue]) -> bool:
        """`no fever, chills or vomiting`: a comma goes on with the list when an `or` follows in it."""
        if match.last - start > _LIST_WORDS:
            return False
        breaks = [i for i in range(start, match.first + 1) if self._tokens[i].gap == COMMA]
        pieces = [b - a for a, b in zip([start, *breaks], [*breaks, match.first], strict=True)]
        return max(pieces) <= _LIST_PIECE and any(
            c.kind == "list" and c.place == "or" and start <= c.first <= match.last + _LIST_PIECE for c in near
        )


def numbered(tokens: Sequence[Token], limit: int) -> list[int]:
    """For each token the number of its piece, where gaps of `limit` or more part pieces."""
    number, out = -1, []
    for token in tokens:
        number += token.gap >= limit
        out.append(number)
    return out
