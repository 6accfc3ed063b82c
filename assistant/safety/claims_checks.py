"""One check for each way in which a sentence can go beyond its evidence. Each takes the claim and what supports it."""

import re
from collections.abc import Sequence

from assistant.safety import claims_lexicon as lexicon
from assistant.safety.claims_compare import change_is_true, comparison_holds, direction_of, flag_of, is_comparison
from assistant.safety.claims_evidence import Cell
from assistant.safety.claims_text import Statement, read
from assistant.safety.claims_words import ENGLISH, Vocabulary, stem_of

_ADVICE = re.compile(lexicon.ADVICE, re.IGNORECASE)
_CONDITION = re.compile("(?:" + "|".join(lexicon.CONDITIONS) + r")(?P<what>[^,;.]*)", re.IGNORECASE)
_FROM_IT = re.compile(r"\b(?:from|through|with) (?:it|this|that|them)\b", re.IGNORECASE)
_SUBORDINATE = re.compile(r"^(?:if|when|after|before|while|for|during|until|on|in|with)\b[^,]*,\s*", re.IGNORECASE)


def _words(cells: Sequence[Cell]) -> set[str]:
    return {word for cell in cells for word in cell.statement.words}


def polarity_agrees(claim: Statement, cells: Sequence[Cell]) -> bool:
    """Each meaning is denied in the claim exactly where a supporting cell denies it."""
    sides: dict[str, set[bool]] = {}
    for cell in cells:
        for meaning in cell.statement.meanings:
            sides.setdefault(meaning.word, set()).add(meaning.denied)
    return all(meaning.denied in sides.get(meaning.word, {meaning.denied}) for meaning in claim.meanings)


def certainty_agrees(claim: Statement, cells: Sequence[Cell], words: Vocabulary) -> bool:
    """Never surer than the evidence, and no doubt where the evidence has none."""
    mine = words.level(claim.words)
    theirs = min((words.level(cell.statement.words) for cell in cells), default=3)
    return mine == theirs if 3 in (mine, theirs) else mine <= theirs


def quantifiers_agree(claim: Statement, cells: Sequence[Cell], words: Vocabulary) -> bool:
    mine = words.quantity_words(claim.words)
    theirs = frozenset(kind for cell in cells for kind in words.quantity_words(cell.statement.words))
    if not words.rich:
        return mine == theirs
    softer = {"some", "only"} | ({"most", "many"} if words.level(claim.words) == 3 else set())
    return not (mine - theirs) and not softer & (theirs - mine)


def causes_agree(claim: Statement, cells: Sequence[Cell]) -> bool:
    causal = lexicon.CAUSES.intersection(claim.words) or _FROM_IT.search(claim.text)
    return not causal or bool(lexicon.CAUSES & _words(cells))


def roles_agree(claim: Statement, cells: Sequence[Cell]) -> bool:
    """Who does what to whom: "A can cause B" is not "B can cause A". A passive on one side alone is let be."""
    for cell in cells:
        for act in lexicon.ACTS & claim.says & cell.statement.says:
            before, after = _around(act, claim)
            theirs_before, theirs_after = _around(act, cell.statement)
            turned = (before & theirs_after - theirs_before) and (after & theirs_before - theirs_after)
            if turned and ("by" in claim.words) == ("by" in cell.statement.words):
                return False
    return True


def _around(act: str, statement: Statement) -> tuple[set[str], set[str]]:
    names = [meaning.word for meaning in statement.meanings]
    at = len(names) - 1 - names[::-1].index(act) if act.startswith("d:") and names[0] == act else names.index(act)
    return set(names[:at]), set(names[at + 1 :])


def people_agree(claim: Statement, cells: Sequence[Cell]) -> bool:
    """A relative's illness is not the patient's, and the other way round."""
    return lexicon.FAMILY.intersection(claim.words) == lexicon.FAMILY.intersection(_words(cells))


def sides_agree(claim: Statement, cells: Sequence[Cell]) -> bool:
    """What is recorded for one side is not said of the other or of both."""
    mine = lexicon.SIDES.intersection(claim.words)
    theirs = {frozenset(lexicon.SIDES.intersection(cell.statement.words)) for cell in cells} - {frozenset()}
    return not mine or mine <= frozenset().union(*theirs)


def advice_is_sourced(claim: Statement, cells: Sequence[Cell]) -> bool:
    """What the patient is told to do must be told in the evidence, not merely be mentioned there."""
    if not is_advice(claim.text):
        return True
    if any(lexicon.ASKING.intersection(cell.statement.words) - set(claim.words) for cell in cells):
        return False
    return any(is_advice(cell.text) or cell.statement.words[:1] == ("medicine",) for cell in cells)


def is_advice(text: str) -> bool:
    start = _SUBORDINATE.sub("", text.strip())
    first = re.match(r"(?:please |then |always )?([a-z']+)", start.lower())
    return bool(_ADVICE.search(text)) or bool(first and first.group(1) in lexicon.IMPERATIVES)


def conditions_are_kept(claim: Statement, cells: Sequence[Cell], words: Vocabulary) -> bool:
    """ "if", "only when", "with aura": a claim that leaves the condition out says more than its source."""
    return all(_is_kept(match["what"], claim, words) for cell in cells for match in _CONDITION.finditer(cell.text))


def _is_kept(condition: str, claim: Statement, words: Vocabulary) -> bool:
    needed = read(condition, words).says
    return len(needed & claim.says) * 2 >= len(needed)


def status_is_said(claim: Statement, cells: Sequence[Cell]) -> bool:
    """What the record calls planned, stopped or previous is not told as if it were so now."""
    said = {stem_of(word, "english") for word in claim.words} | claim.says
    open_ones = (word for cell in cells for word in lexicon.STATUS.intersection(cell.statement.words))
    return all(stem_of(word, "english") in said or ENGLISH.meaning(word) in said for word in open_ones)


def is_current(claim: Statement, every: Sequence[Cell]) -> bool:
    """ "Your … is 8" and "your current …" must be the newest on record."""
    tells_now = lexicon.CURRENT.intersection(claim.words) or not (claim.dates or lexicon.PAST.intersection(claim.words))
    values = {quantity.value for quantity in claim.quantities}
    if not (tells_now and values):
        return True
    fitting = [cell for cell in every if cell.says & claim.says and cell.dates and cell.statement.quantities]
    holding = [cell for cell in fitting if values & {quantity.value for quantity in cell.statement.quantities}]
    subject = frozenset().union(*(cell.says for cell in holding)) & claim.says
    rivals = [cell for cell in fitting if subject and subject <= cell.says]
    newest = max((part.order for cell in rivals for part in cell.dates), default=None)
    return newest is None or any(part.order == newest for cell in holding for part in cell.dates)


def is_connected(claim: Statement, cells: Sequence[Cell]) -> bool:
    """Facts on different subjects may stand side by side ("and"), but are not woven into one statement."""
    if re.search(r"\b(?:and|but|while|whereas)\b|;", claim.text.lower()) or not cells:
        return True
    reached, waiting = [cells[0]], list(cells[1:])
    while linked := [cell for cell in waiting if any(_linked(cell, other) for other in reached)]:
        reached += linked
        waiting = [cell for cell in waiting if cell not in linked]
    return not waiting


def _linked(one: Cell, other: Cell) -> bool:
    shared = {word for word in one.says & other.says if not word.startswith("d:")}
    return one.item == other.item or bool(shared)


def range_is_true(claim: Statement, every: Sequence[Cell]) -> bool:
    """ "between 3.5 and 5.1" said of a result must hold for its number."""
    if "between" not in claim.words or {"range", "normal", "usually", "usual"}.intersection(claim.words):
        return True
    flags = {
        flag_of(cell.text, q.value) for cell in every if cell.says & claim.says for q in cell.statement.quantities[:1]
    }
    return not flags & {"d:up", "d:down"}


def direction_agrees(claim: Statement, cells: Sequence[Cell], every: Sequence[Cell]) -> bool:
    """High, low, better, worse: stated beside the same subject, or decided by the numbers."""
    if not change_is_true(claim):
        return False
    if is_comparison(claim):
        decided = comparison_holds(claim, every)
        return _is_stated(claim, cells) if decided is None else decided
    wanted = {meaning.word for meaning in claim.meanings if meaning.word.startswith("d:")}
    return all(_has_direction(word, claim, cells, every) for word in wanted)


def _is_stated(claim: Statement, cells: Sequence[Cell]) -> bool:
    """One cell says the comparison itself, with every meaning of the claim."""
    direction = direction_of(claim)
    return any(claim.says <= cell.says and (direction is None or direction in cell.statement.says) for cell in cells)


def _has_direction(word: str, claim: Statement, cells: Sequence[Cell], every: Sequence[Cell]) -> bool:
    subject = {meaning for meaning in claim.says if not meaning.startswith("d:")}
    if any(word in cell.says and (subject & cell.says or not subject) for cell in cells):
        return True
    flags = {
        flag_of(cell.text, quantity.value)
        for cell in every
        if subject & cell.says
        for quantity in cell.statement.quantities[:1]
    }
    if word == "d:outside":
        return bool(flags & {"d:up", "d:down"})
    return word in flags or comparison_holds(claim, every) is True
