"""Whether each number and date of a claim stands in the evidence beside the same subject."""

from collections.abc import Iterator, Sequence

from assistant.safety.claims_dates import PartDate, derived_dates
from assistant.safety.claims_evidence import Cell
from assistant.safety.claims_numbers import Quantity, same_amount
from assistant.safety.claims_text import Statement
from assistant.safety.claims_units import UNITS

_LATER = frozenset({"until", "from", "till", "lasts", "last", "due", "by", "valid", "runs", "ends", "expires", "after"})


def numbers_hold(claim: Statement, cells: Sequence[Cell]) -> bool:
    return all(_number_holds(quantity, claim, cells) for quantity in claim.quantities)


def dates_hold(claim: Statement, cells: Sequence[Cell]) -> bool:
    return all(_date_holds(part, claim, cells) for part in claim.dates)


def _number_holds(quantity: Quantity, claim: Statement, cells: Sequence[Cell]) -> bool:
    if quantity.bound != "=" and _is_limit_kept(quantity, claim, cells):
        return True
    holders = [cell for cell in cells if _says_amount(cell, quantity, claim)]
    return any(
        _is_about(cell, claim) and _dates_agree(cell, claim) and not _belongs_elsewhere(cell, quantity, claim, cells)
        for cell in holders
    )


def _says_amount(cell: Cell, quantity: Quantity, claim: Statement) -> bool:
    context = f"{claim.text} {cell.text}"
    return any(same_amount(quantity, source, context) for source in cell.statement.quantities)


def _is_limit_kept(limit: Quantity, claim: Statement, cells: Sequence[Cell]) -> bool:
    """ "above 5.1": the limit stands in the evidence and the subject's own number is past it."""
    about = [cell for cell in cells if claim.says & cell.says and cell.statement.quantities]
    stated = [q for cell in about for q in cell.statement.quantities[1:]]
    stands = any(q.bound == "=" and q.value == limit.value and _kind(q) == _kind(limit) for q in stated)
    own = [cell.statement.quantities[0] for cell in about]
    return stands and all(_is_past(q.value, limit) for q in own if q.bound == "=" and _kind(q) == _kind(limit))


def _is_about(cell: Cell, claim: Statement) -> bool:
    return bool(cell.says & claim.says) or not cell.says


def _dates_agree(cell: Cell, claim: Statement) -> bool:
    if not (claim.dates and cell.dates):
        return True
    return any(part.is_within(theirs) for part in claim.dates for theirs in cell.dates)


def _belongs_elsewhere(cell: Cell, quantity: Quantity, claim: Statement, cells: Sequence[Cell]) -> bool:
    """A word of the claim that this cell lacks stands beside another number of the kind: the two were mixed up."""
    missing = claim.says - cell.says
    for other in cells:
        rivals = [q for q in other.statement.quantities if q.bound == "=" and _kind(q) == _kind(quantity)]
        taken = any(same_amount(mine, q, claim.text) for q in rivals for mine in claim.quantities)
        if rivals and not taken and missing & (other.says - cell.says):
            return True
    return False


def _kind(quantity: Quantity) -> str:
    return UNITS.get(quantity.unit, (quantity.unit, 0.0))[0]


def _date_holds(part: PartDate, claim: Statement, cells: Sequence[Cell]) -> bool:
    holders = [cell for cell in cells if any(part.is_within(source) for source in cell.dates)]
    if any(_is_about(cell, claim) and not _date_belongs_elsewhere(cell, claim, cells) for cell in holders):
        return True
    return bool(_LATER.intersection(claim.words)) and any(part.is_within(later) for later in _later(cells))


def _date_belongs_elsewhere(cell: Cell, claim: Statement, cells: Sequence[Cell]) -> bool:
    missing = claim.says - cell.says
    for other in cells:
        taken = any(mine.is_within(theirs) for mine in claim.dates for theirs in other.dates)
        if other.dates and not taken and missing & (other.says - cell.says):
            return True
    return False


def _later(cells: Sequence[Cell]) -> Iterator[PartDate]:
    for item in {cell.item for cell in cells}:
        mine = [cell for cell in cells if cell.item == item]
        spans = [quantity for cell in mine for quantity in cell.statement.quantities]
        yield from derived_dates([part for cell in mine for part in cell.dates], spans)


def thresholds_hold(claim: Statement, chosen: Sequence[Cell]) -> bool:
    """ "-2.5 or lower means osteoporosis": the claim's own number must be on that side."""
    limits = [q for cell in chosen for q in cell.statement.quantities if q.bound != "="]
    mine = [q for q in claim.quantities if q.bound == "="]
    pairs = ((value, limit) for limit in limits for value in mine if _kind(value) == _kind(limit))
    return all(_is_past(value.value, limit) for value, limit in pairs if value.value != limit.value)


def _is_past(value: float, limit: Quantity) -> bool:
    return value > limit.value if limit.bound in (">", ">=") else value < limit.value
