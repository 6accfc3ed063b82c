"""NeMo actions: thin calls into `assistant.safety`. What they look for comes with the configuration."""

from nemoguardrails.actions import action
from nemoguardrails.actions.rail_outcome import RailOutcome, TransformTarget
from nemoguardrails.rails.llm.config import RailsConfig

from assistant.rails.guard import Guard
from assistant.safety.masking import mask


def _guard(config: RailsConfig) -> Guard:
    guard = config.custom_data["guard"]
    assert isinstance(guard, Guard)
    return guard


def _outcome(reason: str | None) -> RailOutcome:
    return RailOutcome.allow() if reason is None else RailOutcome.block(reason=reason)


@action(name="mask_identifiers")  # type: ignore[untyped-decorator]
async def mask_identifiers(text: str) -> RailOutcome:
    masked = mask(text)
    if not masked.kinds:
        return RailOutcome.allow()
    return RailOutcome.transform([(TransformTarget.USER_MESSAGE, masked.text)], metadata={"kinds": masked.kinds})


@action(name="check_request")  # type: ignore[untyped-decorator]
async def check_request(text: str, rule: str, config: RailsConfig) -> RailOutcome:
    return _outcome(_guard(config).broken_by_request(rule, text))


@action(name="check_reply")  # type: ignore[untyped-decorator]
async def check_reply(text: str, rule: str, config: RailsConfig) -> RailOutcome:
    return _outcome(_guard(config).broken_by_reply(rule, text))
