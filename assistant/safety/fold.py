"""Letters as they are compared: lower case, without accents, one to one with the text."""

import re
import unicodedata

_APOSTROPHES = str.maketrans({"’": "'", "‘": "'", "´": "'", "`": "'", "ʼ": "'"})


class _Fold(dict[int, int]):
    """Maps a code point to its lower-case base letter, always one to one, so that offsets stay."""

    def __missing__(self, code: int) -> int:
        parts = unicodedata.normalize("NFKD", chr(code))
        first, rest = parts[0], parts[1:]
        base = first.lower() if all(unicodedata.combining(mark) for mark in rest) else chr(code).lower()
        self[code] = ord(base) if len(base) == 1 else code
        return self[code]


_FOLD = _Fold()
_QUOTE = re.compile(r"(?<!\w)'|'(?!\w)")


def fold(text: str) -> str:
    """Lower case without accents; as long as the text, so that a span in one is a span in the other.

    Apostrophes stay inside words only; quotation marks become spaces.
    """
    return _QUOTE.sub(" ", text.translate(_APOSTROPHES).translate(_FOLD))
