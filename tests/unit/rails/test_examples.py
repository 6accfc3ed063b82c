"""Every example in the editors' files does what its file says, through the real NeMo engine."""

import pytest

from assistant.rails import Rails
from assistant.rails.catalog import REPLY_RULES, REQUEST_RULES
from assistant.safety.masking import mask
from tests.support.rail_files import rules

RULES = rules()
OTHERS = ("Robert Miller", "MRN-48213")


def examples(direction: str, kind: str) -> list[tuple[str, str]]:
    found = ((rule.id, getattr(rule, kind)) for rule in RULES.values() if rule.direction == direction)
    return [(rule, text) for rule, texts in found for text in texts if rule != "identifiers"]


def test_there_are_more_than_a_hundred_and_twenty_requests_half_of_them_harmless() -> None:
    blocked, harmless = len(examples("input", "blocks")), len(examples("input", "allows"))
    assert blocked + harmless >= 120
    assert harmless >= 60


def test_every_rail_has_a_file() -> None:
    assert set(RULES) == {*REQUEST_RULES, *REPLY_RULES, "identifiers"}


@pytest.mark.parametrize(("rule", "text"), examples("input", "blocks"))
async def test_a_forbidden_request_is_blocked_with_a_family_that_a_refusal_exists_for(
    rails: Rails, rule: str, text: str
) -> None:
    screened = await rails.screen_input(text)
    assert screened.blocked
    assert screened.rail in {"injection", "prompt_extraction", "other_person", "harm", "scope"}
    assert screened.text == text


@pytest.mark.parametrize(("rule", "text"), examples("input", "allows"))
async def test_a_harmless_look_alike_passes_every_rail(rails: Rails, rule: str, text: str) -> None:
    screened = await rails.screen_input(text)
    assert not screened.blocked, screened.rule


@pytest.mark.parametrize(("rule", "text"), examples("output", "blocks"))
async def test_a_forbidden_reply_is_blocked(rails: Rails, rule: str, text: str) -> None:
    screened = await rails.screen_output(text, "a question", others=OTHERS)
    assert screened.blocked
    assert screened.rail == "claim"


@pytest.mark.parametrize(("rule", "text"), examples("output", "allows"))
async def test_an_approved_sentence_passes_every_rail(rails: Rails, rule: str, text: str) -> None:
    screened = await rails.screen_output(text, "a question", others=OTHERS)
    assert not screened.blocked, screened.rule


@pytest.mark.parametrize("text", RULES["identifiers"].blocks)
async def test_identifiers_are_masked_and_the_message_goes_on(rails: Rails, text: str) -> None:
    screened = await rails.screen_input(text)
    assert not screened.blocked
    assert screened.text == mask(text).text != text


@pytest.mark.parametrize("text", RULES["identifiers"].allows)
async def test_values_dates_and_doses_are_not_identifiers(rails: Rails, text: str) -> None:
    assert (await rails.screen_input(text)).text == text
