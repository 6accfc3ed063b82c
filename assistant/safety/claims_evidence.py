"""Evidence cut into cells: the smallest pieces of which each says one thing about one subject."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.safety.claims_dates import PartDate, read_dates
from assistant.safety.claims_lexicon import NOT_A_SUBJECT, SIDES
from assistant.safety.claims_numbers import read_quantities
from assistant.safety.claims_text import Statement, normalise, read, split_sentences
from assistant.safety.claims_words import Vocabulary

_ONE_FACT = re.compile(r"\brange\b|\btarget\b|\bbetween\b|\bnormal\b|\bbelow\b|\babove\b|\bof\b \d")
_GOES_ON = re.compile(r"\s*(?:-?\d|left\b|right\b|previous|then\b|next\b|last\b|before\b|after\b)", re.IGNORECASE)
_HEADER = re.compile(r"^(.*?)(?::|(?<![\w.-])-?\d|$)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Cell:
    """`says` holds the cell's own meanings and those of the heading it stands under; `item` counts evidence texts."""

    item: int
    statement: Statement
    says: frozenset[str]
    dates: tuple[PartDate, ...]
    lead: str

    @property
    def text(self) -> str:
        return self.statement.text


def cells_of(evidence: Sequence[str], words: Vocabulary) -> tuple[Cell, ...]:
    return tuple(
        cell
        for item, text in enumerate(evidence)
        for sentence in split_sentences(normalise(text))
        for cell in _cells(item, sentence, words)
    )


def _cells(item: int, sentence: str, words: Vocabulary) -> Iterator[Cell]:
    whole = read(sentence, words)
    heading = _heading(sentence, words)
    parts = list(_parts(sentence))
    for index, (part, listed) in enumerate(parts):
        statement = read(part, words)
        own = statement.says
        under = index > 0 and (listed or bool(_GOES_ON.match(part)) or not own or bool(own & heading))
        says = (own | heading if under else own) | _implied(whole)
        shared = whole.dates if len(whole.dates) == 1 else statement.dates
        lead = _lead(whole if under or not own else statement)
        yield Cell(item, statement, says, statement.dates or shared, lead)


def _heading(sentence: str, words: Vocabulary) -> frozenset[str]:
    """What stands before the first colon or number, without left and right: it holds for all that follows."""
    found = _HEADER.match(sentence)
    return read(found.group(1), words).says - SIDES if found and found.group(1).strip() else frozenset()


def _lead(statement: Statement) -> str:
    """What a piece is about: its first meaning that is neither a direction nor an instruction."""
    return next((m.word for m in statement.meanings if not m.word.startswith("d:") and m.word not in NOT_A_SUBJECT), "")


def _implied(whole: Statement) -> frozenset[str]:
    """A medicine on the patient's list is one that the patient uses."""
    return frozenset({"used"}) if whole.words[:1] == ("medicine",) else frozenset()


def _is_list_of_values(parts: Sequence[str]) -> bool:
    """Each part has a number, or each has only a date."""
    kinds = set()
    for part in parts:
        dates, rest = read_dates(part)
        kinds.add("number" if read_quantities(rest)[0] else "date" if dates else "")
    return len(kinds) == 1 and "" not in kinds


def _parts(sentence: str) -> Iterator[tuple[str, bool]]:
    """Pieces between semicolons; a list of numbers is cut at its commas too (True: a piece of such a list)."""
    for piece in sentence.split(";"):
        listed = re.split(r",\s+(?!\d{4}\b)|\s+and\s+(?=-?\d)", piece.rstrip(". "))
        if len(listed) > 1 and not _ONE_FACT.search(piece) and _is_list_of_values(listed):
            yield from ((part, index > 0) for index, part in enumerate(listed))
        elif piece.strip():
            yield piece, False
