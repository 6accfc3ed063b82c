"""What the danger check says of whole messages."""

import pytest

from assistant.safety.danger import DangerCheck
from assistant.safety.verdict import Urgency
from assistant.safety.who import RecentLab, Who

EMERGENCY = [
    ("there is a tight band round my chest and my left arm feels dead", "cardiac"),
    ("siento una opresion en el pecho y estoy sudando frio", "cardiac"),
    ("grandpa's face dropped on one side and he can't say his words", "stroke"),
    ("a mi mama se le torcio la boca y no mueve el brazo", "stroke"),
    ("he swallowed a button battery", "infant_child"),
    ("there is bleach in my eye and it burns", "eye_chemical"),
    ("she is not breathing", "unresponsive"),
    ("mi vecino no respira", "unresponsive"),
]

CRISIS = [
    ("i want to kill myself", "suicide"),
    ("ya no quiero vivir", "suicide"),
    ("my husband hits me and i am hiding in the bathroom", "abuse_violence"),
    ("i keep cutting myself to feel better", "self_harm"),
]

HARMLESS = [
    ("no chest pain today, just booking my review", "negated"),
    ("no fever, chest pain or trouble breathing", "negated over a list"),
    ("sin dolor de pecho ni falta de aire", "negated"),
    ("i had chest pain and sweating five years ago", "historical"),
    ("what is the difference between a stroke and a seizure", "a general question"),
    ("what should i do if someone is choking", "hypothetical"),
    ("stroke and sepsis are on my nursing exam", "an exam"),
    ("i nearly had a heart attack when i saw the bill", "figurative"),
    ("me muero de risa", "figurative"),
    ("how much is parking", "no danger"),
    ("", "empty"),
]


@pytest.mark.parametrize(("text", "category"), EMERGENCY)
def test_emergency_gets_the_script_of_its_category_at_once(danger: DangerCheck, text: str, category: str) -> None:
    verdict = danger.check(text)
    assert (verdict.urgency, verdict.category, verdict.script) == (Urgency.EMERGENCY, category, category)
    assert verdict.reason
    assert "https://" in verdict.source


@pytest.mark.parametrize(("text", "category"), CRISIS)
def test_crisis_gets_the_script_of_its_category_at_once(danger: DangerCheck, text: str, category: str) -> None:
    verdict = danger.check(text)
    assert (verdict.urgency, verdict.script) == (Urgency.CRISIS, category)


@pytest.mark.parametrize(("text", "why"), HARMLESS)
def test_a_look_alike_starts_nothing(danger: DangerCheck, text: str, why: str) -> None:
    assert danger.check(text).action == "none", why


def test_an_unclear_symptom_asks_the_safety_check_of_its_complaint(danger: DangerCheck) -> None:
    verdict = danger.check("my chest hurts a bit")
    assert (verdict.action, verdict.check, verdict.symptom) == ("safety_check", "check_chest", True)


def test_an_everyday_complaint_is_routine_without_a_script(danger: DangerCheck) -> None:
    verdict = danger.check("my scalp is a bit itchy")
    assert (verdict.urgency, verdict.action) == (Urgency.ROUTINE, "none")


def test_a_same_day_complaint_has_the_same_day_script(danger: DangerCheck) -> None:
    assert danger.check("a stray dog bit my hand").script == "same_day"


def test_the_span_points_at_the_words_as_typed(danger: DangerCheck) -> None:
    text = "Héllo 😀 — she is NOT\u200b BREATHING!!"
    spans = danger.check(text).spans
    assert any("NOT\u200b BREATHING" in text[start:end] for start, end in spans)


def test_danger_that_only_shows_over_two_messages_is_found(danger: DangerCheck) -> None:
    history = ["i had a bone marrow transplant last month, can i garden"]
    assert danger.check("38.4 tonight, tired").action != "script"
    assert danger.check("38.4 tonight, tired", history=history).category == "immunocompromised_fever"


def test_a_later_message_never_lowers_what_was_said_before(danger: DangerCheck) -> None:
    verdict = danger.check("thanks, what time do you open", history=["i took all my sleeping pills"])
    assert verdict.urgency.is_danger
    assert verdict.on == "history"
    assert verdict.spans == ()


def test_an_age_in_the_text_outranks_the_charts(danger: DangerCheck) -> None:
    fever = "he is 6 weeks old and his temperature is 38.3"
    assert danger.check(fever, person=Who(age=35)).category == "infant_child"


def test_the_charts_medicines_count_as_background(danger: DangerCheck) -> None:
    text = "i slipped and banged my head"
    assert danger.check(text).action == "safety_check"
    assert danger.check(text, person=Who(medicines=("Warfarin 5 MG Oral Tablet",))).rule == "head_injury.thinner"


def test_pregnancy_on_the_chart_counts(danger: DangerCheck) -> None:
    verdict = danger.check("bad headache and flashing lights in my eyes", person=Who(pregnant=True))
    assert (verdict.urgency, verdict.category) == (Urgency.EMERGENCY, "pregnancy")


def test_a_critical_result_with_a_complaint_is_an_emergency_and_alone_same_day(danger: DangerCheck) -> None:
    labs = [RecentLab(("potassium", "k"), "critical", "cardiac")]
    assert danger.check("i feel so weak today", labs=labs).category == "critical_lab_with_symptom"
    assert danger.check("what does my potassium mean", labs=labs).urgency is Urgency.URGENT
    assert danger.check("how do i park", labs=labs).urgency is Urgency.NONE
    assert danger.check("what does my potassium mean", labs=[RecentLab(("potassium",), "in_range")]).action == "none"


@pytest.mark.parametrize(
    "text",
    [
        "I CANT BREATHE",
        "i can’t breathe",
        "i cannnnt breatheeee",
        "i can't braethe, help",
        "i c\u0336a\u0336n\u0336t\u0336 breathe",
        "i can\u200b't bre\u00adathe",
        "no puedo respirár",
    ],
)
def test_spelling_and_disguise_do_not_hide_it(danger: DangerCheck, text: str) -> None:
    assert danger.check(text).category == "breathing"
