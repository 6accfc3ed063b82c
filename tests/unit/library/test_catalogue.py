"""The snapshot of approved content: what it finds, what it leaves out, and what keeps it from being made."""

from datetime import date
from pathlib import Path

import pytest

from assistant.errors import ContentInvalid, ContentMissing
from assistant.library.catalogue import Catalogue, check_folder
from assistant.library.files import SEED_APPROVER
from assistant.library.parts import DRAFTED, SAMPLE
from tests.support.content_tree import put
from tests.unit.library.conftest import TODAY, Edit


def test_a_valid_folder_has_no_problems(folder: Path) -> None:
    assert check_folder(folder) == []


def test_a_lab_is_found_by_its_id_and_by_any_of_its_codes(catalogue: Catalogue) -> None:
    lab = catalogue.lab("hba1c")
    assert lab is not None
    assert lab.facts.group == "sugar"
    assert catalogue.lab_by_loinc(("0000-0", "4548-4")) is lab
    assert catalogue.lab_by_loinc(("0000-0",)) is None
    assert catalogue.lab("unknown") is None


def test_single_texts_fall_back_to_english_and_say_so(catalogue: Catalogue) -> None:
    lab = catalogue.lab("hba1c")
    assert lab is not None
    found = (lab.words("fr"), catalogue.script("cardiac", "fr"), catalogue.article("type_2_diabetes", "fr"))
    assert [each.lang for each in found] == ["en", "en", "en"]
    assert catalogue.script("cardiac", "es").lang == "es"
    assert catalogue.questions("diabetes_visit", "es").item.title == "Diabetes es"


def test_lists_hold_one_language_only(catalogue: Catalogue) -> None:
    assert [each.item.id for each in catalogue.articles("es")] == ["high_blood_pressure", "type_2_diabetes"]
    assert [each.item.id for each in catalogue.medicines("en")] == ["metformin"]
    assert catalogue.articles("fr") == ()
    assert len(catalogue.question_sets("en", "visit")) == 1
    assert catalogue.question_sets("en", "safety_check") == ()


def test_a_text_is_found_by_its_reference(catalogue: Catalogue) -> None:
    assert catalogue.text("education/type_2_diabetes", "en").item.title == "Type 2 diabetes"
    assert catalogue.text("medicines/metformin", "es").item.title == "Metformina"


def test_what_does_not_exist_is_missing_by_name(catalogue: Catalogue) -> None:
    with pytest.raises(ContentMissing, match=r"scripts/flood/en\.md"):
        catalogue.script("flood", "en")


def test_frames_are_filled_and_never_half(catalogue: Catalogue) -> None:
    assert catalogue.frames("en").fill("value", name="HbA1c", value="7.8") == "HbA1c: 7.8"
    with pytest.raises(ContentMissing, match="value"):
        catalogue.frames("en").fill("value", name="HbA1c")
    with pytest.raises(ContentMissing, match="nothing"):
        catalogue.frames("en").fill("nothing")


def test_intents_and_danger_files_are_handed_over_whole(catalogue: Catalogue) -> None:
    assert catalogue.intents()["es"]["explain_lab"] == ("hba1c es",)
    assert catalogue.raw("danger") == (("danger/rules.yaml", {"rules": [{"id": "cardiac.chest_pain"}]}),)
    assert catalogue.raw("rails") == ()


def test_every_item_tells_its_version_its_reviewer_and_that_nobody_reviewed_it(catalogue: Catalogue) -> None:
    article = catalogue.article("type_2_diabetes", "en")
    told = (article.version, article.reviewer, article.reviewed, article.status, article.review_by)
    assert told == (1, SEED_APPROVER, None, SAMPLE, date(2027, 11, 1))


def test_a_sample_that_awaits_a_translator_says_so(edit: Edit) -> None:
    folder = edit("scripts/cardiac/es.md", SAMPLE, DRAFTED)
    assert Catalogue.from_folder(folder, TODAY).script("cardiac", "es").status == DRAFTED


def test_expired_text_is_left_out_and_listed(edit: Edit) -> None:
    folder = edit("education/en/type_2_diabetes.md", "2027-11-01", "2026-11-19")
    catalogue = Catalogue.from_folder(folder, TODAY)
    assert [each.path for each in catalogue.expired] == ["education/en/type_2_diabetes.md"]
    with pytest.raises(ContentMissing):
        catalogue.article("type_2_diabetes", "en")


def test_text_is_served_until_the_end_of_its_last_day(edit: Edit) -> None:
    folder = edit("education/en/type_2_diabetes.md", "2027-11-01", "2026-11-20")
    assert Catalogue.from_folder(folder, TODAY).article("type_2_diabetes", "en").item.lang == "en"


def test_an_expired_script_is_listed_but_stays_because_silence_would_be_worse(edit: Edit) -> None:
    catalogue = Catalogue.from_folder(edit("scripts/cardiac/en.md", "2027-11-01", "2020-01-01"), TODAY)
    assert [each.path for each in catalogue.expired] == ["scripts/cardiac/en.md"]
    assert catalogue.script("cardiac", "en").item.steps == ("Sit down.",)


def test_an_expired_lab_is_not_explained(edit: Edit) -> None:
    catalogue = Catalogue.from_folder(edit("labs/hba1c.yaml", "2027-11-01", "2020-01-01"), TODAY)
    assert [lab.id for lab in catalogue.labs] == ["glucose"]
    assert catalogue.lab_by_loinc(("4548-4",)) is None


def test_readmes_and_the_demo_are_no_content(folder: Path) -> None:
    put(folder, "danger/README.md", "# Words\n")
    put(folder, "demo/patient.json", "{}")
    put(folder, ".keep", "")
    assert check_folder(folder) == []


# path, old, new, problem as "path:line: reason"
ACROSS = [
    ("labs/hba1c.yaml", "related: [glucose]", "related: [salt]", "labs/hba1c.yaml:10: unknown related lab salt"),
    ("labs/hba1c.yaml", "4548-4", "2345-7", "labs/hba1c.yaml:2: LOINC “2345-7” belongs to labs/glucose.yaml"),
    ("labs/en/hba1c.yaml", "[a1c]", "[Sugar-Level]",
     "labs/en/hba1c.yaml:5: alias “sugar level” belongs to labs/en/glucose.yaml"),
    ("labs/en/hba1c.yaml", "source: s1", "source: s8",
     "labs/en/hba1c.yaml:8: unknown source s8: not in labs/hba1c.yaml"),
    ("frames/es.yaml", "{value}", "{amount}", "frames/es.yaml:5: other places than the English frame value"),
]  # fmt: skip


@pytest.mark.parametrize(("path", "old", "new", "problem"), ACROSS)
def test_files_that_contradict_each_other_are_refused(edit: Edit, path: str, old: str, new: str, problem: str) -> None:
    folder = edit(path, old, new)
    assert problem in [str(found) for found in check_folder(folder)]
    with pytest.raises(ContentInvalid, match=r"belongs|unknown|other places"):
        Catalogue.from_folder(folder, TODAY)


def test_words_without_facts_are_refused(folder: Path) -> None:
    (folder / "labs/hba1c.yaml").unlink()
    found = [str(problem) for problem in check_folder(folder)]
    assert "labs/en/hba1c.yaml:1: words without facts: labs/hba1c.yaml is missing" in found


def test_an_example_of_two_intents_is_refused(folder: Path) -> None:
    put(folder, "intents/en/visit_prep.yaml", "intent: visit_prep\nlang: en\nexamples:\n  - what now\n  - HbA1c, en?\n")
    found = [str(problem) for problem in check_folder(folder) if problem.severity == "error"]
    assert found == ["intents/en/visit_prep.yaml:5: example “hba1c en” belongs to intents/en/explain_lab.yaml"]


def test_a_missing_translation_is_a_gap_that_does_not_stop_the_rest(folder: Path) -> None:
    (folder / "education/es/type_2_diabetes.md").unlink()
    (problem,) = check_folder(folder)
    wanted = "education/en/type_2_diabetes.md:1: missing translation: type_2_diabetes in es"
    assert (problem.severity, str(problem)) == ("gap", wanted)
    assert Catalogue.from_folder(folder, TODAY).article("type_2_diabetes", "es").lang == "en"


def test_a_translation_with_other_sections_is_a_gap(edit: Edit) -> None:
    folder = edit("education/es/type_2_diabetes.md", "{#what", "{#intro .s1}\nHola.\n\n## Más {#what")
    assert [str(problem) for problem in check_folder(folder)] == [
        "education/es/type_2_diabetes.md:1: other sections than the English article"
    ]


def test_a_translation_may_not_ask_for_a_place_that_the_english_script_has_not(folder: Path, edit: Edit) -> None:
    for lang in ("en", "es"):
        edit(f"scripts/cardiac/{lang}.md", "tone: emergency", "tone: plain")
    edit("scripts/cardiac/es.md", "No cuelgue.", "No cuelgue, {name}.")
    assert [str(problem) for problem in check_folder(folder)] == [
        "scripts/cardiac/es.md:1: the English script has no {name}"
    ]


def test_every_problem_of_every_file_is_found_not_only_the_first(folder: Path, edit: Edit) -> None:
    edit("labs/hba1c.yaml", "group: sugar", "group: sweets")
    edit("scripts/cardiac/en.md", "Sit down.", "Call {police}.")
    put(folder, "notes.txt", "hello")
    (folder / "frames/en.yaml").write_bytes(b"lang: en\nframes: \xff\n")
    paths = {problem.path for problem in check_folder(folder) if problem.severity == "error"}
    assert paths >= {"frames/en.yaml", "labs/hba1c.yaml", "scripts/cardiac/en.md", "notes.txt"}
