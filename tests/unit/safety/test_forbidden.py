"""The last look at every reply: what is found, what is left alone, and where it is in the text."""

import pytest

from assistant.safety.forbidden import Claims, forbidden
from tests.support.rail_files import ROOT, rules

CLAIMS = Claims(tuple(rules().values()))
PHRASED = [rule for rule in rules().values() if rule.direction == "output" and rule.phrases]
SITE = (
    "+1 612 555 0100",
    "911",
    "https://medlineplus.gov/lab-tests/hemoglobin-a1c-hba1c-test/",
    "care@st-annes.example",
)


def kinds(text: str, lang: str = "en", others: tuple[str, ...] = ()) -> set[str]:
    return {finding.kind for finding in forbidden(text, lang, CLAIMS, allowed=SITE, others=others)}


def language(text: str) -> str:
    """Spanish where a letter or a short word says so."""
    words = set(text.lower().strip(".¿?").split())
    return "es" if words & {"su", "usted", "de", "la", "el", "los", "al"} or set(text) & set("áéíóúñ¿") else "en"


@pytest.mark.parametrize(("kind", "text"), [(rule.id, text) for rule in PHRASED for text in rule.blocks])
def test_a_forbidden_claim_is_found_in_either_language(kind: str, text: str) -> None:
    assert kind in kinds(text, "en") | kinds(text, "es")


@pytest.mark.parametrize("text", [text for rule in PHRASED for text in rule.allows])
def test_a_good_sentence_is_left_alone(text: str) -> None:
    assert kinds(text, language(text)) == set()


MORE = [
    ("Your symptoms point to appendicitis.", "en", "diagnosis"),
    ("You most likely have a urinary tract infection.", "en", "diagnosis"),
    ("Lo más probable es que tenga una infección.", "es", "diagnosis"),
    ("Cut your pills in half.", "en", "dose"),
    ("Try 10 units instead of 8.", "en", "dose"),
    ("Aumente la dosis a 40 mg.", "es", "dose"),
    ("Feel free to stop your statin.", "en", "medicine_change"),
    ("You can safely mix ibuprofen with warfarin.", "en", "medicine_change"),
    ("Suspenda la warfarina por unos días.", "es", "medicine_change"),
    ("No cause for alarm.", "en", "reassurance"),
    ("It's nothing.", "en", "reassurance"),
    ("Quédese tranquilo, todo saldrá bien.", "es", "reassurance"),
    ("Save yourself a trip to the ER.", "en", "discouraged_care"),
    ("No vale la pena ir al doctor.", "es", "discouraged_care"),
]


@pytest.mark.parametrize(("text", "lang", "kind"), MORE)
def test_other_wordings_are_found_too(text: str, lang: str, kind: str) -> None:
    assert kind in kinds(text, lang)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Call 612-555-0199.", "contact"),
        ("Call (800) 555-0000 now.", "contact"),
        ("Text 55123.", "contact"),
        ("Llame al 55 1234 5678.", "contact"),
        ("See https://cures.example/now.", "link"),
        ("See best-cures.com.", "link"),
        ("Write to x@y.org.", "link"),
        ("Call {phone}.", "placeholder"),
        ("Hello {{name}}.", "placeholder"),
        ("Your \u202eresult\u202c was 7.8 %.", "control"),
        ("Your re\u200bsult was 7.8 %.", "control"),
        ("Your result\x00 was 7.8 %.", "control"),
    ],
)
def test_what_has_no_place_in_a_reply_is_found_by_its_shape(text: str, kind: str) -> None:
    assert kinds(text) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "Call 911 now.",
        "Call or text 988.",
        "Call St Anne's at +1 612 555 0100.",
        "Call St Anne's at (612) 555-0100.",
        "Read more: https://medlineplus.gov/lab-tests/hemoglobin-a1c-hba1c-test/",
        "Write to care@st-annes.example.",
        "Your visit is on 2026-11-30 at 14:30.",
        "Your blood pressure was 128/82 on November 5, 2026.",
        "Your platelets were 150,000.",
        "Your eGFR was 58 mL/min/1.73 m².",
        "Your HbA1c went from 8.4 % to 7.8 % in six months.",
        "Su resultado fue 7.8 %, el 5 de octubre de 2026.",
        "\u2067نتيجتك\u2069 7.8 %",
    ],
)
def test_own_results_dates_and_the_sites_own_numbers_stay(text: str) -> None:
    assert kinds(text) == set()


def test_another_patients_name_or_number_is_found_whatever_its_case_or_accents() -> None:
    others = ("José Álvarez", "MRN-48213", "Al")
    assert kinds("The result of Jose Alvarez was 7.8 %.", others=others) == {"identity"}
    assert kinds("The result of mrn-48213 was 7.8 %.", others=others) == {"identity"}
    assert kinds("Almost all of it.", others=others) == set()


def test_findings_come_in_the_order_of_the_text_with_their_place() -> None:
    text = "Call 612-555-0199. You have diabetes."
    found = forbidden(text, "en", CLAIMS)
    assert [(finding.kind, text[slice(*finding.span)]) for finding in found] == [
        ("contact", "612-555-0199"),
        ("diagnosis", "You have diabetes"),
    ]


def test_english_claims_are_found_in_a_reply_of_another_language() -> None:
    assert kinds("Su resultado: you have diabetes.", "es") == {"diagnosis"}


def test_no_approved_lab_sentence_is_mistaken_for_a_claim() -> None:
    """The seed content itself; scripts are checked for open places and control characters only."""
    sentences = [
        (path, line.split("text:", 1)[1].strip(' "{}'))
        for path in sorted((ROOT / "content" / "labs").glob("*/*.yaml"))
        for line in path.read_text("utf-8").splitlines()
        if "text:" in line
    ]
    bad = [(path.name, text) for path, text in sentences if kinds(text.rsplit('", source', 1)[0], path.parent.name)]
    assert not bad
