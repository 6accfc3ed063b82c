"""Replaces identifiers that a model or a log has no need for. Values of tests, dates and times stay."""

import re
from dataclasses import dataclass

_SSN = re.compile(r"(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])")
_SAID_SSN = re.compile(
    r"(?i)\b(?:ssn|social security(?: number)?|seguro social)\b\D{0,12}(\d{3}[ .-]?\d{2}[ .-]?\d{4})(?!\d)"
)
_CARD = re.compile(r"(?<![\d.-])\d(?:[ -]?\d){12,18}(?![\d-])")
_EMAIL = re.compile(r"(?<![\w.+-])[\w+-][\w.+-]{0,63}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_US_PHONE = re.compile(r"(?<![\d.-])(?:\+?1[ .-]?)?(?:\(\d{3}\) ?|\d{3}[ .-])\d{3}[ .-]\d{4}(?![\d-])")
_WORLD_PHONE = re.compile(r"(?<![\w+])\+\d{1,3}(?:[ .-]?\(?\d{2,4}\)?){2,5}(?!\d)")

_KINDS = (("email", _EMAIL), ("ssn", _SSN), ("card", _CARD), ("phone", _WORLD_PHONE), ("phone", _US_PHONE))


@dataclass(frozen=True, slots=True)
class Masked:
    """`kinds` names what was replaced, each once: ssn, card, email, phone."""

    text: str
    kinds: tuple[str, ...]


def mask(text: str) -> Masked:
    """Every identifier becomes its kind in square brackets."""
    kinds: list[str] = []
    masked = text
    for kind, pattern in (
        ("email", _EMAIL),
        ("ssn", _SSN),
        ("card", _CARD),
        ("phone", _WORLD_PHONE),
        ("phone", _US_PHONE),
    ):
        masked = _replace(kind, pattern, masked, kinds)
    masked = _replace_said(masked, kinds)
    return Masked(masked, tuple(dict.fromkeys(kinds)))


def _replace(kind: str, pattern: re.Pattern[str], text: str, kinds: list[str]) -> str:
    def swap(found: re.Match[str]) -> str:
        if kind == "card" and not _luhn(found.group()):
            return found.group()
        kinds.append(kind)
        return f"[{kind}]"

    return pattern.sub(swap, text)


def _replace_said(text: str, kinds: list[str]) -> str:
    """A number of nine digits without dashes counts only where the words say what it is."""

    def swap(found: re.Match[str]) -> str:
        kinds.append("ssn")
        return found.group().replace(found.group(1), "[ssn]")

    return _SAID_SSN.sub(swap, text)


def _luhn(run: str) -> bool:
    """The check digit of payment cards (ISO/IEC 7812-1)."""
    digits = [int(char) for char in run if char.isdigit()][::-1]
    doubled = (sum(divmod(2 * digit, 10)) for digit in digits[1::2])
    return (sum(digits[::2]) + sum(doubled)) % 10 == 0
