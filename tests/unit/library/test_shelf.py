"""The content that answers now is replaced as a whole or not at all."""

from pathlib import Path

import pytest

from assistant.errors import ContentInvalid, ContentMissing
from assistant.library.catalogue import Catalogue
from assistant.library.shelf import Commit, Shelf
from assistant.library.versions import Versions
from tests.unit.library.conftest import Edit

PATH = "education/en/type_2_diabetes.md"


async def test_an_empty_shelf_says_so(versions: Versions) -> None:
    with pytest.raises(ContentMissing):
        _ = Shelf(versions).current


async def test_a_reload_takes_what_is_approved_now(versions: Versions, folder: Path, edit: Edit) -> None:
    shelf = Shelf(versions)
    await versions.seed(folder)
    first = await shelf.reload()
    await versions.seed(edit(PATH, "Walking", "Moving"))
    assert shelf.current is first
    await shelf.reload()
    assert shelf.current.article("type_2_diabetes", "en").version == 2


async def test_listeners_prepare_before_the_swap_and_commit_with_it(versions: Versions, folder: Path) -> None:
    shelf, seen = Shelf(versions), list[str]()

    async def prepare(catalogue: Catalogue) -> Commit:
        seen.append(f"prepare {len(catalogue.labs)}")
        with pytest.raises(ContentMissing):
            _ = shelf.current
        return lambda: seen.append(f"commit {shelf.current is catalogue}")

    shelf.on_change(prepare)
    await versions.seed(folder)
    await shelf.reload()
    assert seen == ["prepare 2", "commit True"]


async def test_a_failing_listener_leaves_everything_as_it_was(versions: Versions, folder: Path, edit: Edit) -> None:
    shelf, committed = Shelf(versions), list[Catalogue]()
    broken = False

    async def index(catalogue: Catalogue) -> Commit:
        return lambda: committed.append(catalogue)

    async def danger(catalogue: Catalogue) -> None:
        if broken:
            raise ContentInvalid("danger/rules.yaml")

    shelf.on_change(index)
    shelf.on_change(danger)
    await versions.seed(folder)
    first = await shelf.reload()
    broken = True
    await versions.seed(edit(PATH, "Walking", "Moving"))
    with pytest.raises(ContentInvalid):
        await shelf.reload()
    assert shelf.current is first
    assert committed == [first]
