"""What a version would change for patients, found by trying it on the living content before anybody approves it."""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from assistant.errors import ContentInvalid
from assistant.library.catalogue import Catalogue
from assistant.library.files import ContentFile
from assistant.library.rows import as_file, living
from assistant.library.schema import Article, LabFacts, LabWords, QuestionSet, ScriptText
from assistant.store.tables import ContentVersion
from assistant.web.desk_preview import preview, sentences
from assistant.web.desk_served import Served, served
from assistant.web.desk_titles import folder_of
from assistant.web.desk_tryout import Example, Tried, try_danger, try_intents
from assistant.web.staff_words import humanise

if TYPE_CHECKING:
    from assistant.web.services import Services

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Effects:
    """`refusals`: why the version cannot be used at all. `facts`: label and figure, `examples`: the first changes."""

    refusals: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]
    examples: tuple[Example, ...]
    changes: int
    used_by: tuple[str, ...]
    served: Served


async def effects_of(services: "Services", version: ContentVersion) -> Effects:
    now = services.shelf.current
    used = used_by(now, version)
    count = await served(services, version)
    try:
        then = await _with(services, version)
        tried = await _try(services, version, now, then)
    except ContentInvalid as error:
        return Effects(tuple(error.detail.splitlines()), (), (), 0, used, count)
    return Effects((), tried.facts, tried.changes[:_SHOWN], len(tried.changes), used, count)


async def _with(services: "Services", version: ContentVersion) -> Catalogue:
    """The living content with this version in it. Raises `ContentInvalid` when they do not fit together."""
    async with services.database.read() as session:
        alive = await living(session)
    files = {path: as_file(row) for path, row in alive.items()} | {
        version.path: ContentFile(version.path, version.body)
    }
    today, keep = services.clock.now().date(), services.settings.serve_expired_content
    return await asyncio.to_thread(Catalogue.build, list(files.values()), today, keep_expired=keep)


async def _try(services: "Services", version: ContentVersion, now: Catalogue, then: Catalogue) -> Tried:
    match folder_of(version.path):
        case "danger":
            return await asyncio.to_thread(try_danger, now, then)
        case "intents":
            return await try_intents(services, now, then)
        case _:
            return _texts(services, version, now)


def _texts(services: "Services", version: ContentVersion, now: Catalogue) -> Tried:
    """Sentence by sentence: what patients no longer read, and what they would read instead."""
    site = services.settings.site
    entry = now.entries.get(version.path)
    old = sentences(entry.item if entry else None, site)
    new = sentences(preview(version.path, version.body, site).item, site)
    changes = tuple(_pairs(old, new))
    facts = (
        ("Sentences that patients may read", f"{len(old)} → {len(new)}"),
        ("Sentences that change", f"{len(changes)}"),
    )
    return Tried(facts, changes)


def _pairs(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Example]:
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        gone, come = old[a:b], new[c:d]
        for at in range(max(len(gone), len(come))):
            yield Example("", gone[at] if at < len(gone) else "", come[at] if at < len(come) else "")


def used_by(catalogue: Catalogue, version: ContentVersion) -> tuple[str, ...]:
    """Where else the library leans on this file, in words."""
    entry = catalogue.entries.get(version.path)
    match entry.item if entry else None:
        case LabFacts(id=name) | LabWords(id=name):
            related = [lab.words("en").item.name for lab in catalogue.labs if name in lab.facts.related]
            return (f"shown as related by {', '.join(related)}",) if related else ()
        case Article(codes=codes) if codes:
            return (f"explains conditions with the codes {', '.join(codes)}",)
        case ScriptText(id=name) | QuestionSet(id=name):
            return _rules_with(catalogue, name)
        case _:
            return ()


def _rules_with(catalogue: Catalogue, name: str) -> tuple[str, ...]:
    """Danger rules that end in this script or card: their own, or their category's."""
    found: list[str] = []
    for _, data in catalogue.raw("danger"):
        rules = data.get("rules", ()) if isinstance(data, dict) else ()
        category = data.get("category") if isinstance(data, dict) else None
        own = [str(rule["id"]) for rule in rules if name in {rule.get("script"), rule.get("check")}]
        found += own or ([f"all of {humanise(str(category)).lower()}"] if name == category else [])
    return (f"danger rules: {', '.join(found)}",) if found else ()
