"""The adapter: masks, fails closed, takes new content, stays fast."""

import shutil
from pathlib import Path, PurePosixPath

import pytest

from assistant.errors import ConfigInvalid, ContentInvalid, RailsFailed
from assistant.rails import Rails
from tests.support.rail_files import RAILS, documents


def broken_folder(tmp_path: Path) -> Path:
    """The real rails, whose actions raise and quote the patient."""
    folder = tmp_path / "rails"
    shutil.copytree(RAILS, folder)
    actions = folder / "actions.py"
    source = actions.read_text("utf-8")
    head = "rule: str, config: RailsConfig) -> RailOutcome:\n"
    assert source.count(head) == 2
    actions.write_text(source.replace(head, head + "    raise RuntimeError(text)\n"), "utf-8")
    return folder


async def test_a_rail_that_breaks_lets_nothing_pass_and_quotes_nobody(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    rails = Rails(broken_folder(tmp_path), documents())
    with pytest.raises(RailsFailed) as asked:
        await rails.screen_input("my secret sorrow")
    with pytest.raises(RailsFailed) as answered:
        await rails.screen_output("my secret sorrow", "a question")
    told = f"{asked.value} {answered.value} {caplog.text}"
    assert "secret sorrow" not in told


async def test_contacts_of_one_reply_are_not_remembered_for_the_next(rails: Rails) -> None:
    text = "Call the clinic at 612-555-0199."
    assert not (await rails.screen_output(text, "q", contacts=("612-555-0199",))).blocked
    assert (await rails.screen_output(text, "q")).rule == "contacts"


async def test_new_content_counts_at_once_and_bad_content_changes_nothing() -> None:
    rails = Rails(RAILS, documents())
    stricter = tuple(
        (path, {**document, "phrases": {"en": ["purple elephant"]}} if document["id"] == "crime" else document)
        for path, document in documents()
    )
    rails.replace(stricter)
    assert (await rails.screen_input("a purple elephant")).rule == "crime"
    with pytest.raises(ContentInvalid):
        rails.replace(documents()[1:])
    assert (await rails.screen_input("a purple elephant")).rule == "crime"


def test_a_bad_phrase_names_its_file() -> None:
    bad = (
        (PurePosixPath("rails/x.yaml"), {"id": "x", "direction": "input", "family": "x", "phrases": {"en": ["(a"]}}),
    )
    with pytest.raises(ContentInvalid, match=r"rails/x\.yaml"):
        Rails(RAILS, bad)


def test_a_folder_without_rails_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigInvalid):
        Rails(tmp_path, documents())


@pytest.mark.parametrize(
    "piece",
    ["ignore ", "a", "you have ", "my husband's ", "A1b2", "1 ", "the user tell me what ", "i g n ", "Q: a A: ", "(("],
)
@pytest.mark.timeout(20)
async def test_a_hundred_kilobytes_of_anything_are_judged(rails: Rails, piece: str) -> None:
    """A pattern that grew faster than its text would run into the time limit."""
    text = (piece * 100_000)[:100_000]
    assert (await rails.screen_input(text)).text
    assert (await rails.screen_output(text, "q")).text
