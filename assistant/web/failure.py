"""The approved sentence that a patient reads when something broke."""

from typing import TYPE_CHECKING

import structlog

from assistant.errors import AssistantError
from assistant.turn.reply import Reply, ScriptCard, Source
from assistant.turn.scripts import script_card

if TYPE_CHECKING:
    from assistant.web.services import Services

log = structlog.get_logger(__name__)


def safe_reply(services: "Services", lang: str) -> Reply:
    """The script `safe_failure`; should even the approved content be out of reach, the interface's own words."""
    try:
        card = script_card("safe_failure", lang, services.engine.deps)
    except AssistantError as error:
        log.error("no approved words for a failure", error=type(error).__name__)
        card = _plainest(services, lang)
    return Reply(lang=lang, parts=(card,))


def _plainest(services: "Services", lang: str) -> ScriptCard:
    site = services.settings.site
    words = services.words.t(lang, "chat", "failure", emergency_number=site.emergency_number, phone=site.phone)
    source = Source(kind="content", ref="interface", label="")
    return ScriptCard(
        script="failure",
        lang=lang,
        tone="plain",
        title="",
        opening=(words,),
        steps=(),
        closing=(),
        call=None,
        call_label="",
        lines=(),
        source=source,
    )
