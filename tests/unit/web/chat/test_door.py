"""Who gets through the door to the chat, and with what around the page."""

from collections.abc import Callable

import httpx
import pytest
import socketio

from assistant.people.roles import Role
from assistant.web.cookies import cookie_name
from assistant.web.harden import kick
from tests.support.chat_client import ChatClient
from tests.support.chat_site import Site

BrowserAs = Callable[[str | None], httpx.AsyncClient]
PAGE = {"accept": "text/html"}


async def test_without_a_session_the_page_leads_to_sign_in(browser_as: BrowserAs) -> None:
    answer = await browser_as(None).get("/chat/", headers=PAGE)
    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")


async def test_without_a_session_data_is_refused(browser_as: BrowserAs) -> None:
    assert (await browser_as("made-up").get("/chat/user")).status_code == 401


@pytest.mark.parametrize("role", [Role.NURSE, Role.EDITOR, Role.ADMIN])
async def test_staff_do_not_enter_the_patients_chat(site: Site, browser_as: BrowserAs, role: Role) -> None:
    assert (await browser_as(await site.signed_in(role)).get("/chat/user")).status_code == 401
    with pytest.raises(socketio.exceptions.ConnectionError):
        async with ChatClient(site, await site.signed_in(role)):
            pass


async def test_a_socket_from_another_site_is_refused(site: Site) -> None:
    with pytest.raises(socketio.exceptions.ConnectionError):
        async with ChatClient(site, await site.signed_in(), origin="https://elsewhere.example"):
            pass


async def test_a_change_from_another_site_is_refused(site: Site, browser_as: BrowserAs) -> None:
    client = browser_as(await site.signed_in())
    answer = await client.post("/chat/project/action", json={}, headers={"origin": "https://elsewhere.example"})
    assert answer.status_code == 403


async def test_the_token_for_chainlit_never_reaches_the_browser(site: Site, browser_as: BrowserAs) -> None:
    for path in ("/chat/", "/chat/user", "/chat/auth/config"):
        answer = await browser_as(await site.signed_in()).get(path, headers=PAGE)
        assert "set-cookie" not in answer.headers
        assert "access_token" not in answer.text


async def test_a_browsers_own_chainlit_token_is_ignored(site: Site, browser_as: BrowserAs) -> None:
    account = await site.account()
    client = browser_as(await site.session(account))
    client.cookies.set("access_token", "forged")
    assert (await client.get("/chat/user")).json()["identifier"] == account.id


async def test_signing_out_closes_open_pages(site: Site) -> None:
    account = await site.account()
    async with ChatClient(site, await site.session(account)) as page:
        assert await kick(account.id) == 1
        await page.until(lambda: not page.io.connected)


async def test_a_revoked_session_cannot_go_on_talking(site: Site) -> None:
    token = await site.signed_in()
    async with ChatClient(site, token) as page:
        await site.services.sign_ins.revoke(token)
        await page.send("what does my hba1c mean")
        await page.until(lambda: not page.io.connected)
        assert page.said() == []


async def test_the_page_names_no_other_host_and_every_script_has_the_nonce(site: Site, browser_as: BrowserAs) -> None:
    answer = await browser_as(await site.signed_in()).get("/chat/", headers=PAGE)
    policy = answer.headers["content-security-policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert "https://fonts" not in answer.text
    assert "jsdelivr" not in answer.text
    assert answer.text.count("<script") == answer.text.count(f'<script nonce="{nonce}"') + answer.text.count("src=")
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["cache-control"] == "no-store"


async def test_the_page_speaks_the_patients_language(site: Site, browser_as: BrowserAs) -> None:
    client = browser_as(await site.signed_in(lang="es"))
    page = (await client.get("/chat/", headers=PAGE)).text
    assert '<html lang="es" dir="ltr">' in page
    assert "Hablar con una persona" in page
    assert 'href="tel:911"' in page
    words = (await client.get("/chat/project/translations?language=en-US")).json()["translation"]
    assert words["chat"]["input"]["placeholder"].startswith("Escriba")
    starters = (await client.get("/chat/project/settings?language=en-US")).json()["starters"]
    assert starters[0]["label"] == "Explicar mi último resultado"


async def test_home_leads_everybody_to_their_page(site: Site, browser_as: BrowserAs) -> None:
    homes = [(Role.PATIENT, "/chat/"), (Role.NURSE, "/inbox"), (Role.EDITOR, "/desk"), (Role.APPROVER, "/desk")]
    for role, path in homes:
        assert (await browser_as(await site.signed_in(role)).get("/")).headers["location"] == path
    assert (await browser_as(None).get("/")).headers["location"] == "/sign-in"


async def test_health_is_open_and_tells_nothing_else(browser_as: BrowserAs) -> None:
    answer = await browser_as(None).get("/health")
    assert (answer.status_code, answer.json()) == (200, {"status": "ok"})


def test_behind_tls_the_cookie_is_tied_to_this_host(site: Site) -> None:
    assert cookie_name(site.services.settings.model_copy(update={"secure_cookies": True})) == "__Host-session"
