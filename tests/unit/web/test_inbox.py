"""The inbox: what nurses see, what they do, who is first, and what nobody else may."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from assistant.care.broker import RESYNC
from assistant.people.roles import Role
from assistant.safety.verdict import Urgency
from assistant.store.ids import CaseId
from assistant.store.tables import AuditRow, Case, Message
from assistant.web.inbox_events import stream
from assistant.web.staff import Staff
from tests.support.staff_site import Browser, StaffSite

RULE: dict[str, Any] = {
    "rule": "cardiac.pressure_with_company",
    "source": "Warning Signs of a Heart Attack https://www.heart.org/en/warning-signs",
    "evidence": {"spans": [[3, 23]], "reason": "Pressure in the chest.", "on": "typed", "script": "cardiac"},
}


async def now(staff: StaffSite, case: Case) -> Case:
    found = await staff.services.cases.get(CaseId(case.id))
    assert found is not None
    return found


async def claimed(nurse: Browser, case: Case) -> None:
    assert (await nurse.post(f"/inbox/{case.id}/claim", version=case.version)).status_code == 200


async def test_a_row_reads_without_opening(staff: StaffSite) -> None:
    case = await staff.case(lang="es", words="Hace una hora siento presión aquí", **RULE)
    page = (await (await staff.browser(Role.NURSE)).get("/inbox")).text
    row = page.split(f'id="row-{case.id}"')[1].split("</li>")[0]
    for words in ("Emergency", "Rosa Alvarez", "58", "Español", "siento presión", "Pressure in the chest", "5:00 left"):
        assert words in row


async def test_the_list_is_sorted_by_urgency_then_by_the_time_left(staff: StaffSite) -> None:
    later = await staff.case(at=staff.clock.now() + timedelta(minutes=1))
    routine = await staff.case(Urgency.ROUTINE, at=staff.clock.now() - timedelta(days=2))
    sooner = await staff.case(Urgency.CRISIS, at=staff.clock.now() - timedelta(minutes=1))
    page = (await (await staff.browser(Role.NURSE)).get("/inbox")).text
    places = [page.index(f"row-{case.id}") for case in (sooner, later, routine)]
    assert places == sorted(places)
    assert "over</time>" in page.split(f"row-{routine.id}")[1]


async def test_a_case_shows_words_evidence_reason_source_and_record(staff: StaffSite) -> None:
    case = await staff.case(words="my chest feels tight and heavy", translation="(the English pivot)", **RULE)
    page = (await (await staff.browser(Role.NURSE)).get(f"/inbox/{case.id}")).text
    assert "<mark>chest feels tight an</mark>" in page
    assert "machine translation" in page
    assert "<code>cardiac.pressure_with_company</code>" in page
    assert 'href="https://www.heart.org/en/warning-signs"' in page
    assert 'href="tel:+16125550144"' in page
    assert "Own record" in page
    assert "Penicillin" in page
    assert "critically" in page or "high" in page


async def test_what_a_patient_typed_is_never_markup(staff: StaffSite) -> None:
    attack = "<script>alert(1)</script> <img src=x onerror=alert(2)> ' \" hx-get=/x"
    case = await staff.case(words=attack, evidence={"spans": [[0, 8]], "reason": "<b>reason</b>"})
    body = f"**bold** {attack} [x](javascript:1)"
    async with staff.services.database.write() as session:
        session.add(Message(id="x-1", thread_id=case.thread_id, kind="assistant_message", body=body))
    nurse = await staff.browser(Role.NURSE)
    for page in ((await nurse.get(f"/inbox/{case.id}")).text, (await nurse.get("/inbox")).text):
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "<b>reason" not in page
        assert "javascript:" not in page.replace("[x](javascript:1)", "")


async def test_of_two_nurses_who_claim_at_once_exactly_one_wins(staff: StaffSite) -> None:
    case = await staff.case()
    nina, sam = await staff.browser(Role.NURSE, "Nina Brooks"), await staff.browser(Role.NURSE, "Sam Okafor")
    answers = await asyncio.gather(*(nurse.post(f"/inbox/{case.id}/claim", version=1) for nurse in (nina, sam)))
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    won = (await now(staff, case)).assignee_id
    loser, winner = (answers[0], "Sam Okafor") if won == sam.id else (answers[1], "Nina Brooks")
    assert f"{winner} was first and has this case" in loser.text


async def test_a_reply_is_in_the_chat_and_says_when_it_will_be_read(staff: StaffSite) -> None:
    case, nurse = await staff.case(), await staff.browser(Role.NURSE)
    await claimed(nurse, case)
    answer = await nurse.post(f"/inbox/{case.id}/reply", version=2, text="Help is on its way <3")
    assert "seen at the next visit" in answer.text
    assert "data-sent" in answer.text
    assert "Help is on its way &lt;3" in answer.text
    query = select(Message).where(Message.thread_id == case.thread_id).order_by(col(Message.created_at).desc())
    async with staff.services.database.read() as session:
        newest = (await session.execute(query.limit(1))).scalar_one()
    assert newest.body == "Help is on its way <3"


async def test_who_answers_an_open_case_has_it(staff: StaffSite) -> None:
    case, nurse = await staff.case(), await staff.browser(Role.NURSE)
    await nurse.post(f"/inbox/{case.id}/reply", version=1, text="I am looking at it")
    assert ((await now(staff, case)).assignee_id, (await now(staff, case)).status) == (nurse.id, "replied")


async def test_a_reply_that_lost_the_race_is_not_sent(staff: StaffSite) -> None:
    case, nurse = await staff.case(), await staff.browser(Role.NURSE)
    other = await staff.browser(Role.NURSE, "Sam Okafor")
    await claimed(other, case)
    answer = await nurse.post(f"/inbox/{case.id}/reply", version=1, text="my words")
    assert answer.status_code == 409
    assert "Sam Okafor was first" in answer.text
    assert "data-sent" not in answer.text


@pytest.mark.parametrize(
    ("act", "fields"), [("reply", {"version": 2, "text": " "}), ("close", {"version": 2}), ("note", {})]
)
async def test_what_is_missing_is_asked_for(staff: StaffSite, act: str, fields: dict[str, Any]) -> None:
    case, nurse = await staff.case(), await staff.browser(Role.NURSE)
    await claimed(nurse, case)
    assert (await nurse.post(f"/inbox/{case.id}/{act}", **fields)).status_code == 422
    assert (await now(staff, case)).version == 2


async def test_a_case_goes_its_way_and_every_step_is_kept(staff: StaffSite) -> None:
    case, nurse = await staff.case(), await staff.browser(Role.NURSE)
    await claimed(nurse, case)
    await nurse.post(f"/inbox/{case.id}/acknowledge", version=2)
    await nurse.post(f"/inbox/{case.id}/note", text="Called twice")
    answer = await nurse.post(f"/inbox/{case.id}/close", version=3, outcome="spoke")
    assert (await now(staff, case)).status == "closed"
    for line in (
        "Case opened",
        "On-call was paged",
        "Claimed",
        "Acknowledged",
        "Called twice",
        "Spoke with the patient",
    ):
        assert line in answer.text


async def test_a_released_case_is_everybodys_again(staff: StaffSite) -> None:
    case, nurse = await staff.case(), await staff.browser(Role.NURSE)
    await claimed(nurse, case)
    admin = await staff.browser(Role.ADMIN)
    await admin.post(f"/inbox/{case.id}/release", version=2)
    assert ((await now(staff, case)).status, (await now(staff, case)).assignee_id) == ("open", None)


async def test_the_record_is_for_nurses_and_each_reading_is_in_the_trail(staff: StaffSite) -> None:
    case, nurse, admin = await staff.case(), await staff.browser(Role.NURSE), await staff.browser(Role.ADMIN)
    assert "Penicillin" in (await nurse.get(f"/inbox/{case.id}")).text
    page = (await admin.get(f"/inbox/{case.id}")).text
    assert "Penicillin" not in page
    assert "Only a nurse reads" in page
    async with staff.services.database.read() as session:
        rows = list((await session.execute(select(AuditRow))).scalars())
    assert ("record.read", nurse.id) in {(row.action, row.actor) for row in rows}
    assert ("case.read", admin.id) in {(row.action, row.actor) for row in rows}
    assert ("record.read", admin.id) not in {(row.action, row.actor) for row in rows}


async def test_only_a_nurses_look_is_told_to_the_patient(staff: StaffSite) -> None:
    case = await staff.case()
    await (await staff.browser(Role.ADMIN)).get(f"/inbox/{case.id}")
    assert [name for name, _ in await staff.services.cases.milestones(CaseId(case.id))] == ["sent"]
    await (await staff.browser(Role.NURSE)).get(f"/inbox/{case.id}")
    assert [name for name, _ in await staff.services.cases.milestones(CaseId(case.id))] == ["sent", "seen"]


@pytest.mark.parametrize("act", ["claim", "acknowledge", "reply", "close"])
async def test_responsibility_for_a_patient_is_a_nurses(staff: StaffSite, act: str) -> None:
    case, admin = await staff.case(), await staff.browser(Role.ADMIN)
    fields: dict[str, Any] = {"version": 1, "text": "words", "outcome": "spoke"}
    assert (await admin.post(f"/inbox/{case.id}/{act}", **fields)).status_code == 403
    assert (await now(staff, case)).version == 1


@pytest.mark.parametrize("role", [Role.PATIENT, Role.EDITOR, Role.APPROVER, Role.AUDITOR])
async def test_the_inbox_is_closed_to_everybody_else(staff: StaffSite, role: Role) -> None:
    case, browser = await staff.case(), await staff.browser(role)
    assert (await browser.get("/inbox")).status_code == 403
    assert (await browser.get(f"/inbox/{case.id}")).status_code == 403
    assert (await browser.get("/inbox/events")).status_code == 403
    assert (await browser.post(f"/inbox/{case.id}/claim", version=1)).status_code == 403


async def test_a_form_without_the_secret_changes_nothing(staff: StaffSite) -> None:
    case, nurse = await staff.case(), await staff.browser(Role.NURSE)
    for fields in ({"version": 1}, {"version": 1, "csrf": "made up"}):
        assert (await nurse.client.post(f"/inbox/{case.id}/claim", data=fields)).status_code == 403
    assert (await now(staff, case)).status == "open"


async def test_the_list_is_searched_by_name_and_words_and_never_in_an_address(staff: StaffSite) -> None:
    case, nurse = await staff.case(words="zebra stripes before my eyes"), await staff.browser(Role.NURSE)
    found = (await nurse.post("/inbox/list", search="rosa ZEBRA")).text
    assert f"row-{case.id}" in found
    assert "No case has these words" in (await nurse.post("/inbox/list", search="rosa giraffe")).text
    assert 'action="/inbox/list"' in (await nurse.get("/inbox")).text


async def test_mine_and_closed_hold_what_they_say(staff: StaffSite) -> None:
    mine, done, nurse = await staff.case(), await staff.case(), await staff.browser(Role.NURSE)
    for case in (mine, done):
        await claimed(nurse, case)
    await nurse.post(f"/inbox/{done.id}/close", version=2, outcome="no_action")
    own = (await nurse.post("/inbox/list", view="mine")).text
    closed = (await nurse.post("/inbox/list", view="closed")).text
    assert f"row-{mine.id}" in own
    assert f"row-{done.id}" not in own
    assert f"row-{done.id}" in closed


async def test_without_scripts_a_done_act_leads_back_to_the_case(staff: StaffSite) -> None:
    case, nurse = await staff.case(), await staff.browser(Role.NURSE)
    answer = await nurse.post(f"/inbox/{case.id}/claim", partial=False, version=1)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/inbox/{case.id}")


async def test_an_open_page_hears_of_every_change_until_its_session_ends(staff: StaffSite) -> None:
    nurse, case = await staff.browser(Role.NURSE), await staff.case()
    signed = await staff.services.sign_ins.lookup(nurse.token)
    assert signed is not None
    page = stream(Staff(staff.services, signed, None), beat=0.2)  # type: ignore[arg-type]

    async def until(event: str) -> bool:
        async for found in page:
            if found.event == event:
                return True
        return False

    assert (await anext(page)).event == "all"
    assert await until("beat")
    await claimed(nurse, case)
    assert await until("cases")
    assert await until(f"case-{case.id}")
    staff.services.broker.publish(RESYNC.topic, RESYNC.id)
    assert await until("all")
    await staff.services.sign_ins.revoke(nurse.token)
    assert await until("signed-out")
    assert not await until("beat")
