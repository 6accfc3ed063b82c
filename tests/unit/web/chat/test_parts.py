"""What the page's elements are given to draw."""

import json

from assistant.turn.reply import Reply
from assistant.web.parts import draw
from tests.support import replies


def names(reply: Reply, case: str | None = None) -> list[str]:
    return [one.name for one in draw(reply, str, case)]


def test_parts_keep_their_order_and_words_between_cards_become_one_element() -> None:
    assert names(replies.EXPLAINED) == ["ResultCard", "Answer", "ReplyFoot"]


def test_an_emergency_card_carries_its_case_so_that_progress_can_be_shown_on_it() -> None:
    card, _foot = draw(Reply("en", (replies.EMERGENCY,)), str, "case-1")
    assert (card.name, card.props["case"], card.props["call"]) == ("EmergencyCard", "case-1", "tel:911")


def test_a_case_without_a_card_of_its_own_gets_a_quiet_status_line() -> None:
    assert names(replies.HEADED, "case-1") == ["Answer", "CaseStatus", "ReplyFoot"]


def test_the_foot_knows_how_many_parts_must_be_drawn_before_the_plain_text_may_go() -> None:
    drawn = draw(replies.EXPLAINED, str)
    assert drawn[-1].props["parts"] == len(drawn)


def test_only_explanations_can_be_rated() -> None:
    assert draw(replies.EXPLAINED, str)[-1].props["ratable"] is True
    assert draw(Reply("en", (replies.EMERGENCY,)), str)[-1].props["ratable"] is False


def test_dates_are_written_in_the_language_of_the_reply() -> None:
    spanish = Reply("es", (replies.HBA1C,))
    assert [point["when"] for point in draw(spanish, str)[0].props["points"]][-1].startswith("3 nov")


def test_everything_can_be_sent_as_json() -> None:
    for reply in (replies.EXPLAINED, Reply("en", (replies.CHECK, replies.CRISIS, replies.PLAIN))):
        json.dumps([one.props for one in draw(reply, str, "c")])
