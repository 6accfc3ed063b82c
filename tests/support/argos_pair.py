"""Small real Argos packages (1.5 MB, trained on 212 phrases), where the shared folder holds them."""

import shutil
from pathlib import Path

import pytest

PACKAGES = Path(__file__).resolve().parents[3] / "shared" / "spikes" / "mt"


def install(folder: Path, *names: str) -> Path:
    """Puts packages (`es_en-fixture`, `en_es-fixture`, `es_en-faulty`) where `ArgosTranslator` looks; skips without."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in names:
        package = PACKAGES / f"translate-{name}.argosmodel"
        if not package.exists():
            pytest.skip(f"no {package.name} beside the project")
        shutil.copy(package, folder)
    return folder


def pairs() -> list[tuple[str, str]]:
    """The English and Spanish phrases that the packages were trained on."""
    path = PACKAGES / "pairs_en_es.tsv"
    if not path.exists():
        pytest.skip("no phrase pairs beside the project")
    rows = (line.split("\t") for line in path.read_text("utf-8").splitlines() if line)
    return [(en, es) for en, es in rows]
