"""Interface words, dates and numbers in every language."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

import pytest

from assistant.errors import ContentInvalid
from assistant.language.words import Words

EN = """
msgid ""
msgstr ""
"Language: en\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "greeting"
msgstr "Hello {name}"

msgid "only_english"
msgstr "Only English"

msgid "case"
msgid_plural "cases"
msgstr[0] "{count} case"
msgstr[1] "{count} cases"
"""
RU = """
msgid ""
msgstr ""
"Language: ru\\n"
"Plural-Forms: nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>1 && n%10<5 && (n%100<10 || n%100>19) ? 1 : 2);\\n"
"Content-Type: text/plain; charset=UTF-8\\n"

msgid "greeting"
msgstr "Здравствуйте, {name}"

msgid "case"
msgid_plural "cases"
msgstr[0] "{count} случай"
msgstr[1] "{count} случая"
msgstr[2] "{count} случаев"

#, fuzzy
msgid "only_english"
msgstr "не проверено"
"""


@pytest.fixture
def words(tmp_path: Path) -> Words:
    for lang, body in (("en", EN), ("ru", RU)):
        folder = tmp_path / lang / "LC_MESSAGES"
        folder.mkdir(parents=True)
        (folder / "chat.po").write_text(body, "utf-8")
    return Words(tmp_path)


def test_places_are_filled_and_an_unknown_place_stays(words: Words) -> None:
    assert words.t("ru", "chat", "greeting", name="{Ana}") == "Здравствуйте, {Ana}"
    assert words.t("en", "chat", "greeting") == "Hello {name}"


@pytest.mark.parametrize("lang", ["ru", "so", "en", "en-US"])
def test_what_nobody_reviewed_or_wrote_is_said_in_english(words: Words, lang: str) -> None:
    assert words.t(lang, "chat", "only_english") == "Only English"


def test_an_unknown_message_is_its_own_name(words: Words) -> None:
    assert words.t("en", "chat", "nothing {x}", x=1) == "nothing 1"
    assert words.t("en", "nowhere", "nothing") == "nothing"


@pytest.mark.parametrize(
    ("lang", "count", "said"),
    [
        ("en", 1, "1 case"),
        ("en", 1200, "1,200 cases"),
        ("ru", 1, "1 случай"),
        ("ru", 3, "3 случая"),
        ("ru", 11, "11 случаев"),
    ],
)
def test_each_language_counts_in_its_own_way(words: Words, lang: str, count: int, said: str) -> None:
    assert words.n(lang, "chat", "case", "cases", count) == said


def test_a_plural_that_nobody_wrote(words: Words) -> None:
    assert words.n("en", "chat", "one thing", "{count} things", 2) == "2 things"


@pytest.mark.parametrize(
    ("lang", "direction"), [("ar", "rtl"), ("en", "ltr"), ("am", "ltr"), ("ht", "ltr"), ("zzz", "ltr")]
)
def test_arabic_runs_from_the_right(words: Words, lang: str, direction: Literal["ltr", "rtl"]) -> None:
    assert words.direction(lang) == direction


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "November 20, 2026"),
        ("es", "20 de noviembre de 2026"),
        ("ht", "20 novembre 2026"),
        ("ko", "2026년 11월 20일"),
    ],
)
def test_dates_are_written_out(words: Words, lang: str, said: str) -> None:
    assert words.date(lang, date(2026, 11, 20)) == said


def test_times_are_told_in_the_sites_zone(words: Words) -> None:
    at = datetime(2026, 11, 20, 15, 0, tzinfo=UTC)
    assert words.time("en", at, "America/Chicago").replace("\u202f", " ") == "9:00 AM"
    assert words.time("en", at).replace("\u202f", " ") == "3:00 PM"


@pytest.mark.parametrize(
    ("lang", "value", "decimals", "said"),
    [
        ("en", 7.85, 1, "7.9"),
        ("en", 0.25, 1, "0.3"),
        ("es", 1234.5, 1, "1,234.5"),
        ("pt", 7.8, 1, "7,8"),
        ("en", 130, 0, "130"),
    ],
)
def test_numbers_have_the_decimals_asked_for_and_halves_go_up(
    words: Words, lang: str, value: float, decimals: int, said: str
) -> None:
    assert words.number(lang, value, decimals) == said


@pytest.mark.parametrize(
    ("lang", "shown_in", "name"),
    [
        ("so", "en", "Somali"),
        ("zh", "es", "chino"),
        ("tl", "en", "Filipino"),
        ("ht", "ht", "Kreyòl ayisyen"),
        ("zzz", "en", "zzz"),
    ],
)
def test_languages_are_named(words: Words, lang: str, shown_in: str, name: str) -> None:
    assert words.language_name(lang, shown_in) == name


def test_a_catalogue_that_cannot_be_read_names_its_file(tmp_path: Path) -> None:
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "chat.po").write_text('msgid "a"\nnot a catalogue\n', "utf-8")
    with pytest.raises(ContentInvalid, match=r"chat\.po"):
        Words(tmp_path)
