"""The desk: nothing that a patient reads changes without a reason, a second person and a look at the effects."""

import re
from datetime import timedelta

import pytest
from sqlmodel import col, select

from assistant.errors import ContentInvalid
from assistant.library.catalogue import Catalogue
from assistant.people.roles import Role
from assistant.store.tables import ContentVersion
from tests.support.staff_site import Browser, StaffSite


async def living(staff: StaffSite, path: str) -> ContentVersion:
    return next(row for row in await staff.services.versions.history(path) if row.status == "approved")


async def handed_in(staff: StaffSite, editor: Browser, path: str, old: str, new: str) -> int:
    """A change of the living text, handed in by an editor; the number of its version."""
    body = (await living(staff, path)).body
    assert old in body
    fields = {"body": body.replace(old, new, 1).replace("\n", "\r\n"), "reason": "Say it plainer", "act": "submit"}
    answer = await editor.post(f"/desk/edit/{path}", partial=False, **fields)
    assert answer.status_code == 303, answer.text
    return int(answer.headers["location"].rsplit("/", 1)[1])


async def status(staff: StaffSite, number: int) -> str:
    return (await staff.services.versions.get(number)).status


async def test_the_list_says_honestly_what_is_a_sample_and_in_which_languages(staff: StaffSite) -> None:
    page = (await (await staff.browser(Role.EDITOR)).get("/desk?folder=labs&search=calcium")).text
    row = page.split("<tbody>")[1]
    assert "sample, not clinically reviewed" in row
    assert "No clinician of this institution has reviewed them" in page
    assert "/desk/item/labs/es/calcium.yaml" in row
    assert "labs/albumin" not in row


async def test_a_change_is_read_in_its_place_and_nothing_lives_yet(staff: StaffSite) -> None:
    editor = await staff.browser(Role.EDITOR, "Omar Nasser")
    number = await handed_in(staff, editor, "labs/en/tsh.yaml", "thyroid", "thyroid gland")
    page = (await (await staff.browser(Role.APPROVER)).get(f"/desk/version/{number}")).text
    assert re.search(r"<ins>[^<]*gland[^<]*</ins>", page)
    assert "Say it plainer" in page
    assert "Omar Nasser" in page
    assert "\r" not in (await staff.services.versions.get(number)).body
    assert await status(staff, number) == "review"
    assert (await living(staff, "labs/en/tsh.yaml")).number == 1


async def test_approving_needs_a_look_at_the_effects_first(staff: StaffSite) -> None:
    editor, approver = await staff.browser(Role.EDITOR), await staff.browser(Role.APPROVER)
    number = await handed_in(staff, editor, "labs/en/ferritin.yaml", "iron", "iron store")
    refused = await approver.post(f"/desk/version/{number}/approve")
    assert refused.status_code == 409
    assert "Look first at what will change" in refused.text
    shown = await approver.post(f"/desk/version/{number}/effects")
    assert "Sentences that change" in shown.text
    answer = await approver.post(f"/desk/version/{number}/approve")
    assert "The next answer uses this version" in answer.text
    lab = staff.services.shelf.current.lab("ferritin")
    assert lab is not None
    assert "iron store" in lab.words("en").item.model_dump_json()
    assert lab.words("en").version == 2


async def test_nobody_approves_a_change_of_their_own(staff: StaffSite) -> None:
    admin = await staff.browser(Role.ADMIN)
    number = await handed_in(staff, admin, "labs/en/tsh.yaml", "thyroid", "thyroid organ")
    page = await admin.post(f"/desk/version/{number}/effects")
    assert "You wrote this change" in page.text
    answer = await admin.post(f"/desk/version/{number}/approve")
    assert (answer.status_code, await status(staff, number)) == (409, "review")
    assert "nobody approves a change of their own" in answer.text


async def test_a_version_is_sent_back_with_words(staff: StaffSite) -> None:
    editor, approver = await staff.browser(Role.EDITOR), await staff.browser(Role.APPROVER)
    number = await handed_in(staff, editor, "labs/en/tsh.yaml", "thyroid", "throat gland")
    assert (await approver.post(f"/desk/version/{number}/reject", reason=" ")).status_code == 409
    page = (await approver.post(f"/desk/version/{number}/reject", reason="Thyroid is the word people know")).text
    assert "Thyroid is the word people know" in page
    assert await status(staff, number) == "rejected"


async def test_a_version_that_cannot_be_put_to_use_changes_nothing(staff: StaffSite) -> None:
    editor, approver = await staff.browser(Role.EDITOR), await staff.browser(Role.APPROVER)
    path = "labs/en/sodium.yaml"
    number = await handed_in(staff, editor, path, "salt", "salt level")
    await approver.post(f"/desk/version/{number}/effects")

    async def broken(catalogue: Catalogue) -> None:
        raise ContentInvalid("labs/en/sodium.yaml:3: the index refuses it")

    staff.services.shelf.on_change(broken)
    try:
        answer = await approver.post(f"/desk/version/{number}/approve")
    finally:
        staff.services.shelf._prepare.remove(broken)
    assert answer.status_code == 409
    assert "the index refuses it" in answer.text
    assert await status(staff, number) == "rejected"
    assert (await living(staff, path)).number == 1
    assert staff.services.shelf.current.entries[path].version == 1


async def test_a_faulty_text_names_its_lines_and_is_not_kept(staff: StaffSite) -> None:
    editor, path = await staff.browser(Role.EDITOR), "labs/en/sodium.yaml"
    body = (await living(staff, path)).body.replace("plain_name:", "plain_nam:")
    line = next(at for at, text in enumerate(body.splitlines(), 1) if text.startswith("plain_nam:"))
    shown = await editor.post(f"/desk/preview/{path}", body=body)
    assert f'data-line="{line}"' in shown.text
    before = len(await staff.services.versions.history(path))
    answer = await editor.post(f"/desk/edit/{path}", partial=False, body=body, reason="a slip", act="submit")
    assert answer.status_code == 422
    assert f"{path}:{line}:" in answer.text
    assert "plain_nam:" in answer.text
    assert len(await staff.services.versions.history(path)) == before


async def test_a_change_needs_a_reason(staff: StaffSite) -> None:
    editor, path = await staff.browser(Role.EDITOR), "labs/en/sodium.yaml"
    body = (await living(staff, path)).body.replace("salt", "salts", 1)
    answer = await editor.post(f"/desk/edit/{path}", partial=False, body=body, reason=" ", act="draft")
    assert answer.status_code == 422
    assert "needs a reason" in answer.text


async def test_the_preview_reads_as_a_patient_would_and_runs_nothing(staff: StaffSite) -> None:
    editor, path = await staff.browser(Role.EDITOR), "scripts/cardiac/en.md"
    body = (await living(staff, path)).body
    page = (await editor.post(f"/desk/preview/{path}", body=body)).text
    assert "Call 911" in page
    assert "{emergency_number}" not in page
    attacked = (await editor.post(f"/desk/preview/{path}", body=body + "\n<script>alert(1)</script>\n")).text
    assert "<script>" not in attacked


async def test_a_changed_danger_rule_is_played_on_every_stored_message(staff: StaffSite) -> None:
    editor, approver = await staff.browser(Role.EDITOR), await staff.browser(Role.APPROVER)
    path = "danger/rules/suicide.yaml"
    number = await handed_in(staff, editor, path, "urgency: crisis", "urgency: urgent")
    page = (await approver.post(f"/desk/version/{number}/effects")).text
    assert "Stored messages re-run" in page
    assert "Known dangers that would be missed" in page


async def test_a_changed_question_example_is_tried_on_every_question(staff: StaffSite) -> None:
    editor, approver = await staff.browser(Role.EDITOR), await staff.browser(Role.APPROVER)
    path = "intents/en/smalltalk.yaml"
    number = await handed_in(staff, editor, path, "examples:\n", "examples:\n  - good day to you my friend\n")
    page = (await approver.post(f"/desk/version/{number}/effects")).text
    assert "Stored questions re-run" in page


async def test_what_does_not_fit_to_the_rest_is_said_before_anybody_approves(staff: StaffSite) -> None:
    editor, approver = await staff.browser(Role.EDITOR), await staff.browser(Role.APPROVER)
    number = await handed_in(staff, editor, "labs/tsh.yaml", "related: [", "related: [no_such_test, ")
    page = (await approver.post(f"/desk/version/{number}/effects")).text
    assert "It cannot be used as it is" in page
    assert "unknown related lab no_such_test" in page
    answer = await approver.post(f"/desk/version/{number}/approve")
    assert "does not fit to the other content" in answer.text
    assert await status(staff, number) == "review"


async def test_a_translation_is_stale_once_the_english_has_changed(staff: StaffSite) -> None:
    editor, approver = await staff.browser(Role.EDITOR), await staff.browser(Role.APPROVER)
    number = await handed_in(staff, editor, "labs/en/calcium.yaml", "measures the calcium", "counts the calcium")
    staff.clock.move(timedelta(minutes=1))
    await approver.post(f"/desk/version/{number}/effects")
    await approver.post(f"/desk/version/{number}/approve")
    page = (await editor.get("/desk/item/labs/en/calcium.yaml")).text
    assert 'class="lang lang--stale" href="/desk/item/labs/es/calcium.yaml"' in page


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.APPROVER])
async def test_who_does_not_edit_reads_only(staff: StaffSite, role: Role) -> None:
    reader, path = await staff.browser(role), "labs/en/sodium.yaml"
    assert (await reader.get(f"/desk/item/{path}")).status_code == 200
    assert (await reader.get(f"/desk/edit/{path}")).status_code == 403
    answer = await reader.post(f"/desk/edit/{path}", partial=False, body="id: sodium", reason="mine", act="draft")
    assert answer.status_code == 403


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.EDITOR])
async def test_who_does_not_approve_decides_nothing(staff: StaffSite, role: Role) -> None:
    number = await handed_in(staff, await staff.browser(Role.EDITOR), "labs/en/tsh.yaml", "thyroid", f"thyroid {role}")
    reader = await staff.browser(role)
    assert (await reader.get(f"/desk/version/{number}")).status_code == 200
    for act in ("approve", "reject"):
        assert (await reader.post(f"/desk/version/{number}/{act}", reason="because")).status_code == 403
    assert await status(staff, number) == "review"


@pytest.mark.parametrize("role", [Role.PATIENT, Role.NURSE])
async def test_the_desk_is_closed_to_everybody_else(staff: StaffSite, role: Role) -> None:
    assert (await (await staff.browser(role)).get("/desk")).status_code == 403


async def test_a_form_without_the_secret_changes_nothing(staff: StaffSite) -> None:
    editor, path = await staff.browser(Role.EDITOR), "labs/en/sodium.yaml"
    answer = await editor.client.post(f"/desk/edit/{path}", data={"body": "x", "reason": "y"})
    assert answer.status_code == 403


@pytest.mark.parametrize(
    "path", ["/desk/item/../../etc/passwd", "/desk/item/labs/en/nothing.txt", "/desk/version/999999"]
)
async def test_what_is_no_content_is_not_found(staff: StaffSite, path: str) -> None:
    assert (await (await staff.browser(Role.EDITOR)).get(path)).status_code == 404


async def test_every_version_is_kept_with_its_author(staff: StaffSite) -> None:
    query = select(ContentVersion).where(col(ContentVersion.path) == "labs/en/ferritin.yaml")
    async with staff.services.database.read() as session:
        versions = list((await session.execute(query)).scalars())
    page = (await (await staff.browser(Role.AUDITOR)).get("/desk/item/labs/en/ferritin.yaml")).text
    assert all(f"Version {version.number}" in page for version in versions)
    assert "the shipped sample" in page
