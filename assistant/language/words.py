"""Interface and system words: gettext catalogues, dates and numbers, all read at start."""

from collections.abc import Mapping
from datetime import date, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal
from gettext import c2py
from pathlib import Path
from types import MappingProxyType
from typing import Literal
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_datetime, format_time
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from assistant.errors import ContentInvalid

FALLBACK = "en"
_LOCALES = {"en": "en_US", "es": "es_US", "zh": "zh_Hans", "tl": "fil", "pt": "pt_BR"}
_OWN_NAMES = {"ht": "Kreyòl ayisyen"}
_CODES = {"tl": "fil"}
"""What Babel's CLDR lacks or calls otherwise."""


class Words:
    """`locales/<lang>/LC_MESSAGES/<domain>.po` below a folder. What a language lacks is said in English."""

    def __init__(self, folder: Path) -> None:
        """Raises `ContentInvalid` naming a file that cannot be read."""
        found = {(path.parts[-3], path.stem): _catalogue(path) for path in sorted(folder.glob("*/LC_MESSAGES/*.po"))}
        self._catalogues: Mapping[tuple[str, str], Catalog] = MappingProxyType(found)

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that have any catalogue."""
        return tuple(sorted({lang for lang, _ in self._catalogues}))

    def t(self, lang: str, domain: str, msgid: str, **values: object) -> str:
        """The text with its `{places}` filled; the msgid itself where nobody wrote one."""
        return _filled(self._find(lang, domain, msgid, None), values)

    def n(self, lang: str, domain: str, singular: str, plural: str, count: int, **values: object) -> str:
        """The form that the language uses for `count`; `{count}` is filled too."""
        text = self._find(lang, domain, singular, (plural, count))
        return _filled(text, {"count": self.number(lang, count, 0), **values})

    def direction(self, lang: str) -> Literal["ltr", "rtl"]:
        return "rtl" if locale_of(lang).text_direction == "rtl" else "ltr"

    def language_name(self, lang: str, shown_in: str) -> str:
        """The name of a language in another one; its code where nobody knows it."""
        if lang == shown_in and lang in _OWN_NAMES:
            return _OWN_NAMES[lang]
        return str(locale_of(shown_in).languages.get(_CODES.get(lang, lang), lang))

    def date(self, lang: str, day: date) -> str:
        """Day, month as a word, year."""
        return format_date(day, format="long", locale=locale_of(lang))

    def time(self, lang: str, at: datetime, zone: str | tzinfo | None = None) -> str:
        """Hour and minute, in `zone` where one is given, else as `at` says."""
        return format_time(_in_zone(at, zone), format="short", locale=locale_of(lang))

    def datetime(self, lang: str, at: datetime, zone: str | tzinfo | None = None) -> str:
        return format_datetime(_in_zone(at, zone), format="medium", locale=locale_of(lang))

    def number(self, lang: str, value: float, decimals: int) -> str:
        """Exactly `decimals` digits after the sign; a half is rounded up, as laboratories do."""
        rounded = Decimal(str(value)).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        pattern = "#,##0" + (f".{'0' * decimals}" if decimals else "")
        return format_decimal(rounded, format=pattern, locale=locale_of(lang))

    def _find(self, lang: str, domain: str, msgid: str, plural: tuple[str, int] | None) -> str:
        for tried in dict.fromkeys((lang, lang.split("-")[0], FALLBACK)):
            catalogue = self._catalogues.get((tried, domain))
            if catalogue and (text := _written(catalogue, msgid, plural)):
                return text
        return msgid if plural is None or plural[1] == 1 else plural[0]


def locale_of(lang: str) -> Locale:
    """The locale whose dates and numbers a language uses; English where Babel knows none (Haitian Creole: French)."""
    if lang == "ht":
        return Locale.parse("fr")
    try:
        return Locale.parse(_LOCALES.get(lang, lang.replace("-", "_")))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(_LOCALES[FALLBACK])


def _catalogue(path: Path) -> Catalog:
    try:
        with path.open("rb") as file:
            return read_po(file, locale=None, abort_invalid=True)
    except (PoFileError, ValueError, OSError) as error:
        raise ContentInvalid(f"{path}: {error}") from error


def _written(catalogue: Catalog, msgid: str, plural: tuple[str, int] | None) -> str:
    message = catalogue.get(msgid)
    if message is None or message.fuzzy:
        return ""
    if isinstance(message.string, str):
        return message.string
    forms = tuple(message.string or ("",))
    count = 1 if plural is None else plural[1]
    return forms[min(c2py(catalogue.plural_expr)(count), len(forms) - 1)]


def _filled(text: str, values: Mapping[str, object]) -> str:
    for name, value in values.items():
        text = text.replace(f"{{{name}}}", str(value))
    return text


def _in_zone(at: datetime, zone: str | tzinfo | None) -> datetime:
    if zone is None:
        return at
    return at.astimezone(ZoneInfo(zone) if isinstance(zone, str) else zone)
