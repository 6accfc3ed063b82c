"""A sentence passes only when the evidence says all of it."""

import json
from pathlib import Path

import pytest

from assistant.safety.grounding import split_sentences, verify

POTASSIUM = "Potassium 5.6 mmol/L on 2026-03-04, laboratory range 3.5–5.1, high"
SUGAR = "Glucose 90 mg/dL on 2026-03-04, laboratory range 70–99"
TABLET = "Medicine: metformin 500 mg twice a day since 2025-11-03"
WEIGHTS = "Weight 82 kg on 2026-06-01; 86 kg on 2026-03-02; 80 kg on 2025-12-01"
KNEES = "Left knee: arthritis, X-ray 2026-02-10. Right knee: X-ray normal"
BEDTIME = "Medicine: amlodipine tablet in the morning; simvastatin tablet at night"
CHEST = "Chest X-ray 2026-05-05: no pneumonia, mild scarring"
ASPIRIN = "Do not take ibuprofen if you have kidney disease."
STATIN = "Statins lower cholesterol. Muscle pain may be a side effect of statins."
FAST = "Do not eat for 8 hours before the cholesterol test."
COUGH = "Cough, recorded 2026-04-02"
STOPPED = "Medicine: naproxen 250 mg, stopped 2026-01-15"
SCAN = "Colonoscopy booked 2026-09-14"
CLOCK = "Fasting glucose sample taken at 8 a.m."
MOTHER = "Mother: breast cancer"
MOLE = "Mole on the back 2026-04-14: possibly irritated, recheck in 6 weeks"
WATER = "Drink water during the day. Some people need less water because of heart failure."
BOOSTER = "Tetanus booster given 2026-02-03; it lasts 10 years"

SUPPORTED = [
    ("Your potassium was 5.6 mmol/L on March 4, 2026.", [POTASSIUM, SUGAR], "same number, date in words"),
    ("Your potassium was high.", [POTASSIUM, SUGAR], "flag as recorded"),
    ("Your potassium is above the range of 3.5 to 5.1.", [POTASSIUM], "range in words"),
    ("Your glucose is within the range.", [SUGAR, POTASSIUM], "worked out from the range"),
    ("Your glucose of 90 mg/dL is about 5.0 mmol/L.", [SUGAR], "unit conversion"),
    ("Your potassium was almost 6 mmol/L.", [POTASSIUM], "rounding up, said so"),
    ("You take metformin 500 mg two times a day.", [TABLET], "twice"),
    ("You weighed less in June 2026 than in March 2026.", [WEIGHTS], "82 < 86"),
    ("Your weight in March was 86 kg, about 190 pounds.", [WEIGHTS], "86 × 2.2046 = 189.6"),
    ("The X-ray showed arthritis in your left knee.", [KNEES], "side kept"),
    ("The chest X-ray showed no pneumonia.", [CHEST], "negation kept"),
    ("If you have renal disease, do not take ibuprofen.", [ASPIRIN], "same advice, same condition"),
    ("Statins bring down cholesterol.", [STATIN], "plain words"),
    ("Sore muscles may be a side effect of statins.", ["Muscle soreness may be a side effect of statins."], "stems"),
    ("Do not eat for 8 hours before your cholesterol test.", [FAST], "instruction as approved"),
    ("Your mother had breast cancer.", [MOTHER], "a relative named as such"),
    ("The mole on your back is possibly irritated.", [MOLE], "doubt kept"),
    ("Your tetanus booster lasts until February 2036.", [BOOSTER], "2026-02-03 plus 10 years"),
    ("You take simvastatin at night.", [BEDTIME], "right tablet"),
    ("Your potassium is above the limit of 5.1 mmol/L.", [POTASSIUM], "limit and number"),
    ("Your glucose is within the laboratory range.", [SUGAR], "in range, said in full"),
    ("Your colonoscopy is scheduled for September 14.", [SCAN], "planned stays planned"),
    ("You have no allergies.", ["Allergies: none recorded"], "an empty entry denies"),
    ("You weighed 82 kg in June 2026, less than in March 2026.", [WEIGHTS], "number and comparison"),
    ("Su potasio fue de 5.6 mmol/L el 4 de marzo de 2026.", ["Potasio 5.6 mmol/L el 2026-03-04"], "Spanish"),
    ("No tome ibuprofeno si tiene asma.", ["No tome ibuprofeno si tiene asma."], "Spanish advice as approved"),
]  # fmt: skip

REFUSED = [
    ("Your potassium was 6.5 mmol/L.", [POTASSIUM], "number", "digits swapped"),
    ("Your potassium was 90 mg/dL.", [POTASSIUM, SUGAR], "number", "another test's number"),
    ("Your glucose was high on March 4.", [POTASSIUM, SUGAR], "subject", "another test's flag"),
    ("Your potassium was low.", [POTASSIUM], "direction", "opposite"),
    ("Your potassium is normal.", [POTASSIUM], "direction", "false reassurance"),
    ("Your potassium was 5.6 mmol/L on April 3, 2026.", [POTASSIUM], "", "another day"),
    ("Your glucose of 90 mg/dL is about 9.0 mmol/L.", [SUGAR], "number", "wrong conversion"),
    ("Your potassium was exactly 6 mmol/L.", [POTASSIUM], "not_in_evidence", "rounding sold as exact"),
    ("You take metformin 500 mg three times a day.", [TABLET], "number", "another frequency"),
    ("You take metformin 850 mg twice a day.", [TABLET], "number", "another dose"),
    ("Take your metformin with food.", [TABLET], "not_in_evidence", "advice nobody gave"),
    ("Stop your metformin.", [TABLET], "not_in_evidence", "advice nobody gave"),
    ("Your weight fell from March to June to your lowest ever.", [WEIGHTS], "", "80 kg was lower"),
    ("You weighed more in June 2026 than in March 2026.", [WEIGHTS], "direction", "82 < 86"),
    ("Your current weight is 80 kg.", [WEIGHTS], "outdated", "the oldest value"),
    ("Your weight in June 2026 was 86 kg.", [WEIGHTS], "", "March's number"),
    ("The X-ray showed arthritis in your right knee.", [KNEES], "", "other side"),
    ("The X-ray showed arthritis in both knees.", [KNEES], "", "both"),
    ("The chest X-ray showed pneumonia.", [CHEST], "polarity", "no dropped"),
    ("The chest X-ray showed no scarring.", [CHEST], "polarity", "no moved"),
    ("Do not take ibuprofen.", [ASPIRIN], "condition", "condition dropped"),
    ("Take ibuprofen if you have kidney disease.", [ASPIRIN], "polarity", "not dropped"),
    ("Muscle pain is a side effect of statins.", [STATIN], "certainty", "may dropped"),
    ("Eat for 8 hours before the cholesterol test.", [FAST], "polarity", "not dropped"),
    ("Do not eat for 12 hours before the cholesterol test.", [FAST], "number", "another time"),
    ("You have breast cancer.", [MOTHER], "person", "the mother has it"),
    ("The mole on your back is irritated.", [MOLE], "certainty", "possibly dropped"),
    ("The mole on your back is harmless.", [MOLE], "not_in_evidence", "false reassurance"),
    ("All people need less water because of heart failure.", [WATER], "quantifier", "some became all"),
    ("People with heart failure need less water.", [WATER], "quantifier", "some dropped"),
    ("You have high potassium because of metformin.", [POTASSIUM, TABLET], "cause", "invented link"),
    ("You take amlodipine at night.", [BEDTIME], "subject", "tablets swapped"),
    ("You have kidney disease.", [POTASSIUM], "not_in_evidence", "invented diagnosis"),
    ("Your tetanus booster lasts until March 2031.", [BOOSTER], "date", "five years"),
    ("Your potassium is within the laboratory range.", [POTASSIUM], "direction", "it is above"),
    ("Your potassium is between 3.5 and 5.1 mmol/L.", [POTASSIUM], "", "it is above"),
    ("Your potassium is under 5.1 mmol/L.", [POTASSIUM], "number", "it is above"),
    ("You take metformin for your cough.", [TABLET, COUGH], "relation", "two records woven into one"),
    ("Your cough comes from metformin.", [TABLET, COUGH], "relation", "two records woven into one"),
    ("You take naproxen 250 mg.", [STOPPED], "status", "stopped"),
    ("You had a colonoscopy on September 14.", [SCAN], "status", "only booked"),
    ("The fasting glucose sample was taken at 8 p.m.", [CLOCK], "number", "evening"),
    ("Your weight is 86 kg.", [WEIGHTS], "outdated", "an old value told as now"),
    ("You have allergies.", ["Allergies: none recorded"], "polarity", "an empty entry denies"),
    ("Take 500 tablets of metformin twice a day.", [TABLET], "", "milligrams became tablets"),
    ("Su potasio fue de 6.5 mmol/L.", ["Potasio 5.6 mmol/L el 2026-03-04"], "number", "Spanish number"),
    ("Tome ibuprofeno si tiene asma.", ["No tome ibuprofeno si tiene asma."], "polarity", "Spanish negation"),
    ("Es seguro.", ["No tome ibuprofeno si tiene asma."], "not_in_evidence", "Spanish invention"),
    ("Your potassium was high.", [], "no_evidence", "nothing to stand on"),
    ("", [POTASSIUM], "no_evidence", "nothing said"),
]  # fmt: skip


@pytest.mark.parametrize(("claim", "evidence", "why"), SUPPORTED, ids=[row[2] for row in SUPPORTED])
def test_what_the_evidence_says_may_be_said(claim: str, evidence: list[str], why: str) -> None:
    found = verify(claim, evidence)
    assert found.supported, (why, found.reason)


@pytest.mark.parametrize(("claim", "evidence", "reason", "why"), REFUSED, ids=[f"{r[3]}: {r[0]}" for r in REFUSED])
def test_what_goes_beyond_the_evidence_is_refused(claim: str, evidence: list[str], reason: str, why: str) -> None:
    found = verify(claim, evidence)
    assert not found.supported, why
    assert reason in ("", found.reason), why


@pytest.mark.parametrize("text", [POTASSIUM, TABLET, WEIGHTS, CHEST, ASPIRIN, FAST, MOTHER, MOLE, BOOSTER])
def test_evidence_supports_its_own_words(text: str) -> None:
    """Approved text that nothing rephrased is never refused."""
    assert verify(text, [text]).supported


def test_a_reason_never_repeats_the_record() -> None:
    for claim, evidence, _, _ in REFUSED:
        assert verify(claim, evidence).reason.replace("_", "").isalpha()


def test_sentences_end_where_a_reader_ends_them() -> None:
    text = "Dr. Lee saw you at 4 p.m. on Monday. Your HbA1c was 7.8%. Is that high? Call 911!"
    assert split_sentences(text) == (
        "Dr. Lee saw you at 4 p.m. on Monday.",
        "Your HbA1c was 7.8%.",
        "Is that high?",
        "Call 911!",
    )


DEVELOPMENT = Path(__file__).resolve().parents[4] / "shared" / "data" / "grounding" / "verify_dev.jsonl"


@pytest.mark.skipif(not DEVELOPMENT.exists(), reason="the development sample is not on this machine")
def test_on_the_development_sample_next_to_nothing_false_passes() -> None:
    rows = [json.loads(line) for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines()]
    passed = [row for row in rows if verify(row["claim"], row["evidence"]).supported]
    assert sum(not row["supported"] for row in passed) <= 2
    assert sum(row["supported"] for row in passed) >= 12
