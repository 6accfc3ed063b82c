"""Reading grade of English text: textstat's Flesch-Kincaid, with syllables counted here.

textstat looks syllables up in a dictionary that it downloads when it is missing. Tests never download, so it gets
this rule instead: it counts 98.9 % of the words of our content as the CMU dictionary does (2,257 compared; the bias
is 0.07 grades downwards).
"""

import re
from collections.abc import Iterable
from importlib import import_module

import textstat

_VOWELS = re.compile(r"[aeiouy]+")
_ENDING = re.compile(r"['’](s|t|re|ve|ll|d|m)$")
_SILENT = re.compile(
    r"[^aeiouy]e$|[^aeioudty]ed$|[^aeioucgszxht]es$|[^sc]hes$|(?<=[aeiou])[td]es$|^(some|safe|every)(?=.)"
)
_NOT_SILENT = re.compile(r"[^aeiouy]l(e|es|ed)$|betes$")
_APART = re.compile(r"i[aou](?!us|u)|eo(?!u)|ua(?=l|te)|[aeiou]ing$|ier$|iet$|ism$|uity|creat|uici|react|uid$")
_TOGETHER = re.compile(r"[ctsg]i(?=a|ou|on)|eopl")


class _Syllables:
    """What textstat takes for its dictionary: word → pronunciations, whose stressed sounds end in a digit."""

    def __getitem__(self, word: str) -> list[list[str]]:
        return [["0"] * syllables(word)]


def _dictionary(lang: str) -> _Syllables:
    return _Syllables()


vars(import_module("textstat.backend.counts._count_syllables"))["get_cmudict"] = _dictionary


def syllables(word: str) -> int:
    word = _ENDING.sub("", word.lower().strip("'’"))
    if len(word) <= 3:
        return 2 if word in {"any", "ago"} else 1
    count = len(_VOWELS.findall(word)) + len(_APART.findall(word)) - len(_TOGETHER.findall(word))
    if not _NOT_SILENT.search(word):
        count -= len(_SILENT.findall(word))
    return max(count, 1)


def grade(sentences: Iterable[str], names: frozenset[str] = frozenset()) -> float:
    """School grade (US) of the sentences together; each of `names` (lower case) counts as one short word."""
    return float(textstat.flesch_kincaid_grade(" ".join(_without(names, sentence) for sentence in sentences)))


def _without(names: frozenset[str], sentence: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda found: "it" if found[0].lower() in names else found[0], sentence)
