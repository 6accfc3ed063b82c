"""Intents from examples: shares, calibration, with and without sentence vectors."""

from collections.abc import Mapping, Sequence

import numpy as np
import pytest
import yaml

from assistant.language.intents import IntentClassifier
from tests.support.embedders import PieceEmbedder
from tests.support.rail_files import ROOT

EXAMPLES = {
    "en": {
        "explain_lab": ("what does my a1c mean", "is my cholesterol of 200 high", "explain my kidney test result"),
        "appointment": ("I want to book a visit", "change my appointment to Monday", "cancel my visit please"),
        "smalltalk": ("hello", "thank you so much", "good morning"),
    },
    "es": {
        "explain_lab": ("qué significa mi a1c", "es alto mi colesterol de 200", "explique mi prueba del riñón"),
        "appointment": ("quiero una cita", "cambiar mi cita al lunes", "cancele mi cita por favor"),
        "smalltalk": ("hola", "muchas gracias", "buenos días"),
    },
}
ASKED = [
    ("what does an a1c of 9.1 mean", "en", "explain_lab"),
    ("please move my appointment", "en", "appointment"),
    ("thank you", "en", "smalltalk"),
    ("que significa mi A1C de 6,2", "es", "explain_lab"),
    ("necesito otra cita", "es", "appointment"),
]


@pytest.mark.parametrize("embedder", [None, PieceEmbedder()], ids=["n-grams", "vectors"])
@pytest.mark.parametrize(("text", "lang", "intent"), ASKED)
def test_what_is_asked_for_comes_first(text: str, lang: str, intent: str, embedder: PieceEmbedder | None) -> None:
    shares = IntentClassifier.fit(EXAMPLES, embedder).classify(text, lang)
    assert shares[0][0] == intent
    assert sum(share for _, share in shares) == pytest.approx(1, abs=1e-4)
    assert [share for _, share in shares] == sorted((share for _, share in shares), reverse=True)
    assert {name for name, _ in shares} == {"explain_lab", "appointment", "smalltalk"}


def test_the_value_of_a_result_does_not_change_what_is_asked() -> None:
    made = IntentClassifier.fit(EXAMPLES)
    assert made.classify("is my a1c of 5.1 high", "en") == made.classify("is my a1c of 11.9 high", "en")


def test_a_vector_at_hand_saves_embedding_and_known_examples_are_not_embedded_again() -> None:
    embedder = PieceEmbedder()
    texts = [text for by_intent in EXAMPLES.values() for found in by_intent.values() for text in found]
    known = dict(zip(texts, embedder.embed(texts), strict=True))
    vector = embedder.embed(["hello there"])[0]
    embedder.calls = 0
    made = IntentClassifier.fit(EXAMPLES, embedder, known)
    assert made.classify("hello there", "en", vector) == made.classify("hello there", "en", vector)
    assert embedder.calls == 0


@pytest.mark.parametrize("text", ["", "   ", "???", "\x00", "字" * 5000, "a" * 100_000])
def test_odd_texts_get_shares_too(text: str) -> None:
    shares = IntentClassifier.fit(EXAMPLES).classify(text, "en")
    assert all(np.isfinite(share) for _, share in shares)


def test_one_intent_alone_cannot_be_learned() -> None:
    with pytest.raises(ValueError, match="two intents"):
        IntentClassifier.fit({"en": {"smalltalk": ("hello",)}})


def seed() -> Mapping[str, Mapping[str, Sequence[str]]]:
    found: dict[str, dict[str, Sequence[str]]] = {}
    for path in sorted((ROOT / "content" / "intents").glob("*/*.yaml")):
        data = yaml.safe_load(path.read_text("utf-8"))
        found.setdefault(data["lang"], {})[data["intent"]] = tuple(str(text) for text in data["examples"])
    return found


def test_the_seed_examples_are_learned() -> None:
    made = IntentClassifier.fit(seed())
    assert made.classify("can I book an appointment for next week", "en")[0][0] == "appointment"
