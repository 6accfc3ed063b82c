"""Text as typed → tokens in one spelling, each knowing the code points it came from."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

MAX_HEAD: Final = 6_000
MAX_TAIL: Final = 2_000
"""Longer texts are read at both ends (code points): danger is put first or last, never in the middle of 8,000."""

SAME, COMMA, SENTENCE = 0, 1, 2
"""How strongly a token is parted from the one before it."""

_QUOTES: Final = dict.fromkeys("’‘ʼ´`＇′", "'")
_PIECE: Final = re.compile(
    r"(?P<num>\d+(?:[.,]\d+)*(?:/\d+)?)|(?P<word>[^\W\d_]\w*(?:'[^\W\d_]+)*)|(?P<emoji>\x00\d+)"
    r"|(?P<end>\.(?=\s|$|[^\W\d_]{2})|[!?;\n¿¡。؟]+)|(?P<comma>\.{2,}|[,:()…—–\[\]\"]|-(?=\s|-)|/)"
)


@dataclass(frozen=True, slots=True)
class Token:
    """`word` in normal spelling; `start`, `end`: code points of the text as typed; `gap`: what parts it from before."""

    word: str
    start: int
    end: int
    gap: int
    number: float | None = None


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    """One character without case, diacritics and width; nothing for invisible ones."""
    if char in _QUOTES:
        return "'"
    if char.isspace():
        return "\n" if char in "\n\r\u2028\u2029" else " "
    folded = unicodedata.normalize("NFKD", char).casefold()
    return "".join(c for c in folded if unicodedata.category(c) not in {"Mn", "Me", "Cf", "Cc", "Cs"})


def plain_spelling(text: str) -> str:
    """Lower case without diacritics, as tokens are compared."""
    return "".join(map(_plain, text))


def _is_emoji(char: str) -> bool:
    return ord(char) >= 0x2190 and unicodedata.category(char) in {"So", "Sk"}


def _flatten(text: str, base: int) -> tuple[str, list[int], list[str]]:
    """Normal text, the origin of each of its characters, and the names of its emoji in order."""
    out: list[str] = []
    origin: list[int] = []
    names: list[str] = []
    for at, char in enumerate(text, base):
        if _is_emoji(char):
            plain = f" \x00{len(names)} "
            names.append("emoji_" + re.sub(r"\W+", "_", unicodedata.name(char, "sign").lower()))
        else:
            plain = _plain(char)
        out.append(plain)
        origin.extend([at] * len(plain))
    return "".join(out), origin, names


def number_of(word: str) -> float | None:
    """38.7, 38,7 and 1,200 as numbers; a pair such as 120/80 has none of its own."""
    if not word[:1].isdigit() or "/" in word:
        return None
    head, comma, tail = word.partition(",")
    plain = head + tail if comma and len(tail) == 3 and "." not in tail else word.replace(",", ".")
    return float(plain) if plain.count(".") <= 1 and len(plain) < 16 else None


def _tokens(text: str, base: int, gap: int) -> list[Token]:
    flat, origin, names = _flatten(text, base)
    found: list[Token] = []
    for piece in _PIECE.finditer(flat):
        kind = piece.lastgroup
        if kind == "end":
            gap = SENTENCE
        elif kind == "comma":
            gap = max(gap, COMMA)
        else:
            raw = piece.group()
            word = names[int(raw[1:])] if kind == "emoji" else raw.replace("'", "")
            start, end = origin[piece.start()], origin[piece.end() - 1] + 1
            found.append(Token(word, start, end, gap, number_of(word) if kind == "num" else None))
            gap = SAME
    return found


def tokens_of(text: str) -> tuple[Token, ...]:
    """Every token of the text; of a very long one, those of its head and its tail."""
    if len(text) <= MAX_HEAD + MAX_TAIL:
        return tuple(_tokens(text, 0, SENTENCE))
    tail = len(text) - MAX_TAIL
    return (*_tokens(text[:MAX_HEAD], 0, SENTENCE), *_tokens(text[tail:], tail, SENTENCE))
