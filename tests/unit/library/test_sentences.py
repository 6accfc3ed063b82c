"""Splitting approved text into sentences."""

import pytest

from assistant.library.sentences import split_sentences

CASES = [
    ("en", "One idea. Another one.", ["One idea.", "Another one."]),
    ("en", "A value of 5.7 is high. So is 6.1.", ["A value of 5.7 is high.", "So is 6.1."]),
    ("en", "Ask Dr. Smith. She knows.", ["Ask Dr. Smith.", "She knows."]),
    ("en", "Some foods, e.g. Brazil nuts, help.", ["Some foods, e.g. Brazil nuts, help."]),
    ("en", "Eat beans, peas, etc. Drink water.", ["Eat beans, peas, etc.", "Drink water."]),
    ("en", "Eat beans, peas, etc. with water.", ["Eat beans, peas, etc. with water."]),
    ("en", "Come at 8 a.m. Bring your list.", ["Come at 8 a.m.", "Bring your list."]),
    ("en", "Come at 8 a.m. on Monday.", ["Come at 8 a.m. on Monday."]),
    ("en", "Take vitamin D. It helps bones.", ["Take vitamin D.", "It helps bones."]),
    ("en", "You can say: “I need help.” Then wait.", ["You can say: “I need help.”", "Then wait."]),
    ("en", "Is it high? Ask us! We will look…", ["Is it high?", "Ask us!", "We will look…"]),
    ("en", "No end mark", ["No end mark"]),
    ("en", "", []),
    ("es", "¿Es alto? Pregunte. ¡Llame ya!", ["¿Es alto?", "Pregunte.", "¡Llame ya!"]),
    ("es", "La Dra. Ruiz lo explica. El 5.7 es alto.", ["La Dra. Ruiz lo explica.", "El 5.7 es alto."]),
    ("es", "En EE. UU. llame al 911. No espere.", ["En EE. UU. llame al 911.", "No espere."]),
    ("es", "Algunos alimentos, p. ej. el arroz, ayudan.", ["Algunos alimentos, p. ej. el arroz, ayudan."]),
    ("ar", "هل هو مرتفع؟ اسأل فريقك. لا تنتظر.", ["هل هو مرتفع؟", "اسأل فريقك.", "لا تنتظر."]),
    ("zh", "现在就打电话。不要等！好吗？", ["现在就打电话。", "不要等！", "好吗？"]),
    ("zh", "数值是5.7。请问医生。", ["数值是5.7。", "请问医生。"]),
    ("am", "አሁን ይደውሉ። አይጠብቁ።", ["አሁን ይደውሉ።", "አይጠብቁ።"]),
]  # fmt: skip


@pytest.mark.parametrize(("lang", "text", "wanted"), CASES)
def test_text_is_split_where_a_reader_would_stop(lang: str, text: str, wanted: list[str]) -> None:
    assert list(split_sentences(text, lang)) == wanted
