"""DBOS on a short lead: its own quiet database, no console, no telemetry, its own threads. Blocking calls only."""

import logging
import os
from pathlib import Path

from dbos import DBOS, SetWorkflowID
from sqlalchemy import make_url

from assistant.care.chase_workflow import TOPIC, chase

_QUEUE = "chase"
_POLL_SECONDS = 1.0
_ALIVE = frozenset({"PENDING", "ENQUEUED", "DELAYED"})


def system_url(database_url: str, folder: Path) -> str:
    """Where DBOS keeps its steps: schema `dbos` of the same PostgreSQL, or an own SQLite file in the data folder."""
    if make_url(database_url).drivername.startswith("sqlite"):
        return f"sqlite:///{folder / 'chase.sqlite'}"
    return database_url


def launch(url: str) -> None:
    """Starts DBOS in this process and takes up every unfinished chase. Must run outside an event loop's thread."""
    logger = logging.getLogger("dbos")
    if not logger.handlers:
        # Without a handler DBOS installs one that prints, among other things, the address of its makers' console.
        logger.addHandler(logging.NullHandler())
    _private_file(url)
    DBOS(
        config={
            "name": "assistant-chase",
            "system_database_url": url,
            "sys_db_pool_size": 5,
            "enable_otlp": False,
            "log_level": "ERROR",
            "executor_id": "assistant",
            # DBOS recovers only workflows of the same version; by default that is a hash of the code, and every
            # deployment would abandon the chases of the one before.
            "application_version": "1",
        }
    )
    DBOS.launch()
    DBOS.register_queue(_QUEUE, polling_interval_sec=_POLL_SECONDS)


def shut_down() -> None:
    """Unfinished chases stay on disk as they are."""
    DBOS.destroy()


def ensure_chase(case: str, generation: int, step: int, waits: tuple[float, ...], on_call: int) -> None:
    """Begins the chase unless it is running; one that died (a defect, a restored backup) is begun afresh."""
    workflow = _first_usable(case, generation)
    if workflow is not None:
        with SetWorkflowID(workflow):
            DBOS.enqueue_workflow(_QUEUE, chase, case, generation, step, list(waits), on_call)


def wake(case: str, generation: int) -> None:
    """Lets a running chase look at its case now instead of at its next page."""
    workflow = _running(case, generation)
    if workflow is not None:
        DBOS.send(workflow, TOPIC, TOPIC)


def is_running(case: str, generation: int) -> bool:
    return _running(case, generation) is not None


def _first_usable(case: str, generation: int) -> str | None:
    """An id that no workflow has had, or None while one is running."""
    for attempt, status in _attempts(case, generation):
        if status is None:
            return attempt
        if status in _ALIVE:
            return None
    return None


def _running(case: str, generation: int) -> str | None:
    return next((attempt for attempt, status in _attempts(case, generation) if status in _ALIVE), None)


def _attempts(case: str, generation: int) -> list[tuple[str, str | None]]:
    """Every attempt of a chase with its status, and the next free id with None."""
    found: list[tuple[str, str | None]] = []
    while True:
        attempt = f"{case}:{generation}:{len(found)}"
        status = DBOS.get_workflow_status(attempt)
        found.append((attempt, status.status if status else None))
        if status is None:
            return found


def _private_file(url: str) -> None:
    parsed = make_url(url)
    if parsed.drivername.startswith("sqlite") and parsed.database:
        path = Path(parsed.database)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600))
