"""The adapter to NeMo Guardrails: screens what patients ask and what replies say, in process and without a model."""

import logging
from collections.abc import Awaitable, Iterable
from dataclasses import dataclass
from pathlib import Path

from nemoguardrails import Guardrails, RailsConfig
from nemoguardrails.guardrails.guardrails_types import RailResult
from nemoguardrails.guardrails.iorails import IORails
from nemoguardrails.guardrails.rails_manager import RailsManager

from assistant.errors import ConfigInvalid, ContentInvalid, RailsFailed
from assistant.rails import catalog
from assistant.rails.guard import Documents, Guard, Known
from assistant.safety.forbidden import Claims

# A rail that breaks logs its error, and an error may quote the text: only its name is told, by us.
logging.getLogger("nemoguardrails").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Screened:
    """`rail` is the family that a refusal is chosen by: injection, prompt_extraction, other_person, harm, scope, claim.

    `rule` names the content file. `text` has its identifiers masked; a blocked text stays as it was.
    """

    blocked: bool
    rail: str | None
    text: str
    rule: str | None = None


class Rails:
    """One engine, used from one event loop. `folder` holds NeMo's files, `documents` are the files of content/rails."""

    def __init__(self, folder: Path, documents: Documents, contacts: Iterable[str] = ()) -> None:
        """`contacts` are the site's numbers and links, which every reply may name.

        Raises `ContentInvalid` on a bad content file and `ConfigInvalid` where NeMo cannot run these rails.
        """
        self._contacts = tuple(contacts)
        self._guard = _complete(Guard(documents))
        self._documents = documents
        try:
            catalog.load_actions(folder)
            catalog.register()
            self._config = RailsConfig.from_path(str(folder))
            self._config.custom_data["guard"] = self._guard
            self._rails = Guardrails(self._config, require_iorails=True)
        except (OSError, ValueError, TypeError) as error:
            raise ConfigInvalid(f"{folder}: {error}") from error

    @property
    def claims(self) -> Claims:
        """The forbidden claims, for `assistant.safety.forbidden` on the last look."""
        return self._guard.claims

    def replace(self, documents: Documents) -> None:
        """Newly approved content. On a bad or missing file `ContentInvalid` is raised and the old rules stay."""
        if documents == self._documents:
            return
        self._guard = _complete(Guard(documents))
        self._documents = documents
        self._config.custom_data["guard"] = self._guard

    async def start(self) -> None:
        await self._rails.startup()

    async def stop(self) -> None:
        """Must run in the loop that used the rails."""
        await self._rails.shutdown()

    async def screen_input(self, text: str) -> Screened:
        """Raises `RailsFailed` where a rail broke: nothing may pass then."""
        found = await _decided(self._manager.is_input_safe([{"role": "user", "content": text}]))
        return self._screened(text, found, "user_message")

    async def screen_output(
        self, reply: str, message: str, *, contacts: Iterable[str] = (), others: Iterable[str] = ()
    ) -> Screened:
        """`contacts` this reply may also name, `others` are other patients' names. Raises `RailsFailed`."""
        guard = self._guard
        token = guard.known.set(Known((*self._contacts, *contacts), tuple(others)))
        try:
            found = await _decided(self._manager.is_output_safe([{"role": "user", "content": message}], reply))
        finally:
            guard.known.reset(token)
        return self._screened(reply, found, "bot_message")

    @property
    def _manager(self) -> RailsManager:
        engine = self._rails.rails_engine
        assert isinstance(engine, IORails)
        return engine.rails_manager

    def _screened(self, text: str, found: RailResult, target: str) -> Screened:
        if found.is_safe:
            return Screened(blocked=False, rail=None, text=found.outcome.transform_text.get(target, text))
        rule = catalog.rule_of(found.triggered_rail or "")
        return Screened(blocked=True, rail=self._guard.family(rule), text=text, rule=rule)


async def _decided(check: Awaitable[RailResult]) -> RailResult:
    """The verdict of rails that all ran; a rail that broke counts as none. Errors are named, never quoted."""
    try:
        found = await check
    except Exception as error:
        raise RailsFailed(type(error).__name__) from None
    if found.failed:
        raise RailsFailed(found.triggered_rail or "")
    return found


def _complete(guard: Guard) -> Guard:
    """Raises `ContentInvalid` where a rail has no content file."""
    wanted = {*catalog.REQUEST_RULES, *catalog.REPLY_RULES}
    if missing := sorted(wanted - guard.rules.keys()):
        raise ContentInvalid(f"rails/{missing[0]}.yaml is missing")
    return guard
