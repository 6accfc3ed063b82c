"""Next steps as buttons: at most three that fit the answer, then a person, then the language the patient wrote in."""

from assistant.turn.deps import Deps
from assistant.turn.evidence import Evidence, LabAnswer, PlanAnswer, ResultList, VisitAnswer
from assistant.turn.reply import Suggestion
from assistant.turn.state import Turn
from assistant.turn.voice import Voice

_MOST = 3


def _of(label: str) -> Suggestion:
    return Suggestion(label, say=label)


def _about(evidence: Evidence, voice: Voice) -> list[Suggestion]:
    match evidence:
        case LabAnswer(labs=labs) if labs:
            group = f"group_{labs[0].lab.facts.group}"
            named = [voice.say("suggest_group", group=voice.say(group))] if voice.has(group) else []
            return [_of(label) for label in (*named, voice.say("suggest_questions"))]
        case ResultList(labs=labs):
            outside = [e for e in labs if e.judged and e.judged.flag not in {"in_range", "unknown"}]
            names = [e.lab.words(voice.lang).item.name for e in outside[:2]]
            return [_of(voice.say("suggest_about", name=name)) for name in names]
        case PlanAnswer():
            return [_of(voice.say("suggest_questions"))]
        case VisitAnswer():
            return [_of(voice.say("suggest_abnormal"))]
        case _:
            return [_of(voice.say("suggest_questions"))]


def suggestions(turn: Turn, evidence: Evidence, voice: Voice, deps: Deps) -> tuple[Suggestion, ...]:
    found = _about(evidence, voice)[: _MOST - 1]
    found.append(Suggestion(voice.say("suggest_person"), action="person"))
    return (*found, *language_offer(turn, voice, deps))


def language_offer(turn: Turn, voice: Voice, deps: Deps) -> tuple[Suggestion, ...]:
    """When a patient writes in another of the site's languages: one tap to go on in it."""
    wrote = turn.written_in
    if not wrote or wrote == turn.lang or wrote not in deps.settings.languages:
        return ()
    name = deps.words.language_name(wrote, wrote)
    return (Suggestion(voice.say("suggest_switch", language=name), action="language", value=wrote),)
