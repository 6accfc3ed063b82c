"""The plain text of a reply: complete, cited, and never taken for Markdown."""

import pytest

from assistant.turn.reply import Reply
from assistant.web.body import body, escape, phone_link, spoken
from tests.support import replies


@pytest.mark.parametrize(
    ("text", "escaped"),
    [
        ("below 5.7 %", "below 5.7 %"),
        ("a*b_c`d", r"a\*b\_c\`d"),
        ("<b>bold</b>", r"\<b>bold\</b>"),
        ("[link](https://x.example)", r"[link\](https://x.example)"),
        ("# not a heading", r"\# not a heading"),
        ("- not a list\n1. nor this", "\\- not a list\n\\1. nor this"),
        ("note:danger", r"note\:danger"),
        ("at 10:39", "at 10:39"),
    ],
)
def test_what_looks_like_markdown_is_shown_as_it_is(text: str, escaped: str) -> None:
    assert escape(text) == escaped


@pytest.mark.parametrize(
    ("number", "link"),
    [
        ("911", "tel:911"),
        ("+1 612 555 0100", "tel:+16125550100"),
        ("sms:988", "sms:988"),
        ("https://chat.example", "https://chat.example"),
    ],
)
def test_a_number_becomes_an_address_that_a_telephone_dials(number: str, link: str) -> None:
    assert phone_link(number) == link


def test_an_emergency_is_complete_as_plain_text() -> None:
    text = body(Reply("en", (replies.EMERGENCY,)))
    card = replies.EMERGENCY
    assert all(words in text for words in (card.title, *card.steps, card.told))
    assert "[Call 911](tel:911)" in text


def test_every_sentence_carries_its_sources_label_and_the_sources_are_named() -> None:
    text = body(replies.EXPLAINED)
    for sentence in replies.EXPLAINED.sentences:
        assert f"{sentence.text} [{sentence.source.label}]" in text
    assert "[1] HbA1c · A public library" in text


def test_the_voice_reads_words_without_labels() -> None:
    text = spoken(replies.EXPLAINED)
    assert "Your HbA1c on 3 November was 7.8 %. The lab" in text
    assert "[1]" not in text
