"""Real Argos and CTranslate2 on a tiny package, guarded, silent, without torch."""

import logging
import sys
from pathlib import Path

import pytest

from assistant.language.argos import ArgosTranslator
from assistant.language.argos_parts import LONGEST_SENTENCE, Splitter
from tests.support.argos_pair import install


async def test_without_packages_there_are_no_pairs_and_no_translation(tmp_path: Path) -> None:
    translator = ArgosTranslator(tmp_path / "none")
    assert translator.pairs == frozenset()
    assert await translator.translate("Tengo fiebre.", "es", "en") is None
    assert await translator.translate("I have a fever.", "en", "en") == "I have a fever."


async def test_a_phrase_goes_there_and_back(tmp_path: Path) -> None:
    translator = ArgosTranslator(install(tmp_path, "es_en-fixture", "en_es-fixture"))
    assert translator.pairs == {("es", "en"), ("en", "es")}
    assert await translator.translate("No tengo dolor en el pecho.", "es", "en") == "I do not have chest pain."
    assert await translator.translate("Thank you very much.", "en", "es") == "Muchas gracias."
    assert await translator.translate("Tengo fiebre.", "es", "fr") is None
    translator.close()


FAULTS = [
    "No tengo dolor en el pecho.",
    "No tome más de 4 tabletas al día.",
    "Tomo warfarina.",
    "Tome 5 ml cada 4 horas.",
    "Mi bebé no se mueve.",
    "Hay sangre en mi orina.",
    "Estoy sangrando mucho.",
    "Tomé demasiadas pastillas.",
]


async def test_every_planted_fault_of_a_bad_package_is_refused(tmp_path: Path) -> None:
    translator = ArgosTranslator(install(tmp_path, "es_en-faulty"))
    assert [text for text in FAULTS if await translator.translate(text, "es", "en")] == []
    assert await translator.translate("Tengo fiebre.", "es", "en") == "I have a fever."


async def test_no_log_holds_a_word_of_the_patient(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, capsys: pytest.CaptureFixture[str]
) -> None:
    translator = ArgosTranslator(install(tmp_path, "es_en-faulty"))
    with caplog.at_level(logging.DEBUG):
        await translator.translate("Tengo fiebre.", "es", "en")
        await translator.translate("Tomo warfarina.", "es", "en")
    out, err = capsys.readouterr()
    told = (caplog.text + out + err).lower()
    assert "fiebre" not in told
    assert "warfarin" not in told
    assert "torch" not in sys.modules


async def test_who_waits_too_long_gets_none(tmp_path: Path) -> None:
    translator = ArgosTranslator(install(tmp_path, "es_en-fixture"), seconds=0.0)
    assert await translator.translate("Tengo fiebre.", "es", "en") is None


async def test_a_package_that_cannot_be_read_gives_none_instead_of_an_error(tmp_path: Path) -> None:
    folder = install(tmp_path, "es_en-fixture")
    ArgosTranslator(folder)
    for model in folder.glob("packages/*/model/model.bin"):
        model.write_bytes(b"broken")
    assert await ArgosTranslator(folder).translate("Tengo fiebre.", "es", "en") is None


@pytest.mark.parametrize(
    ("text", "count"),
    [("One. Two? Three!", 3), ("一。二？三！", 3), ("No end", 1), ("A\nB", 2), ("", 0), ("It was 7.8 today. Yes.", 2)],
)
def test_sentences_are_split_without_a_model(text: str, count: int) -> None:
    assert len(Splitter().split_sentences(text)) == count


@pytest.mark.parametrize("text", ["word " * 300, "a" * 3000, "clause of words, " * 80, "字" * 1500])
def test_no_piece_is_longer_than_the_engine_can_finish_and_nothing_is_lost(text: str) -> None:
    pieces = Splitter().split_sentences(text)
    assert all(len(piece) <= LONGEST_SENTENCE for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
