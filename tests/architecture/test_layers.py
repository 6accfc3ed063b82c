"""Arrows point down: web → turn → rooms → store; `safety` imports nothing of ours; only `bootstrap` builds adapters."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2] / "assistant"
ROOMS = frozenset({"safety", "language", "library", "chart", "model", "rails", "care", "people", "trail"})
SHARED = frozenset({"errors", "settings"})
MODULES = sorted(path for path in ROOT.rglob("*.py"))

# Rooms may use these other rooms: an arrow that is not listed is a mistake.
BETWEEN_ROOMS: dict[str, frozenset[str]] = {
    "library": frozenset({"safety", "model", "trail"}),
    "rails": frozenset({"safety"}),
    "care": frozenset({"safety", "trail"}),
    "language": frozenset({"model"}),
    "chart": frozenset({"library"}),
    "people": frozenset({"trail"}),
    "model": frozenset({"safety"}),
}


def imports_of(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module


def room_of(module: str) -> str:
    return module.split(".")[1] if "." in module else module


def ours(path: Path) -> set[str]:
    return {room_of(name) for name in imports_of(path) if name.startswith("assistant.")}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [p for p in MODULES if p.parent.name == "safety"], ids=name)
def test_safety_imports_nothing_of_ours_but_itself(path: Path) -> None:
    assert ours(path) <= {"safety"}


@pytest.mark.parametrize("path", [p for p in MODULES if p.relative_to(ROOT).parts[0] == "store"], ids=name)
def test_the_store_knows_nobody_above_it(path: Path) -> None:
    assert ours(path) <= SHARED | {"store"}


@pytest.mark.parametrize(
    "path", [p for p in MODULES if p.relative_to(ROOT).parts[0].removesuffix(".py") in ROOMS], ids=name
)
def test_a_room_only_uses_the_store_and_the_rooms_it_may(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0].removesuffix(".py")
    allowed = SHARED | {"store", room} | BETWEEN_ROOMS.get(room, frozenset())
    assert ours(path) <= allowed


@pytest.mark.parametrize("path", [p for p in MODULES if p.relative_to(ROOT).parts[0] == "turn"], ids=name)
def test_the_path_of_a_message_knows_no_web_page(path: Path) -> None:
    assert not ours(path) & {"web", "app", "cli", "bootstrap", "installation"}


def test_only_bootstrap_and_installation_build_real_adapters() -> None:
    adapters = {"LlamaEmbedder", "LlamaGenerator", "ArgosTranslator"}
    users = {
        name(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in adapters
    }
    assert users <= {"bootstrap.py", "installation.py"}


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_no_module_grows_into_two_rooms(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= 280


def test_patient_resources_are_read_only_from_the_patients_scope() -> None:
    """Only the chart's store may query the tables that hold the record."""
    readers = {
        name(path)
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.ImportFrom)
        and node.module == "assistant.store.tables"
        and any(alias.name in {"Resource", "Patient"} for alias in node.names)
    }
    assert all(reader.startswith("chart/") for reader in readers), readers
