"""Splits approved text into sentences: short plain text, so a few rules on abbreviations are enough."""

import re

_END = re.compile(r"[.!?…؟۔]+[\"'”’»)\]]*(?=\s|$)|[。！？።።]+[”’」』）]*")
_BEFORE = re.compile(r"(\S+)$")
_OPENING = "\"'“‘«([¿¡"

# A full stop after these never ends a sentence (a name or an example follows).
_NEVER_LAST = frozenset(
    {
        "dr", "dra", "drs", "mr", "mrs", "ms", "prof", "st", "sr", "sra", "srta", "vs", "approx", "aprox", "fig", "núm",
        "pág", "vol", "e.g", "i.e", "p.ej", "ej",
    }
)  # fmt: skip
# After these it does when a capital follows.
_MAY_BE_LAST = frozenset({"etc", "a.m", "p.m", "u.s", "u.k", "ud", "uds", "ee", "uu", "inc", "jr"})


def split_sentences(text: str, lang: str) -> tuple[str, ...]:
    """The sentences of one paragraph, in order, without the space around them. `lang`: ISO 639-1."""
    found: list[str] = []
    start = 0
    for end in _END.finditer(text):
        if _ends_here(text, end, lang):
            found.append(text[start : end.end()].strip())
            start = end.end()
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if sentence)


def _ends_here(text: str, end: re.Match[str], lang: str) -> bool:
    after = text[end.end() :].lstrip()
    if not after or end.group()[0] in "。！？።":
        return True
    following = after.lstrip(_OPENING)[:1]
    if following.islower():
        return False
    return not (end.group() == "." and _abbreviated(text[: end.start()], after, lang))


def _abbreviated(before: str, after: str, lang: str) -> bool:
    found = _BEFORE.search(before)
    word = found.group(1).lstrip(_OPENING).lower() if found else ""
    if word in _MAY_BE_LAST:
        # "EE. UU." is one abbreviation in two parts.
        return word == "ee" and lang == "es" and after.startswith("UU")
    if word == "no":
        # "no. 5" is a number; "No." is an answer.
        return after[:1].isdigit()
    return word in _NEVER_LAST
