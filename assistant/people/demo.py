"""Demo accounts, so that a fresh installation can be tried. Never made where `demo` is off."""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from assistant.people.accounts import Accounts
from assistant.people.roles import Role
from assistant.store.ids import AccountId, PatientId

_FILE = "demo-password"


@dataclass(frozen=True, slots=True)
class DemoAccount:
    login: str
    name: str
    role: Role
    lang: str = "en"
    patient: PatientId | None = None


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """One password for every demo account, random for each installation."""

    password: str = field(repr=False)
    logins: tuple[DemoAccount, ...]


def _patient(login: str, name: str, lang: str) -> DemoAccount:
    return DemoAccount(login, name, Role.PATIENT, lang, PatientId(name.casefold().replace(" ", "_")))


DEMO_ACCOUNTS = (
    _patient("rosa", "Rosa Alvarez", "es"),
    _patient("daniel", "Daniel Price", "en"),
    _patient("hodan", "Hodan Warsame", "so"),
    _patient("mei", "Mei Lin", "zh"),
    _patient("amir", "Amir Haddad", "ar"),
    _patient("grace", "Grace Thompson", "en"),
    DemoAccount("nina", "Nina Brooks", Role.NURSE),
    DemoAccount("sam", "Sam Okafor", Role.NURSE),
    DemoAccount("omar", "Omar Nasser", Role.EDITOR),
    DemoAccount("lena", "Lena Fischer", Role.APPROVER),
    DemoAccount("ada", "Ada Moreno", Role.ADMIN),
    DemoAccount("ivo", "Ivo Petrov", Role.AUDITOR),
)


async def ensure_demo(accounts: Accounts, folder: Path) -> DemoSignIn:
    """Makes what is missing and changes nothing else; the password lies in `folder/demo-password` (mode 0600).

    When that file was lost, a new password is made and given to every demo account.
    """
    path = folder / _FILE
    known = path.exists()
    password = path.read_text("ascii").strip() if known else _keep(path, secrets.token_urlsafe(12))
    for wanted in DEMO_ACCOUNTS:
        await _ensure(accounts, wanted, password, renew=not known)
    return DemoSignIn(password, DEMO_ACCOUNTS)


async def _ensure(accounts: Accounts, wanted: DemoAccount, password: str, *, renew: bool) -> None:
    found = await accounts.by_login(wanted.login)
    if found is None:
        await accounts.create(
            wanted.login, password, name=wanted.name, role=wanted.role, lang=wanted.lang, patient=wanted.patient
        )
    elif renew:
        await accounts.set_password(AccountId(found.id), password, by="system")


def _keep(path: Path, password: str) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(password + "\n")
    return password
