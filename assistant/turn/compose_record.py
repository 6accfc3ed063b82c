"""Answers that come from the record alone: care plan, visits, medicines, and lists of questions."""

from collections.abc import Iterable

from assistant.chart.record import CarePlan, Visit
from assistant.turn.evidence import MedicineList, PlanAnswer, VisitAnswer
from assistant.turn.reply import Heading, Paragraph, Part, QuestionList, Sentence
from assistant.turn.sources import cited, from_content, from_record
from assistant.turn.voice import Voice


def _activities(plan: CarePlan, voice: Voice) -> Iterable[Sentence]:
    source = from_record(f"CarePlan/{plan.id}", voice.say("pill_record"), plan.title)
    for activity in plan.activities:
        yield Sentence(voice.say(f"plan_{activity.kind}", text=activity.text), source)


def _visits(visits: tuple[Visit, ...], voice: Voice) -> Iterable[Part]:
    for visit in visits:
        source = from_record(f"Appointment/{visit.id}", voice.say("pill_record"), visit.title)
        yield Paragraph((Sentence(voice.say("visit_on_file", date=voice.date(visit.at), title=visit.title), source),))


def plan_answer(answer: PlanAnswer, voice: Voice) -> tuple[Part, ...]:
    parts: list[Part] = [Heading(voice.say("heading_plan"))]
    for plan in answer.plans:
        parts.extend(Paragraph((sentence,)) for sentence in _activities(plan, voice))
    return (*parts, *_visits(answer.visits, voice))


def medicine_list(answer: MedicineList, voice: Voice) -> tuple[Part, ...]:
    pill = voice.say("pill_record")
    if not answer.medicines:
        return (Paragraph((Sentence(voice.say("no_medicines"), from_record("medicines", pill)),)),)
    listed = (
        Paragraph(
            (Sentence(voice.say("medicine_on_file", name=m.name), from_record(f"MedicationRequest/{m.id}", pill)),)
        )
        for m in answer.medicines
    )
    return (Heading(voice.say("heading_medicines")), *listed)


def visit_answer(answer: VisitAnswer, voice: Voice) -> tuple[Part, ...]:
    item = answer.questions
    passage = " ".join(q.text for q in item.item.questions)
    path = f"questions/{item.item.id}"
    asked = tuple(
        Sentence(q.text, from_content(item, path, item.item.title, passage, cited(item.item.sources, q.source)))
        for q in item.item.questions
    )
    return (*_visits(answer.visits, voice), QuestionList(item.item.title, asked))
