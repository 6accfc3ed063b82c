"""Seeding, export and the four-eyes workflow on a real database."""

import asyncio
from pathlib import Path

import pytest
from sqlmodel import col, select

from assistant.errors import ContentInvalid, WorkflowRefused
from assistant.library.catalogue import Catalogue
from assistant.library.files import SEED_APPROVER
from assistant.library.parts import APPROVED, SAMPLE
from assistant.library.versions import Seeded, Versions
from assistant.store.clock import FixedClock
from assistant.store.db import Database
from assistant.store.tables import AuditRow, ContentVersion
from assistant.trail import audit
from tests.support.content_tree import put, tree
from tests.unit.library.conftest import Edit

PATH = "education/en/type_2_diabetes.md"
NEW = tree()[PATH].replace("Walking each day helps.", "Moving each day helps.")


async def _approved(versions: Versions, body: str = NEW, path: str = PATH) -> ContentVersion:
    draft = await versions.draft(path, body, "eva", "plainer words")
    await versions.submit(draft.id or 0, "eva")
    return await versions.approve(draft.id or 0, "ana")


async def test_a_first_seed_makes_version_one_of_every_file_a_sample(versions: Versions, folder: Path) -> None:
    done = await versions.seed(folder)
    assert len(done.added) == len(tree())
    (row,) = await versions.history(PATH)
    told = (row.number, row.status, row.author, row.approver, row.kind, row.content_id, row.lang)
    assert told == (1, "approved", "import", SEED_APPROVER, "article", "type_2_diabetes", "en")
    article = (await versions.live()).article("type_2_diabetes", "en")
    assert (article.version, article.status, article.reviewed) == (1, SAMPLE, None)


async def test_seeding_the_same_folder_again_changes_nothing(versions: Versions, folder: Path) -> None:
    await versions.seed(folder)
    assert await versions.seed(folder) == Seeded()


async def test_a_changed_file_becomes_the_next_version_of_the_sample(
    versions: Versions, folder: Path, edit: Edit
) -> None:
    await versions.seed(folder)
    edit(PATH, "Walking", "Moving")
    assert (await versions.seed(folder)).updated == (PATH,)
    assert [(row.number, row.status) for row in await versions.history(PATH)] == [(2, "approved"), (1, "retired")]


async def test_seeding_never_overwrites_what_was_edited_at_the_desk(
    versions: Versions, folder: Path, edit: Edit
) -> None:
    await versions.seed(folder)
    await _approved(versions)
    edit(PATH, "Walking", "Running")
    assert await versions.seed(folder) == Seeded(kept=(PATH,))
    assert "Moving" in (await versions.live()).article("type_2_diabetes", "en").item.passages[1].text


async def test_a_folder_with_one_bad_file_is_not_seeded_at_all(versions: Versions, folder: Path, edit: Edit) -> None:
    edit("labs/hba1c.yaml", "group: sugar", "group: sweets")
    with pytest.raises(ContentInvalid, match=r"labs/hba1c\.yaml:3: group"):
        await versions.seed(folder)
    assert await versions.history(PATH) == ()


async def test_an_export_gives_back_every_byte(versions: Versions, folder: Path, tmp_path: Path) -> None:
    odd = tree()["scripts/cardiac/es.md"].replace("\n", "\r\n") + "\r\n\r\n"
    put(folder, "scripts/cardiac/es.md", odd)
    await versions.seed(folder)
    assert await versions.export(tmp_path / "out") == len(tree())
    for path in tree():
        assert (tmp_path / "out" / path).read_bytes() == (folder / path).read_bytes()


async def test_an_export_seeds_an_empty_database_to_the_same_content(
    versions: Versions, folder: Path, tmp_path: Path
) -> None:
    await versions.seed(folder)
    await _approved(versions)
    await versions.export(tmp_path / "out")
    assert (await versions.seed(tmp_path / "out")) == Seeded()


async def test_an_approved_draft_is_live_with_its_reviewer_and_its_day(
    versions: Versions, folder: Path, clock: FixedClock
) -> None:
    await versions.seed(folder)
    await _approved(versions)
    article = (await versions.live()).article("type_2_diabetes", "en")
    told = (article.version, article.reviewer, article.reviewed, article.status)
    assert told == (2, "ana", clock.now().date(), APPROVED)
    assert [(row.number, row.status) for row in await versions.history(PATH)] == [(2, "approved"), (1, "retired")]


async def test_a_draft_is_seen_by_nobody_until_it_is_approved(versions: Versions, folder: Path) -> None:
    await versions.seed(folder)
    draft = await versions.draft(PATH, NEW, "eva", "plainer words")
    await versions.submit(draft.id or 0, "eva")
    assert [(row.path, row.status) for row in await versions.pending()] == [(PATH, "review")]
    assert (await versions.live()).article("type_2_diabetes", "en").version == 1


async def test_nobody_approves_a_change_of_their_own(versions: Versions, folder: Path) -> None:
    await versions.seed(folder)
    draft = await versions.draft(PATH, NEW, "eva", "plainer words")
    await versions.submit(draft.id or 0, "ana")
    with pytest.raises(WorkflowRefused, match="of their own"):
        await versions.approve(draft.id or 0, "eva")
    assert (await versions.get(draft.id or 0)).status == "review"


async def test_steps_happen_in_order_and_once(versions: Versions, folder: Path) -> None:
    await versions.seed(folder)
    draft = await versions.draft(PATH, NEW, "eva", "plainer words")
    with pytest.raises(WorkflowRefused, match="not in review but draft"):
        await versions.approve(draft.id or 0, "ana")
    await versions.submit(draft.id or 0, "eva")
    with pytest.raises(WorkflowRefused, match="not in draft but review"):
        await versions.submit(draft.id or 0, "eva")
    await versions.approve(draft.id or 0, "ana")
    with pytest.raises(WorkflowRefused, match="not in review but approved"):
        await versions.reject(draft.id or 0, "ana", "too late")
    with pytest.raises(WorkflowRefused, match="no such version"):
        await versions.approve(10_000, "ana")


async def test_two_approvers_at_once_decide_once(versions: Versions, folder: Path) -> None:
    await versions.seed(folder)
    draft = await versions.draft(PATH, NEW, "eva", "plainer words")
    await versions.submit(draft.id or 0, "eva")
    both = await asyncio.gather(
        versions.approve(draft.id or 0, "ana"), versions.approve(draft.id or 0, "bob"), return_exceptions=True
    )
    assert sorted(type(one).__name__ for one in both) == ["ContentVersion", "WorkflowRefused"]


async def test_a_rejected_version_is_kept_with_both_reasons(versions: Versions, folder: Path) -> None:
    await versions.seed(folder)
    draft = await versions.draft(PATH, NEW, "eva", "plainer words")
    await versions.submit(draft.id or 0, "eva")
    await versions.reject(draft.id or 0, "ana", "needs a source")
    newest, seed = await versions.history(PATH)
    assert (newest.status, newest.reason, newest.approver) == ("rejected", "plainer words\nneeds a source", "ana")
    assert (seed.status, await versions.pending()) == ("approved", ())


async def test_an_older_draft_cannot_undo_a_newer_approval(versions: Versions, folder: Path) -> None:
    await versions.seed(folder)
    old = await versions.draft(PATH, NEW, "eva", "plainer words")
    await versions.submit(old.id or 0, "eva")
    await _approved(versions, NEW.replace("Moving", "Dancing"))
    with pytest.raises(WorkflowRefused, match="newer version"):
        await versions.approve(old.id or 0, "ana")


async def test_a_draft_that_cannot_be_read_is_not_stored(versions: Versions, folder: Path) -> None:
    await versions.seed(folder)
    with pytest.raises(ContentInvalid, match="kind"):
        await versions.draft(PATH, NEW.replace("kind: condition", "kind: illness"), "eva", "oops")
    assert len(await versions.history(PATH)) == 1


@pytest.mark.parametrize(
    ("body", "author", "reason"), [(NEW, "eva", " "), (NEW, "import", "x"), (tree()[PATH], "eva", "nothing new")]
)
async def test_a_draft_needs_a_change_a_person_and_a_reason(
    versions: Versions, folder: Path, body: str, author: str, reason: str
) -> None:
    await versions.seed(folder)
    with pytest.raises(WorkflowRefused):
        await versions.draft(PATH, body, author, reason)


async def test_an_approval_that_breaks_another_file_is_refused(versions: Versions, folder: Path) -> None:
    await versions.seed(folder)
    path = "labs/hba1c.yaml"
    with pytest.raises(ContentInvalid, match=r"labs/en/hba1c\.yaml:8: unknown source s1"):
        await _approved(versions, tree()[path].replace("s1", "s5"), path)
    assert [row.status for row in await versions.history(path)] == ["review", "approved"]


async def test_an_approval_must_pass_the_sites_own_checks(database: Database, clock: FixedClock, folder: Path) -> None:
    def compiles(catalogue: Catalogue) -> None:
        for path, data in catalogue.raw("danger"):
            if not isinstance(data, dict) or not data.get("rules"):
                raise ContentInvalid(f"{path}: no rules")

    versions = Versions(database, clock, checks=(compiles,))
    await versions.seed(folder)
    with pytest.raises(ContentInvalid, match="no rules"):
        await _approved(versions, "rules: []\n", "danger/rules.yaml")


async def test_every_step_is_in_the_audit_trail_with_its_person(
    versions: Versions, folder: Path, database: Database
) -> None:
    await versions.seed(folder)
    await _approved(versions)
    async with database.read() as session:
        assert await audit.verify(session) is None
        rows = (await session.execute(select(AuditRow).order_by(col(AuditRow.seq)))).scalars()
        told = [(row.actor, row.action, row.subject) for row in rows]
    assert told == [
        ("import", "content.seeded", "content"),
        ("eva", "content.drafted", f"{PATH}@2"),
        ("eva", "content.submitted", f"{PATH}@2"),
        ("ana", "content.approved", f"{PATH}@2"),
    ]
