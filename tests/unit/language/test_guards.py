"""A translation that lost or gained something is refused; a good one is not."""

import pytest

from assistant.language.guards import broken
from tests.support.argos_pair import pairs

BROKEN = [
    ("No tengo dolor en el pecho.", "I have chest pain.", "negation"),
    ("No tome más de 4 tabletas al día.", "Do not take more than 40 tablets a day.", "numbers"),
    ("Tomo warfarina.", "I take ibuprofen.", "medicine"),
    ("Tome 5 ml cada 4 horas.", "Take 5 mg every 4 hours.", "units"),
    ("Me duele mucho la cabeza.", "head head head head head head head head", "loop"),
    ("Hay una corriente principal.", "There is a mainstremainstremainstremainstremainstre.", "loop"),
    ("Hay sangre en mi orina.", "Hay sangre en mi orina.", "copied"),
    ("Estoy sangrando mucho.", "♪", "empty"),
    ("Tomé demasiadas pastillas.", "Thank you.", "length"),
    ("Me duele el brazo izquierdo.", "My right arm hurts.", "directions"),
    ("Antes de la cirugía.", "After the surgery.", "directions"),
    ("Sí, me duele.", "It hurts a lot.", "yes"),
    ("Estoy mal. Tengo fiebre.", "I am sick with fever.", "sentences"),
    ("La cita es el 3/4/2026.", "The visit is on 4/3/2026.", "numbers"),
    ("Tome dos pastillas.", "Take three pills.", "numbers"),
    ("Tengo dos hijos.", "I have three children.", "numbers"),
    ("Su glucosa fue 1,5.", "Your glucose was 15.", "numbers"),
]


@pytest.mark.parametrize(("source", "result", "reason"), BROKEN)
def test_a_broken_translation_is_refused_with_its_reason(source: str, result: str, reason: str) -> None:
    assert broken(source, result, "es", "en") == reason


GOOD = [
    ("Tome dos pastillas.", "Take 2 pills.", "es", "en"),
    ("Su resultado fue 7,8 %.", "Your result was 7.8 %.", "es", "en"),
    ("Fueron 1.500 pasos.", "It was 1,500 steps.", "es", "en"),
    ("No tengo fiebre.", "I don't have a fever.", "es", "en"),
    ("Regrese si empeora.", "Come back if it gets worse.", "es", "en"),
    ("Your result was 7.8 % on October 5.", "您在10月5日的结果是7.8%。", "en", "zh"),
    ("I do not have pain.", "Je n'ai pas de douleur.", "en", "fr"),
    ("I have a headache.", "У меня болит голова.", "en", "ru"),
]


@pytest.mark.parametrize(("source", "result", "source_lang", "target_lang"), GOOD)
def test_a_good_translation_passes(source: str, result: str, source_lang: str, target_lang: str) -> None:
    assert broken(source, result, source_lang, target_lang) is None


def test_a_result_in_the_wrong_language_is_refused() -> None:
    assert broken("Tengo fiebre.", "Ich habe Fieber.", "es", "en", lambda text: "de") == "language"
    assert broken("Tengo fiebre.", "I have a fever.", "es", "en", lambda text: None) is None


def test_hand_written_pairs_pass_in_both_directions() -> None:
    """212 phrases: none is refused."""
    rows = pairs()
    assert [en for en, es in rows if broken(en, es, "en", "es")] == []
    assert [es for en, es in rows if broken(es, en, "es", "en")] == []
