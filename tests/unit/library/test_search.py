"""Search over approved passages, by words alone and with a small embedder."""

from pathlib import Path

import pytest

from assistant.library.catalogue import Catalogue
from assistant.library.documents import documents
from assistant.library.search import SearchIndex
from assistant.library.vectors import VectorCache
from assistant.store.db import Database
from tests.support.content_tree import article, put
from tests.support.embedders import PieceEmbedder
from tests.unit.library.conftest import TODAY, Edit


@pytest.fixture(params=["words", "words and vectors"])
def embedder(request: pytest.FixtureRequest) -> PieceEmbedder | None:
    return PieceEmbedder() if request.param == "words and vectors" else None


FOUND = [
    ("en", "what is type 2 diabetes", "education/type_2_diabetes#what"),
    ("en", "does walking help with sugar diabetes?", "education/type_2_diabetes#helps"),
    ("en", "hypertension and salt", "education/high_blood_pressure#helps"),
    ("en", "is metformin bad for the stomach", "medicines/metformin#common"),
    ("en", "Can I take Glucophage with food", "medicines/metformin#taking"),
    ("en", "hipertention quiting smokng", "education/high_blood_pressure#helps"),
    ("en", "what is an a1c", "labs/hba1c#measures"),
    ("es", "¿qué es la diabetes tipo 2?", "education/type_2_diabetes#what"),
    ("es", "presion alta y la sal", "education/high_blood_pressure#helps"),
    ("es", "metformina cae mal al estomago", "medicines/metformin#common"),
]


@pytest.mark.parametrize(("lang", "query", "ref"), FOUND)
async def test_the_passage_that_answers_comes_first(
    catalogue: Catalogue, embedder: PieceEmbedder | None, lang: str, query: str, ref: str
) -> None:
    hits = (await SearchIndex.build(catalogue, lang, embedder)).search(query)
    assert hits[0].passage.ref == ref, [(hit.passage.ref, hit.score) for hit in hits]


@pytest.mark.parametrize("query", ["", "   ", "?!", "who won the football match", "asdf qwer zxcv", "the of and"])
async def test_nonsense_finds_nothing(catalogue: Catalogue, embedder: PieceEmbedder | None, query: str) -> None:
    assert (await SearchIndex.build(catalogue, "en", embedder)).search(query) == ()


async def test_a_hit_tells_what_it_belongs_to_and_why_it_was_found(catalogue: Catalogue) -> None:
    index = await SearchIndex.build(catalogue, "en", PieceEmbedder())
    article_hit = index.search("walking helps diabetes")[0]
    told = (article_hit.item, article_hit.kind, article_hit.lab, article_hit.passage_key, article_hit.article.version)
    assert told == ("education/type_2_diabetes", "condition", "", "helps", 1)
    assert article_hit.score > 0
    assert 0 < article_hit.coverage <= 1
    assert article_hit.cosine is not None
    lab_hit = index.search("a1c")[0]
    assert (lab_hit.item, lab_hit.kind, lab_hit.lab) == ("labs/hba1c", "lab", "hba1c")


async def test_best_hits_come_first_and_no_more_than_asked(catalogue: Catalogue) -> None:
    index = await SearchIndex.build(catalogue, "en", PieceEmbedder())
    hits = index.search("diabetes sugar blood", k=3)
    assert len(hits) == 3
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


async def test_a_language_without_text_finds_nothing(catalogue: Catalogue) -> None:
    assert (await SearchIndex.build(catalogue, "fr", PieceEmbedder())).search("diabetes") == ()


async def test_expired_text_is_never_found(edit: Edit) -> None:
    folder = edit("medicines/en/metformin.md", "2027-11-01", "2026-01-01")
    index = await SearchIndex.build(Catalogue.from_folder(folder, TODAY), "en", None)
    assert all(hit.item != "medicines/metformin" for hit in index.search("metformin"))


def test_a_long_section_is_embedded_in_pieces_that_no_embedder_cuts(folder: Path) -> None:
    filler = " ".join("Drink water with your meals every single day." for _ in range(60))
    body = article("education", "en", "high_blood_pressure").replace("Less salt", f"{filler} Less salt")
    put(folder, "education/en/high_blood_pressure.md", body)
    held = documents(Catalogue.from_folder(folder, TODAY), "en")
    (long,) = (document for document in held if document.passage.ref == "education/high_blood_pressure#helps")
    assert len(long.chunks) == 5
    assert all(chunk.startswith("High blood pressure. What helps. ") for chunk in long.chunks)
    assert max(len(chunk.split()) for chunk in long.chunks) < 130
    assert long.chunks[-1].endswith("Quitting smoking helps.")


async def test_a_long_section_is_as_near_as_its_nearest_piece(folder: Path) -> None:
    filler = " ".join("Drink water with your meals every single day." for _ in range(60))
    body = article("education", "en", "high_blood_pressure")
    put(folder, "education/en/high_blood_pressure.md", body.replace("Moving more", f"{filler} Moving more"))
    index = await SearchIndex.build(Catalogue.from_folder(folder, TODAY), "en", PieceEmbedder())
    hits = index.search("drink water every single day with meals")
    assert [hit.passage.ref for hit in hits] == ["education/high_blood_pressure#helps"]
    assert (hits[0].cosine or 0) > 0.8


async def test_vectors_are_computed_once_and_kept_for_the_next_start(catalogue: Catalogue, database: Database) -> None:
    first, again, other = PieceEmbedder(), PieceEmbedder(), PieceEmbedder(digest="another model")
    built = await SearchIndex.build(catalogue, "en", first, VectorCache(database))
    loaded = await SearchIndex.build(catalogue, "en", again, VectorCache(database))
    embedded = first.calls
    assert embedded > 0
    assert again.calls == 0
    assert [h.passage.ref for h in built.search("salt")] == [h.passage.ref for h in loaded.search("salt")]
    await SearchIndex.build(catalogue, "en", other, VectorCache(database))
    assert other.calls == embedded


async def test_only_a_changed_passage_is_embedded_again(edit: Edit, folder: Path, database: Database) -> None:
    cache, embedder = VectorCache(database), PieceEmbedder()
    await SearchIndex.build(Catalogue.from_folder(folder, TODAY), "en", embedder, cache)
    before = embedder.calls
    edit("education/en/type_2_diabetes.md", "Walking", "Dancing")
    index = await SearchIndex.build(Catalogue.from_folder(folder, TODAY), "en", embedder, cache)
    assert embedder.calls == before + 1
    assert index.search("dancing")[0].passage.ref == "education/type_2_diabetes#helps"
