"""What an installation needs before it can answer: made once, checked at every start, with progress said aloud."""

from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from assistant.bootstrap import versions_of
from assistant.chart.fhir_import import import_bundle
from assistant.chart.store import Charts
from assistant.errors import RecordInvalid
from assistant.model.weights import ensure_minilm
from assistant.people.accounts import Accounts
from assistant.people.demo import DemoSignIn, ensure_demo
from assistant.settings import Settings
from assistant.store.clock import SystemClock
from assistant.store.columns import Cipher
from assistant.store.db import Database
from assistant.store.keys import check_fits, load_keys
from assistant.store.migrate import upgrade

Say = Callable[[str], None]


def speaker(*, quiet: bool) -> Say:
    """Progress on the terminal; nothing but errors when `quiet`."""
    console = Console(stderr=True, highlight=False, quiet=quiet)
    return console.print


async def prepare(settings: Settings, *, quiet: bool) -> DemoSignIn | None:
    """Keys, schema, embedding model, content, demo patients. Safe to repeat; a second run takes seconds."""
    say = speaker(quiet=quiet)
    settings.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    Cipher.use(*load_keys(settings).columns)
    say("Preparing the database")
    upgrade(settings.database)
    ensure_minilm(settings.data_dir / "models", lambda doing: say(f"Embedding model: {doing}"))
    database = Database(settings.database)
    try:
        await check_fits(database)
        say("Reading the approved content")
        await versions_of(database, SystemClock(), settings).seed(settings.content_dir)
        return await _demo(settings, database, say) if settings.demo else None
    finally:
        await database.close()


async def _demo(settings: Settings, database: Database, say: Say) -> DemoSignIn:
    clock = SystemClock()
    charts = Charts(database, clock)
    for path in sorted((settings.demo_dir / "patients").glob("*.json")):
        await _demo_patient(path, charts, say)
    return await ensure_demo(Accounts(database, clock), settings.data_dir)


async def _demo_patient(path: Path, charts: Charts, say: Say) -> None:
    """The bundle of one demo patient, unless the record is there already."""
    imported = import_bundle(path)
    if (await charts.of(imported.patient)).person.name:
        return
    await charts.save(imported)
    say(f"Demo patient: {imported.patient}")
    for skipped in imported.skipped:
        say(f"  skipped {skipped.ref}: {skipped.reason}")


async def import_content(settings: Settings, folder: Path) -> None:
    say = speaker(quiet=False)
    Cipher.use(*load_keys(settings).columns)
    database = Database(settings.database)
    seeded = await versions_of(database, SystemClock(), settings).seed(folder)
    await database.close()
    say(f"{len(seeded.added)} added, {len(seeded.updated)} updated, {len(seeded.kept)} kept as edited at the desk")


async def export_content(settings: Settings, folder: Path) -> None:
    Cipher.use(*load_keys(settings).columns)
    database = Database(settings.database)
    written = await versions_of(database, SystemClock(), settings).export(folder)
    await database.close()
    speaker(quiet=False)(f"{written} files written")


async def import_records(settings: Settings, paths: list[Path]) -> None:
    """FHIR R4 files into the patients' records; every resource that is left out is named."""
    say = speaker(quiet=False)
    Cipher.use(*load_keys(settings).columns)
    database = Database(settings.database)
    charts = Charts(database, SystemClock())
    for path in paths:
        try:
            imported = import_bundle(path)
        except RecordInvalid as error:
            say(f"{path.name}: {error}")
            continue
        await charts.save(imported)
        say(f"{path.name}: {len(imported.resources)} resources imported, {len(imported.skipped)} skipped")
        for skipped in imported.skipped:
            say(f"  skipped {skipped.ref}: {skipped.reason}")
    await database.close()
