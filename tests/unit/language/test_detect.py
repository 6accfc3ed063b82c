"""Which language a message is in: the patient's choice wins, and only sure guesses count."""

import json
from pathlib import Path

import pytest

from assistant.language.detect import SUPPORTED, Detected, Detector

SHARED = Path(__file__).resolve().parents[4] / "shared" / "data" / "messages"


@pytest.fixture(scope="module")
def detector() -> Detector:
    return Detector()


KEPT = [
    ("en", "metformin 500 mg"),
    ("es", "metformina 500 mg"),
    ("es", "refill de metformina por favor"),
    ("es", "el test de A1c salio high"),
    ("es", "LDL HDL TSH"),
    ("es", "ok thanks"),
    ("en", "Lisinopril Atorvastatin Metformin Gabapentin"),
    ("en", "creatinine 1.2 eGFR 58"),
    ("en", "hola"),
    ("zh", "HbA1c 7.8"),
    ("en", "chest pain n cant breathe rn"),
    ("es", "no puedo respirar y me duele el pecho help"),
    ("es", "a que hora abre la clinica manana"),
    ("vi", "toi bi dau nguc"),
    ("ko", "7.8"),
    ("en", "???"),
    ("en", ""),
]


@pytest.mark.parametrize(("session", "text"), KEPT)
def test_short_mixed_and_borrowed_words_keep_the_session(detector: Detector, session: str, text: str) -> None:
    assert detector.detect(text, session) == Detected(session, "keep")


SWITCHED = [
    ("en", "me duele mucho el pecho y no puedo respirar", "es"),
    ("en", "tengo fiebre desde ayer y no se que hacer", "es"),
    ("en", "mi doctor me dio metformin y tengo que hacer un refill", "es"),
    ("es", "I want to talk to a person please", "en"),
    ("es", "what does my A1c of 7.8 mean", "en"),
    ("en", "我胸口疼，喘不过气", "zh"),
    ("en", "у меня болит грудь и трудно дышать", "ru"),
    ("en", "رأسي يؤلمني كثيرا منذ أمس", "ar"),
    ("en", "ደረቴን ያመኛል መተንፈስ አልችልም", "am"),
    ("en", "가슴이 아프고 숨을 쉴 수 없어요", "ko"),
    ("en", "madaxa ayaa aad ii xanuunaya maanta", "so"),
    ("en", "con tôi bị sốt từ tối qua", "vi"),
    ("en", "masakit ang dibdib ko at hirap akong huminga", "tl"),
    ("en", "mwen gen doulè nan pwatrin mwen depi maten", "ht"),
]


@pytest.mark.parametrize(("session", "text", "lang"), SWITCHED)
def test_a_clear_sentence_in_another_supported_language_is_noticed(
    detector: Detector, session: str, text: str, lang: str
) -> None:
    assert detector.detect(text, session) == Detected(lang, "switch")


@pytest.mark.parametrize(
    ("text", "lang"),
    [("wo bekomme ich meine Medikamente her bitte", "de"), ("私は頭が痛いです、助けてください", "ja")],
)
def test_an_unsupported_language_is_said(detector: Detector, text: str, lang: str) -> None:
    assert detector.detect(text, "en") == Detected(lang, "unsupported")


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        ("I do not have any chest pain today.", "en"),
        ("No tengo dolor en el pecho hoy.", "es"),
        ("7.8 %", None),
        ("ok", None),
    ],
)
def test_a_translation_is_named_only_where_it_is_sure(detector: Detector, text: str, lang: str | None) -> None:
    assert detector.surely(text) == lang


def test_a_hundred_kilobytes_are_no_trouble(detector: Detector) -> None:
    assert detector.detect("dolor de cabeza " * 7000, "en") == Detected("es", "switch")


@pytest.mark.skipif(not SHARED.exists(), reason="no shared data beside the project")
def test_patients_messages_in_every_language_are_kept_or_found(detector: Detector) -> None:
    """294 of 294 kept and 286 of 294 found when this was written."""
    rows = [json.loads(line) for name in ("en_dev", "multi_dev") for line in (SHARED / f"{name}.jsonl").open("rb")]
    kept = [detector.detect(row["text"], row["lang"]).action == "keep" for row in rows]
    found = [detector.detect(row["text"], "es" if row["lang"] == "en" else "en").lang == row["lang"] for row in rows]
    assert all(kept)
    assert sum(found) / len(found) >= 0.95
    assert {row["lang"] for row in rows} == set(SUPPORTED)
