"""A `Stop` becomes what the patient reads: approved words with the site's numbers in their places."""

from dataclasses import replace

from assistant.library.files import Versioned
from assistant.library.schema import QuestionSet, ScriptText
from assistant.turn.deps import Deps
from assistant.turn.reply import CheckCard, Reply, ScriptCard, Source, Suggestion
from assistant.turn.sources import from_content
from assistant.turn.state import Stop, Turn

GENERAL_EMERGENCY = "other"
REQUIRED = (
    "safe_failure", "no_source", "clarify", "clarify_lab", "told_team", "told_team_urgent", "told_team_routine",
    "not_told_team", "refused_empty", "refused_too_long", "duplicate", "refused_injection", "refused_harm",
    "refused_other_person", "refused_diagnosis", "refused_dose", "refused_scope", "handover_person",
    "handover_interpreter", "language_unsupported", "appointment_request", "admin_help", "privacy_info",
    "feedback_thanks", "greeting", "routine_symptom", "same_day", "check_all_no", "standing_danger", "standing_crisis",
    GENERAL_EMERGENCY,
)  # fmt: skip
"""Scripts that the path of a message names. A catalogue without one of them is refused at start."""


def site_values(deps: Deps) -> dict[str, str]:
    site = deps.settings.site
    return {
        "site": site.name,
        "phone": site.phone,
        "emergency_number": site.emergency_number,
        "crisis_number": site.crisis_number,
        "crisis_text": site.crisis_text,
        "poison_number": site.poison_number,
    }


def find_script(script: str, lang: str, deps: Deps) -> Versioned[ScriptText]:
    """The script in this language; an emergency without one gets the general script of that language first."""
    found = deps.content.script(script, lang)
    if found.item.lang == lang or found.item.tone != "emergency":
        return found
    general = deps.content.script(GENERAL_EMERGENCY, lang)
    return general if general.item.lang == lang else found


def script_card(script: str, lang: str, deps: Deps, values: dict[str, str] | None = None) -> ScriptCard:
    found = find_script(script, lang, deps)
    places = {**site_values(deps), **(values or {})}
    text = found.item.filled(places)
    return ScriptCard(
        script=text.id,
        lang=text.lang,
        tone=text.tone,
        title=text.title,
        opening=text.opening,
        steps=text.steps,
        closing=text.closing,
        call=text.call or None,
        call_label=text.call_label,
        lines=tuple((line.label, line.number) for line in text.lines),
        source=_source(found),
    )


def script_words(script: str, lang: str, deps: Deps, values: dict[str, str]) -> str:
    """A short script as one line, for words that stand inside another card."""
    card = script_card(script, lang, deps, values)
    return " ".join((*card.opening, *card.closing)) or card.title


def _source(found: Versioned[ScriptText]) -> Source:
    cited = found.item.sources[0] if found.item.sources else None
    return from_content(found, f"scripts/{found.item.id}", found.item.title, "", cited)


def check_card(check: str, lang: str, deps: Deps) -> CheckCard:
    found: Versioned[QuestionSet] = deps.content.questions(check, lang)
    frames = deps.content.frames(lang)
    return CheckCard(
        check=check,
        lang=found.item.lang,
        title=found.item.title,
        intro=found.item.intro,
        questions=tuple(q.text for q in found.item.questions),
        yes=frames.fill("check_yes"),
        no=frames.fill("check_no"),
        none_of_these=frames.fill("check_none"),
        source=from_content(found, f"questions/{check}", found.item.title, "", None),
    )


def ended(turn: Turn, stop: Stop, deps: Deps) -> Turn:
    """The turn as this stop ends it, with its reply."""
    lang = stop.lang or turn.script_lang or turn.lang
    part = check_card(stop.check, lang, deps) if stop.check else script_card(stop.script, lang, deps, stop.values)
    reply = Reply(lang=part.lang, parts=(part,), suggestions=_next(stop, turn, deps))
    verdict = stop.verdict or turn.verdict
    return replace(
        turn,
        stop=stop,
        outcome=stop.outcome,
        reply=reply,
        verdict=verdict,
        pick=stop.pick or turn.pick,
        notes=stop.notes or turn.notes,
    )


def _next(stop: Stop, turn: Turn, deps: Deps) -> tuple[Suggestion, ...]:
    if stop.case or stop.check:
        return ()
    frames = deps.content.frames(turn.lang)
    return (Suggestion(frames.fill("suggest_person"), action="person"),)
