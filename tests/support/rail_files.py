"""The rails' content files as the catalogue hands them over."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath

import yaml

from assistant.rails.guard import Documents
from assistant.safety.rulebook import Rule

ROOT = Path(__file__).resolve().parents[2]
RAILS = ROOT / "rails"


def documents() -> Documents:
    folder = ROOT / "content" / "rails"
    return tuple(
        (PurePosixPath("rails", path.name), yaml.safe_load(path.read_text("utf-8")))
        for path in sorted(folder.glob("*.yaml"))
    )


def rules() -> Mapping[str, Rule]:
    return {rule.id: rule for rule in (Rule.from_document(document) for _, document in documents())}
