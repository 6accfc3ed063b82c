"""Pairs that differ by one turn of meaning. Some of them led to corrections, so they measure no longer: they hold."""

import pytest

from assistant.safety.grounding import verify

FAITHFUL: list[tuple[str, list[str]]] = [
    ("You have asthma.", ["Asthma, recorded 2019-02-01"]),
    (
        "Your LDL cholesterol dropped from 160 to 120 mg/dL.",
        ["LDL cholesterol 160 mg/dL on 2026-01-05; 120 mg/dL on 2026-07-02"],
    ),
    (
        "Your LDL cholesterol has gone down since January.",
        ["LDL cholesterol 160 mg/dL on 2026-01-05", "LDL cholesterol 120 mg/dL on 2026-07-02"],
    ),
    ("Insulin brings down blood sugar.", ["Insulin lowers blood sugar."]),
    ("Diabetes may damage the kidneys.", ["Diabetes can harm the kidneys."]),
    ("You had a stroke in 2024.", ["Stroke 2024-05-01"]),
    ("You take warfarin and lisinopril.", ["Medicine: warfarin 5 mg", "Medicine: lisinopril 10 mg"]),
    ("Your biopsy did not show cancer.", ["Biopsy 2026-01-01: no cancer"]),
    ("Your temperature was 39 °C, which is about 102 °F.", ["Temperature 39.0 °C on 2026-02-02"]),
    ("Your blood pressure was 118/74.", ["Blood pressure 118/74 on 2026-04-02"]),
    ("Your blood pressure was 118 over 74 on April 2.", ["Blood pressure 118/74 on 2026-04-02"]),
    ("You take warfarin 5 mg daily.", ["Medicine: warfarin 5 mg once a day"]),
    ("Your white cells were low and your platelets were normal.", ["White cells 3.1, low", "Platelets 200, normal"]),
    ("Since 2019 you have had asthma.", ["Asthma, recorded 2019-02-01"]),
    (
        "Your ferritin of 12 µg/L is below the laboratory range.",
        ["Ferritin 12 µg/L on 2026-02-01, laboratory range 15–150, low"],
    ),
    ("Ferritin measured 12 µg/L in February.", ["Ferritin 12 µg/L on 2026-02-01, laboratory range 15–150, low"]),
    ("Low ferritin can mean that your iron stores are low.", ["A low ferritin can be a sign of low iron stores."]),
    ("Swallow the pill with a full glass of water.", ["Swallow the tablet with a full glass of water."]),
    ("Your next appointment is on October 7.", ["Next visit 2026-10-07"]),
    ("You had your gallbladder removed in 2018.", ["Gallbladder removed 2018-03-12"]),
    ("Hives usually go away within a day.", ["Hives usually go away within 24 hours."]),
    ("Keep the bandage dry for two days.", ["Keep the dressing dry for 48 hours."]),
    (
        "Shortness of breath at night may be a symptom of heart failure.",
        ["Breathlessness at night can be a symptom of heart failure."],
    ),
    ("Your eGFR on September 4 was 58 mL/min/1.73 m².", ["eGFR 58 mL/min/1.73 m² on 2026-09-04"]),
    ("The left ear has an infection and the right ear is normal.", ["Left ear: infection. Right ear: normal"]),
    (
        "You use the inhaler twice a day, in the morning and evening.",
        ["Medicine: budesonide inhaler, morning and evening, twice a day"],
    ),
    ("Your HbA1c fell from 8.1% to 7.2%.", ["HbA1c 8.1% on 2026-01-10", "HbA1c 7.2% on 2026-07-11"]),
    ("Your HbA1c was lower in July than in January.", ["HbA1c 8.1% on 2026-01-10", "HbA1c 7.2% on 2026-07-11"]),
    ("Your latest HbA1c was 7.2%.", ["HbA1c 8.1% on 2026-01-10", "HbA1c 7.2% on 2026-07-11"]),
    ("You have had type 2 diabetes since 2020.", ["HbA1c 7.2% on 2026-07-11", "Type 2 diabetes, recorded 2020"]),
    ("The MRI found a small tear in the meniscus.", ["MRI knee 2026-05-05: small tear of the meniscus"]),
    ("Tell your doctor if you are pregnant.", ["Tell your doctor if you are pregnant or breastfeeding."]),
    ("Your TSH of 2.0 is normal.", ["TSH 2.0 mIU/L on 2026-04-21, laboratory range 0.4–4.0"]),
    ("You weigh 154 pounds.", ["Weight 70 kg on 2026-04-21"]),
    ("Your fasting sugar was about 7 mmol/L.", ["Fasting glucose 126 mg/dL on 2026-03-02"]),
    ("Wash your hands before changing the dressing.", ["Wash your hands before you change the dressing."]),
]

UNFAITHFUL: list[tuple[str, list[str]]] = [
    (
        "Your LDL cholesterol rose from 120 to 160 mg/dL.",
        ["LDL cholesterol 160 mg/dL on 2026-01-05; 120 mg/dL on 2026-07-02"],
    ),
    (
        "Your LDL cholesterol went up.",
        ["LDL cholesterol 160 mg/dL on 2026-01-05", "LDL cholesterol 120 mg/dL on 2026-07-02"],
    ),
    ("Your depression is gone.", ["Depression, recorded 2021-02-22"]),
    ("You no longer have depression.", ["Depression, recorded 2021-02-22"]),
    ("Your asthma is under control.", ["Asthma, recorded 2019-02-01"]),
    ("Your asthma is mild.", ["Asthma, recorded 2019-02-01"]),
    ("You should have your potassium checked again.", ["Potassium 5.6 mmol/L on 2026-03-04, high"]),
    (
        "Call your doctor about your potassium.",
        ["Potassium 5.6 mmol/L on 2026-03-04, high", "Call your care team if you feel dizzy."],
    ),
    ("You can drink alcohol.", ["Do not drink alcohol with metronidazole."]),
    ("Alcohol is fine with metronidazole.", ["Do not drink alcohol with metronidazole."]),
    ("Metronidazole lowers alcohol.", ["Do not drink alcohol with metronidazole."]),
    ("Insulin raises blood sugar.", ["Insulin lowers blood sugar."]),
    ("Blood sugar lowers insulin.", ["Insulin lowers blood sugar."]),
    ("High blood pressure can cause kidney disease.", ["Kidney disease can cause high blood pressure."]),
    ("Diabetes damages the kidneys.", ["Diabetes can harm the kidneys."]),
    ("You had two strokes.", ["Stroke 2024-05-01"]),
    ("You had a stroke in May 2023.", ["Stroke 2024-05-01"]),
    ("Your next visit is on June 3.", ["Visit 2026-06-03", "Next visit 2026-07-10"]),
    ("Take your tablet before meals.", ["Take this tablet after meals."]),
    ("You take warfarin 10 mg.", ["Medicine: warfarin 5 mg", "Medicine: lisinopril 10 mg"]),
    (
        "Warfarin can interact with ibuprofen.",
        ["Medicine: warfarin 5 mg", "Do not take ibuprofen if you have kidney disease."],
    ),
    ("Take warfarin 5 mg at noon.", ["Medicine: warfarin 5 mg"]),
    ("The swelling in your right ankle is better.", ["Right ankle swelling, worse than last week"]),
    ("Your biopsy showed cancer.", ["Biopsy 2026-01-01: no cancer"]),
    ("There is no cancer in the biopsy.", ["Biopsy 2026-01-01: possible cancer"]),
    ("Your fever was 39 °C, which is about 102 °F.", ["Temperature 39.0 °C on 2026-02-02"]),
    (
        "You are at high risk of a heart attack.",
        ["Cholesterol 250 mg/dL, high", "High cholesterol can raise the risk of a heart attack."],
    ),
    (
        "Your cholesterol of 250 mg/dL means you will have a heart attack.",
        ["Cholesterol 250 mg/dL, high", "High cholesterol can raise the risk of a heart attack."],
    ),
    ("Most people feel better in a week.", ["Some people feel better in a week."]),
    ("People feel better within a week.", ["Most people feel better within a week."]),
    ("Antibiotics do not help a cold.", ["Antibiotics do not work against a cold."]),
    ("Antibiotics work against a cold.", ["Antibiotics do not work against a cold."]),
    ("Your son has asthma.", ["Asthma, recorded 2019-02-01"]),
    (
        "Stop taking aspirin 7 days before surgery.",
        ["Ask your surgeon whether to stop taking aspirin 7 days before surgery."],
    ),
    ("Your blood pressure was 118/84.", ["Blood pressure 118/74 on 2026-04-02"]),
    ("You take 5 mg of warfarin every other day.", ["Medicine: warfarin 5 mg once a day"]),
    ("Your white cells were normal and your platelets were low.", ["White cells 3.1, low", "Platelets 200, normal"]),
    ("Physiotherapy helped your shoulder.", ["Physiotherapy for the shoulder: 8 sessions from 2026-02-05"]),
    (
        "You finished 8 physiotherapy sessions for the shoulder.",
        ["Physiotherapy for the shoulder: 8 sessions from 2026-02-05"],
    ),
    ("The doctor said you have asthma.", ["Asthma, recorded 2019-02-01"]),
    ("Vitamin D prevents fractures.", ["Vitamin D 44 nmol/L, low", "Wrist fracture 2019-11-23"]),
    (
        "Your vitamin D was low when you had a wrist fracture.",
        ["Vitamin D 44 nmol/L, low", "Wrist fracture 2019-11-23"],
    ),
    ("Your wrist fracture and low vitamin D are linked.", ["Vitamin D 44 nmol/L, low", "Wrist fracture 2019-11-23"]),
    (
        "Low vitamin D led to a wrist fracture and bone loss.",
        ["Vitamin D 44 nmol/L, low", "Wrist fracture 2019-11-23", "Bone loss"],
    ),
    (
        "You take aspirin and have stomach pain from it.",
        ["Medicine: aspirin 81 mg", "Stomach pain, recorded 2026-01-01"],
    ),
    ("Your next appointment is on October 17.", ["Next visit 2026-10-07"]),
    ("You are waiting to have your gallbladder removed.", ["Gallbladder removed 2018-03-12"]),
    ("Hives usually go away within 48 hours.", ["Hives usually go away within 24 hours."]),
    ("Hives always go away within 24 hours.", ["Hives usually go away within 24 hours."]),
    ("Keep the dressing dry for two weeks.", ["Keep the dressing dry for 48 hours."]),
    ("Keep the dressing wet for 48 hours.", ["Keep the dressing dry for 48 hours."]),
    (
        "Shortness of breath at night is a symptom of heart failure.",
        ["Breathlessness at night can be a symptom of heart failure."],
    ),
    (
        "Your heart failure causes shortness of breath.",
        ["Breathlessness at night can be a symptom of heart failure.", "Heart failure, recorded 2024-01-01"],
    ),
    ("Your eGFR was 85 mL/min/1.73 m².", ["eGFR 58 mL/min/1.73 m² on 2026-09-04"]),
    ("The right ear has an infection and the left ear is normal.", ["Left ear: infection. Right ear: normal"]),
    (
        "You use the inhaler twice a day when needed.",
        ["Medicine: budesonide inhaler, morning and evening, twice a day"],
    ),
    ("Use the inhaler before exercise.", ["Medicine: salbutamol inhaler when needed"]),
    ("Your HbA1c was higher in July than in January.", ["HbA1c 8.1% on 2026-01-10", "HbA1c 7.2% on 2026-07-11"]),
    ("Your latest HbA1c was 8.1%.", ["HbA1c 8.1% on 2026-01-10", "HbA1c 7.2% on 2026-07-11"]),
    ("Your diabetes is well controlled.", ["HbA1c 7.2% on 2026-07-11", "Type 2 diabetes, recorded 2020"]),
    ("You have type 1 diabetes.", ["HbA1c 7.2% on 2026-07-11", "Type 2 diabetes, recorded 2020"]),
    ("The MRI found a large tear in the meniscus.", ["MRI knee 2026-05-05: small tear of the meniscus"]),
    ("The MRI may have found a tear.", ["MRI knee 2026-05-05: small tear of the meniscus"]),
    ("You need an operation for the meniscus tear.", ["MRI knee 2026-05-05: small tear of the meniscus"]),
    ("Drink alcohol while you take this medicine.", ["Do not drink alcohol while you take this medicine."]),
    ("Fainting is common with this medicine.", ["Dizziness is common with this medicine. Fainting is rare."]),
    ("Dizziness is rare with this medicine.", ["Dizziness is common with this medicine. Fainting is rare."]),
    ("You can stop the medicine when you feel well.", ["Do not stop the medicine even if you feel well."]),
    ("Your sister has epilepsy.", ["Brother: epilepsy"]),
    ("Epilepsy runs in your family.", ["Brother: epilepsy"]),
    ("Your TSH of 2.0 is high.", ["TSH 2.0 mIU/L on 2026-04-21, laboratory range 0.4–4.0"]),
    ("Your TSH of 2.0 means your thyroid is healthy.", ["TSH 2.0 mIU/L on 2026-04-21, laboratory range 0.4–4.0"]),
    ("You weigh 164 pounds.", ["Weight 70 kg on 2026-04-21"]),
    ("You gained weight between March and June.", ["Weight 86 kg on 2026-03-02; 82 kg on 2026-06-01"]),
    ("Wash your hands after changing the dressing.", ["Wash your hands before you change the dressing."]),
    ("You are not taking any medicines.", ["Medicine: aspirin 81 mg once a day"]),
    ("You should take your aspirin with food.", ["Medicine: aspirin 81 mg once a day"]),
    (
        "You were given aspirin 81 mg once a day for your heart.",
        ["Medicine: aspirin 81 mg once a day", "Heart failure, recorded 2024"],
    ),
]


@pytest.mark.parametrize(("claim", "evidence"), FAITHFUL)
def test_a_faithful_sentence_passes(claim: str, evidence: list[str]) -> None:
    assert verify(claim, evidence).reason == ""


@pytest.mark.parametrize(("claim", "evidence"), UNFAITHFUL)
def test_an_unfaithful_sentence_is_refused(claim: str, evidence: list[str]) -> None:
    assert not verify(claim, evidence).supported
