"""The verifier: may this sentence be said on this evidence? No model, no I/O; when in doubt the answer is no.

A claim passes when every meaning in it stands in the evidence and none of the checks finds that it says more: other
numbers, dates, sides or people, the opposite, greater certainty, a wider scope, a cause or advice that is not there.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.safety import claims_checks as checks
from assistant.safety.claims_evidence import Cell, cells_of
from assistant.safety.claims_text import Statement, normalise, read, split_coordinated, split_sentences
from assistant.safety.claims_values import dates_hold, numbers_hold, thresholds_hold
from assistant.safety.claims_words import Vocabulary, vocabulary_for

__all__ = ["Grounded", "split_sentences", "verify"]

_MOST_CELLS = 4


@dataclass(frozen=True, slots=True)
class Grounded:
    """`reason` is a fixed word for staff and metrics, "" when supported; it never repeats the patient's data."""

    supported: bool
    reason: str = ""


def verify(claim: str, evidence: Sequence[str]) -> Grounded:
    """Whether `evidence` (record lines and approved passages) supports every part of `claim` (one sentence)."""
    if _is_quoted(claim, evidence):
        return Grounded(True)
    words = vocabulary_for(claim)
    said = read(claim, words)
    every = cells_of(evidence, words)
    if not every or not (said.meanings or said.quantities or said.dates):
        return Grounded(False, "no_evidence")
    parts = [read(half, words) for half in split_coordinated(said.text)] if words.rich else []
    reasons = (reason for part in (said, *parts) for reason in _problems(part, every, words))
    reason = next(reasons, "")
    return Grounded(not reason, reason)


def _is_quoted(claim: str, evidence: Sequence[str]) -> bool:
    """Word for word a sentence of the evidence."""
    wanted = normalise(claim)
    texts = [normalise(text) for text in evidence]
    return bool(wanted) and any(wanted == text or wanted in split_sentences(text) for text in texts)


def _problems(claim: Statement, every: Sequence[Cell], words: Vocabulary) -> Iterator[str]:
    chosen, missing = _support(claim, every)
    if any(not word.startswith("d:") for word in missing):
        yield "not_in_evidence"
    if not (numbers_hold(claim, every) and thresholds_hold(claim, chosen)):
        yield "number"
    if not dates_hold(claim, every):
        yield "date"
    if _is_swapped(claim, chosen):
        yield "subject"
    yield from _refused(claim, chosen, every, words)


def _refused(claim: Statement, chosen: Sequence[Cell], every: Sequence[Cell], words: Vocabulary) -> Iterator[str]:
    verdicts = {
        "polarity": checks.polarity_agrees(claim, chosen),
        "certainty": checks.certainty_agrees(claim, chosen, words),
        "quantifier": checks.quantifiers_agree(claim, chosen, words),
        "cause": checks.causes_agree(claim, chosen),
        "role": checks.roles_agree(claim, chosen),
        "person": checks.people_agree(claim, chosen),
        "side": checks.sides_agree(claim, chosen),
        "advice": checks.advice_is_sourced(claim, chosen),
        "condition": checks.conditions_are_kept(claim, chosen, words),
        "outdated": checks.is_current(claim, every),
        "status": checks.status_is_said(claim, chosen),
        "relation": checks.is_connected(claim, chosen),
        "range": checks.range_is_true(claim, every),
        "direction": checks.direction_agrees(claim, chosen, every),
    }
    yield from (reason for reason, agrees in verdicts.items() if not agrees)


def _support(claim: Statement, every: Sequence[Cell]) -> tuple[list[Cell], set[str]]:
    """The fewest cells that hold the claim's meanings, best first, and the meanings that none of them holds."""
    missing = set(claim.says)
    chosen: list[Cell] = []
    while missing and len(chosen) < _MOST_CELLS:
        best = max(every, key=lambda cell: (len(missing & cell.says), _shared_values(claim, cell)))
        if not missing & best.says:
            break
        chosen.append(best)
        missing -= best.says
    return chosen or list(every[:1]), missing


def _shared_values(claim: Statement, cell: Cell) -> int:
    values = {quantity.value for quantity in claim.quantities}
    dates = sum(part.is_within(source) for part in claim.dates for source in cell.dates)
    return dates + len(values & {quantity.value for quantity in cell.statement.quantities})


def _is_swapped(claim: Statement, chosen: Sequence[Cell]) -> bool:
    """One cell's words said of another cell's subject: a lead the claim leaves out, another that it names instead."""
    for one in chosen:
        for other in chosen:
            foreign = other.lead in claim.says and other.lead not in one.says
            if one is not other and one.lead and one.lead not in claim.says and foreign:
                return True
    return False
