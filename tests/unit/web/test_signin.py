"""Signing in and out: who comes in, where they land, and what the page never shows."""

import pytest

from assistant.people.roles import Role
from assistant.store.ids import AccountId
from assistant.web.signin import way_on
from tests.support.staff_site import PASSWORD, StaffSite


async def test_the_right_password_opens_the_session_and_leads_home(staff: StaffSite) -> None:
    account = await staff.account(Role.NURSE)
    answer = await (await staff.browser()).post("/sign-in", partial=False, login=account.login, password=PASSWORD)
    assert (answer.status_code, answer.headers["location"]) == (303, "/")
    assert "httponly" in answer.headers["set-cookie"].lower()


async def test_a_wrong_password_is_told_without_a_reason_and_never_sent_back(staff: StaffSite) -> None:
    account = await staff.account(Role.NURSE)
    answer = await (await staff.browser()).post("/sign-in", partial=False, login=account.login, password="wrong secret")
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert "wrong secret" not in answer.text
    assert "nhsuk-error-summary" in answer.text
    nobody = await (await staff.browser()).post("/sign-in", partial=False, login="nobody", password="wrong secret")
    assert nobody.status_code == 401
    assert "do not match" in answer.text
    assert "do not match" in nobody.text


async def test_empty_fields_are_named_and_lead_to_their_places(staff: StaffSite) -> None:
    answer = await (await staff.browser()).post("/sign-in", partial=False, login=" ", password="")
    assert answer.status_code == 422
    assert 'href="#login"' in answer.text
    assert 'href="#password"' in answer.text


@pytest.mark.parametrize(
    ("wish", "role", "way"),
    [
        ("/inbox", Role.NURSE, "/inbox"),
        ("/inbox/0b7c-1", Role.NURSE, "/inbox/0b7c-1"),
        ("/desk/item/labs/en/hba1c.yaml", Role.EDITOR, "/desk/item/labs/en/hba1c.yaml"),
        ("/desk", Role.NURSE, "/"),
        ("/inbox", Role.PATIENT, "/"),
        ("//elsewhere.example", Role.NURSE, "/"),
        ("https://elsewhere.example/inbox", Role.NURSE, "/"),
        ("/\\elsewhere.example", Role.NURSE, "/"),
        ("/inbox/../../elsewhere", Role.NURSE, "/"),
        ("/inbox\r\nset-cookie: a=b", Role.NURSE, "/"),
        ("", Role.NURSE, "/"),
    ],
)
def test_the_way_on_is_a_page_of_ours_that_is_theirs(wish: str, role: Role, way: str) -> None:
    assert way_on(wish, role) == way


async def test_a_form_of_another_site_is_refused(staff: StaffSite) -> None:
    account = await staff.account(Role.NURSE)
    browser = await staff.browser()
    answer = await browser.client.post(
        "/sign-in",
        data={"login": account.login, "password": PASSWORD},
        headers={"origin": "https://elsewhere.example"},
    )
    assert answer.status_code == 403


async def test_signing_out_ends_the_session_and_needs_its_secret(staff: StaffSite) -> None:
    nurse = await staff.browser(Role.NURSE)
    assert (await nurse.client.post("/sign-out", data={"csrf": "made up"})).status_code == 403
    assert (await nurse.get("/inbox")).status_code == 200
    answer = await nurse.post("/sign-out", partial=False)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
    assert await staff.services.sign_ins.lookup(nurse.token) is None


@pytest.mark.parametrize(
    ("lang", "direction", "words"),
    [("es", "ltr", "Iniciar sesión"), ("so", "ltr", "Gal"), ("zh", "ltr", "登录"), ("ar", "rtl", "تسجيل الدخول")],
)
async def test_the_page_speaks_the_chosen_language(staff: StaffSite, lang: str, direction: str, words: str) -> None:
    page = (await (await staff.browser()).get(f"/sign-in?lang={lang}")).text
    assert f'<html lang="{lang}" dir="{direction}">' in page
    assert f"<h1>{words}</h1>" in page


async def test_the_browsers_language_is_the_first_guess(staff: StaffSite) -> None:
    browser = await staff.browser()
    page = await browser.get("/sign-in", headers={"accept-language": "fr, es-MX;q=0.8, en;q=0.5"})
    assert '<html lang="es"' in page.text


async def test_a_language_that_a_patient_chose_here_stays_chosen(staff: StaffSite) -> None:
    patient = await staff.account(Role.PATIENT, "Rosa Alvarez", "en")
    browser = await staff.browser()
    await browser.post("/sign-in", partial=False, login=patient.login, password=PASSWORD, lang="es")
    changed = await staff.services.accounts.get(AccountId(patient.id))
    assert changed is not None
    assert (changed.lang, changed.lang_chosen) == ("es", True)


async def test_the_hint_of_a_demonstration_names_people_and_no_password(staff: StaffSite) -> None:
    (staff.services.settings.data_dir / "demo-password").write_text("never-on-a-page")
    page = (await (await staff.browser()).get("/sign-in")).text
    assert ">nina</code>" in page
    assert "never-on-a-page" not in page


async def test_who_is_signed_in_is_not_asked_again(staff: StaffSite) -> None:
    nurse = await staff.browser(Role.NURSE)
    assert (await nurse.get("/sign-in?next=/inbox")).headers["location"] == "/inbox"


async def test_a_session_that_has_ended_leads_back_to_where_one_was(staff: StaffSite) -> None:
    browser = await staff.browser()
    answer = await browser.get("/inbox/some-case")
    assert answer.headers["location"] == "/sign-in?next=%2Finbox%2Fsome-case"
    piece = await browser.post("/inbox/list")
    assert (piece.status_code, piece.headers["hx-redirect"]) == (401, "/sign-in?next=%2Finbox")


@pytest.mark.parametrize(("path", "status"), [("/no-such-page", 404), ("/inbox/no-such-case", 404), ("/desk", 403)])
async def test_errors_are_calm_pages_without_internals(staff: StaffSite, path: str, status: int) -> None:
    answer = await (await staff.browser(Role.NURSE)).get(path)
    assert answer.status_code == status
    assert 'href="/"' in answer.text
    assert "Traceback" not in answer.text
