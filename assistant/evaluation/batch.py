"""The batch interface: messages through the real parts, one JSON object a line."""

import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import Any

from assistant.evaluation.lines import BadLine, Line, read_lines
from assistant.safety.grounding import verify
from assistant.safety.verdict import Verdict
from assistant.store.ids import ThreadId, TurnId, new_id
from assistant.turn.check_danger import look
from assistant.turn.classify import pick
from assistant.turn.deps import Deps
from assistant.turn.engine import Engine, Incoming
from assistant.turn.render import reply_text
from assistant.turn.state import Memory, Turn

Answer = Callable[[Line, Engine], Awaitable[dict[str, Any]]]
_EVERY = 50


async def answer_file(source: Path, target: Path, answer: Answer, engine: Engine) -> tuple[int, int]:
    """Writes one answer a line to `target`; returns how many lines were answered and how many could not be read."""
    good = bad = 0
    with source.open("rb") as stream, target.open("w", encoding="utf-8") as out:
        for line in read_lines(stream, source.parent):
            if isinstance(line, BadLine):
                bad += 1
                result: dict[str, Any] = {"id": line.id, "error": line.error}
            else:
                good += 1
                result = await _safely(line, answer, engine)
            out.write(json.dumps(result, ensure_ascii=False) + "\n")
            if (good + bad) % _EVERY == 0:
                print(f"{good + bad} lines", file=sys.stderr)  # noqa: T201
    return good, bad


async def _safely(line: Line, answer: Answer, engine: Engine) -> dict[str, Any]:
    try:
        return await answer(line, engine)
    except Exception as error:
        return {"id": line.id, "error": type(error).__name__}


def _bare(line: Line, engine: Engine) -> Turn:
    """A turn that has not begun: for the commands that ask one part alone."""
    lang = line.lang or "en"
    return Turn(
        id=TurnId(new_id()),
        thread=ThreadId(new_id()),
        patient=None,
        person=line.person,
        text=line.text,
        at=line.at or engine.deps.clock.now(),
        lang=lang,
        written_in=lang,
        chart=line.chart,
        memory=Memory(messages=line.history),
    )


def verdict_fields(verdict: Verdict) -> dict[str, Any]:
    return {
        "urgency": verdict.urgency.value,
        "category": verdict.category,
        "rule": verdict.rule,
        "span": list(verdict.span) if verdict.span else None,
    }


async def triage(line: Line, engine: Engine) -> dict[str, Any]:
    """The danger check alone."""
    started = perf_counter()
    verdict = look(_bare(line, engine), line.text, engine.deps)
    spent = (perf_counter() - started) * 1000
    return {"id": line.id, **verdict_fields(verdict), "action": verdict.action, "ms": round(spent, 3)}


async def classify(line: Line, engine: Engine) -> dict[str, Any]:
    turn = _bare(line, engine)
    chosen = await pick(turn, engine.deps)
    intents = [chosen.intent, *(name for name, share in chosen.others if share >= chosen.confidence / 2)]
    return {
        "id": line.id,
        "lang": turn.lang,
        "intent": chosen.intent,
        "intents": intents,
        "confidence": round(chosen.confidence, 4),
    }


async def check_claim(line: Line, engine: Engine) -> dict[str, Any]:
    found = verify(line.claim, line.evidence)
    return {"id": line.id, "supported": found.supported, "reason": found.reason}


async def screen(line: Line, engine: Engine) -> dict[str, Any]:
    """The input rails alone."""
    screened = await engine.deps.rails.screen_input(line.text)
    return {"id": line.id, "blocked": screened.blocked, "rail": screened.rail}


def _incoming(line: Line, deps: Deps) -> Iterator[Incoming]:
    thread, lang = ThreadId(new_id()), line.lang or "en"
    spoken = lang if lang in deps.settings.languages else "en"
    for text in (*line.history, line.text):
        yield Incoming(thread, text, spoken, person=line.person, chart=line.chart, at=line.at)


async def replay(line: Line, engine: Engine) -> dict[str, Any]:
    """The whole path; earlier messages are played first and only the last reply is told."""
    started, turn = perf_counter(), None
    for incoming in _incoming(line, engine.deps):
        started = perf_counter()
        turn = await engine.play(incoming)
    assert turn is not None
    total = (perf_counter() - started) * 1000
    return {
        "id": line.id,
        "lang": turn.reply.lang if turn.reply else turn.lang,
        **verdict_fields(turn.verdict),
        "intent": turn.pick.intent if turn.pick else None,
        "outcome": turn.outcome,
        "reply": reply_text(turn.reply) if turn.reply else "",
        "sources": [s.ref for s in turn.reply.sources] if turn.reply else [],
        "labs": list(turn.labs_used),
        "steps": {name: round(ms, 3) for name, ms in turn.steps},
        "total_ms": round(total, 3),
        "model": turn.model,
    }
