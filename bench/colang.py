"""The plain alternative: NeMo's `LLMRails` with one Colang subflow a check, calling the same pure functions."""

import os

os.environ["NEMO_GUARDRAILS_NO_USAGE_STATS"] = "1"

from nemoguardrails import LLMRails, RailsConfig
from nemoguardrails.actions.rail_outcome import RailOutcome
from nemoguardrails.rails.llm.options import RailType

from assistant.bootstrap import rail_documents
from assistant.rails.catalog import REPLY_RULES, REQUEST_RULES
from assistant.rails.guard import Guard
from assistant.web.services import Services

_FLOW = """
define subflow check {flow}
  $outcome = execute {action}(text=${text}, rule="{rule}")
  if $outcome.is_blocked
    bot refuse to respond
    stop
"""


def _flows(rules: tuple[str, ...], action_name: str, text: str) -> str:
    return "".join(
        _FLOW.format(flow=rule.replace("_", " "), action=action_name, text=text, rule=rule) for rule in rules
    )


def _names(rules: tuple[str, ...]) -> str:
    return "".join(f"      - check {rule.replace('_', ' ')}\n" for rule in rules)


class ColangRails:
    def __init__(self, guard: Guard) -> None:
        colang = _flows(REQUEST_RULES, "bench_request", "user_message") + _flows(
            REPLY_RULES, "bench_reply", "bot_message"
        )
        colang += '\ndefine bot refuse to respond\n  "blocked"\n'
        flows = f"  input:\n    flows:\n{_names(REQUEST_RULES)}  output:\n    flows:\n{_names(REPLY_RULES)}"
        yaml = f"models: []\nrails:\n{flows}"
        self._rails = LLMRails(RailsConfig.from_content(yaml_content=yaml, colang_content=colang))

        async def bench_request(text: str, rule: str) -> RailOutcome:
            return _outcome(guard.broken_by_request(rule, text))

        async def bench_reply(text: str, rule: str) -> RailOutcome:
            return _outcome(guard.broken_by_reply(rule, text))

        self._rails.register_action(bench_request, "bench_request")
        self._rails.register_action(bench_reply, "bench_reply")

    async def turn(self, message: str, reply: str) -> None:
        """Input rails, then output rails, as IORails is called."""
        asked = [{"role": "user", "content": message}]
        await self._rails.check_async(asked, rail_types=[RailType.INPUT])
        await self._rails.check_async([*asked, {"role": "assistant", "content": reply}], rail_types=[RailType.OUTPUT])


def _outcome(reason: str | None) -> RailOutcome:
    return RailOutcome.block(reason=reason) if reason else RailOutcome.allow()


def colang_rails(services: Services) -> ColangRails:
    return ColangRails(Guard(rail_documents(services.shelf.current)))
