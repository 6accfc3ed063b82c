"""Everything that a page may ask for, built once by `bootstrap`."""

from dataclasses import dataclass

from assistant.care.broker import Broker
from assistant.care.cases import Cases
from assistant.chart.store import Charts
from assistant.language.words import Words
from assistant.library.shelf import Shelf
from assistant.library.versions import Versions
from assistant.people.accounts import Accounts
from assistant.people.sign_ins import SignIns
from assistant.settings import Settings
from assistant.store.clock import Clock
from assistant.store.db import Database
from assistant.store.keys import Keyring
from assistant.turn.engine import Engine


@dataclass(frozen=True, slots=True)
class Services:
    settings: Settings
    keys: Keyring
    clock: Clock
    database: Database
    accounts: Accounts
    sign_ins: SignIns
    cases: Cases
    broker: Broker
    shelf: Shelf
    versions: Versions
    charts: Charts
    engine: Engine
    words: Words
