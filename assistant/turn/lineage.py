"""What a reply was made from: every id and version, so that it can be explained later."""

from typing import Any

from assistant.turn.state import Turn


def lineage(turn: Turn) -> dict[str, Any]:
    """Plain JSON: sources with versions, observations, verdict, intent, step times, model."""
    verdict, pick = turn.verdict, turn.pick
    return {
        "sources": [s.ref for s in turn.reply.sources] if turn.reply else [],
        "labs": list(turn.labs_used),
        "verdict": {
            "urgency": verdict.urgency, "category": verdict.category, "rule": verdict.rule,
            "spans": [list(s) for s in verdict.spans], "on": verdict.on,
        },
        "intent": {"best": pick.intent, "share": round(pick.confidence, 4), "others": [list(o) for o in pick.others]}
        if pick
        else {},
        "script": turn.stop.script if turn.stop else "",
        "written_in": turn.written_in,
        "machine_translated": bool(turn.reply and turn.reply.machine_translated),
        "model": turn.model,
        "notes": list(turn.notes),
        "steps": {name: round(ms, 3) for name, ms in turn.steps},
    }  # fmt: skip
