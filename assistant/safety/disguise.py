"""Undoes the disguises in which a forbidden request hides, so that the same phrases find it."""

import base64
import binascii
import codecs
import html
import re
import unicodedata
from collections.abc import Callable, Iterator
from urllib.parse import unquote

LONGEST = 20_000
_INVISIBLE = dict.fromkeys(
    [
        0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x180E, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F),
        *range(0x2060, 0x2070), *range(0xFE00, 0xFE10), *range(0xE0000, 0xE0080),
    ]
)  # fmt: skip
_LOOKALIKES = str.maketrans(
    {
        "а": "a", "е": "e", "о": "o", "р": "p", "с": "c", "у": "y", "х": "x", "і": "i", "ј": "j", "ѕ": "s", "ԁ": "d",
        "һ": "h", "ӏ": "l", "к": "k", "м": "m", "т": "t", "в": "b", "н": "h", "г": "r", "п": "n", "ѵ": "v", "ԝ": "w",
        "α": "a", "ε": "e", "ο": "o", "ρ": "p", "ν": "v", "ι": "i", "κ": "k", "τ": "t", "υ": "u", "χ": "x", "η": "n",
    }
)  # fmt: skip
_LEET = str.maketrans("013457@$!", "oieastasi")
_HAS_LOOKALIKE = re.compile(r"[a-z][\u0370-\u04ff]|[\u0370-\u04ff][a-z]", re.IGNORECASE)
_LEET_WORD = re.compile(r"[a-z][013457@$!]|[013457@$!][a-z]", re.IGNORECASE)
_SPACED = re.compile(r"(?<!\S)(?:\w[ .\-_*]{1,3}){5,}\w(?!\S)")
_GLUE = re.compile(r"(?<=\w)[.\-_*](?=\w)")
_BASE64 = re.compile(r"[A-Za-z0-9+/_-]{16,}={0,2}")
_HEX = re.compile(r"(?:[0-9a-fA-F]{2}[ :]?){10,}")
_BINARY = re.compile(r"(?:[01]{8}[ ,]?){4,}")
_ENTITY = re.compile(r"&#?\w{2,8};|%[0-9a-fA-F]{2}")


def visible(text: str) -> str:
    """The text without characters that nobody sees (zero width, bidi marks, tags), compatibility forms resolved."""
    return unicodedata.normalize("NFKC", text).translate(_INVISIBLE)


def undisguised(text: str) -> Iterator[str]:
    """Other readings of the text, only those that differ: decoded, unspaced, look-alike letters replaced.

    Texts are cut at `LONGEST` characters: nothing that long is typed by hand, and the plain reading is never cut.
    """
    plain = visible(text)[:LONGEST]
    for reading in _READINGS:
        found = reading(plain)
        if found and found != plain:
            yield found
    hidden = text.translate({0xE0000 + code: code for code in range(0x20, 0x7F)})
    if hidden != text:
        yield visible(hidden)


def is_scaffold(text: str) -> bool:
    """Whether the text plays a dialogue: questions with their answers, and one more question to continue with."""
    plain = text[:LONGEST]
    return len(_QUESTION.findall(plain)) >= 2 and len(_ANSWER.findall(plain)) >= 1


def is_stutter(text: str, times: int = 12) -> bool:
    """Whether a word or a pair of words is repeated `times` times on end."""
    words = text[:LONGEST].split()
    return any(_longest_run(words, step) >= times * step for step in (1, 2, 3))


_QUESTION = re.compile(r"(?:^|[\s\"'])(?:Q|User|Human|Question|Usuario|Pregunta) ?: ", re.IGNORECASE)
_ANSWER = re.compile(r"(?:^|[\s\"'])(?:A|Assistant|AI|Answer|Asistente|Respuesta) ?: ", re.IGNORECASE)


def _longest_run(words: list[str], step: int) -> int:
    longest = run = step
    for here, before in zip(words[step:], words, strict=False):
        run = run + 1 if here == before else step
        longest = max(longest, run)
    return longest if longest > step else 0


def _readable(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    letters = sum(char.isalpha() or char.isspace() for char in text)
    return text if len(text) >= 4 and letters >= 0.7 * len(text) else ""


def _decoded(pattern: re.Pattern[str], decode: Callable[[str], bytes]) -> Callable[[str], str]:
    """A reading that replaces each encoded run by its decoded text."""

    def replace(found: re.Match[str]) -> str:
        try:
            return f" {_readable(decode(found.group())) or found.group()} "
        except (ValueError, binascii.Error):
            return found.group()

    return lambda text: pattern.sub(replace, text) if pattern.search(text) else ""


def _from_base64(run: str) -> bytes:
    body = run.rstrip("=").translate(str.maketrans("-_", "+/"))
    return base64.b64decode(body + "=" * (-len(body) % 4))


def _from_hex(run: str) -> bytes:
    return bytes.fromhex(re.sub(r"[ :]", "", run))


def _from_binary(run: str) -> bytes:
    bits = re.sub(r"[^01]", "", run)
    return bytes(int(bits[at : at + 8], 2) for at in range(0, len(bits), 8))


def _spaced(text: str) -> str:
    """Joins letters typed one by one ("i g n o r e"); two or more spaces between words stay a space."""
    if not _SPACED.search(text):
        return ""
    return _SPACED.sub(lambda run: re.sub(r"(?<=\w)[ .\-_*](?=\w)", "", run.group()), text)


def _entities(text: str) -> str:
    return unquote(html.unescape(text)) if _ENTITY.search(text) else ""


def _lookalikes(text: str) -> str:
    return text.lower().translate(_LOOKALIKES) if _HAS_LOOKALIKE.search(text) else ""


def _leet(text: str) -> str:
    return text.lower().translate(_LEET) if _LEET_WORD.search(text) else ""


def _glued(text: str) -> str:
    """Words joined by dots, dashes or underscores ("ignore_all_rules") read as words."""
    return _GLUE.sub(" ", text) if _GLUE.search(text) else ""


def _rot13(text: str) -> str:
    return codecs.encode(text, "rot13")


def _reversed(text: str) -> str:
    return text[::-1]


_READINGS: tuple[Callable[[str], str], ...] = (
    _decoded(_BASE64, _from_base64),
    _decoded(_HEX, _from_hex),
    _decoded(_BINARY, _from_binary),
    _entities,
    _spaced,
    _glued,
    _lookalikes,
    _leet,
    _rot13,
    _reversed,
)
