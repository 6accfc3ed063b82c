"""The three papers of a review: what changed, what will change for patients, and in which languages."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlmodel import select

from assistant.library.parts import Cited
from assistant.library.schema import Item, LabWords, RawData
from assistant.library.versions import version_name
from assistant.store.tables import AuditRow, ContentVersion
from assistant.trail import audit
from assistant.web.desk_effects import Effects, effects_of
from assistant.web.desk_preview import Preview, preview
from assistant.web.desk_shelf import Shown, Translation, look, translations
from assistant.web.desk_titles import group_title, key_of, title_of
from assistant.web.staff_clock import Local
from assistant.web.staff_diff import DiffLine, diff
from assistant.web.staff_people import names_of

if TYPE_CHECKING:
    from assistant.web.staff import Staff

_OPENED = "content.effects_opened"


@dataclass(frozen=True, slots=True)
class Step:
    """A stage of the workflow: done, the present one, or still to come."""

    name: str
    stage: str


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A public source of the text, as its file names it."""

    id: str
    title: str
    publisher: str
    url: str


@dataclass(frozen=True, slots=True)
class Review:
    """`effects` is None until this reader has opened them; `refusal` says why approving is not possible now."""

    version: ContentVersion
    title: str
    group: str
    author: str
    day: str
    steps: tuple[Step, ...]
    reasons: tuple[str, ...]
    changes: tuple[DiffLine, ...]
    is_new: bool
    text: Preview
    sources: tuple[SourceLine, ...]
    review_by: date | None
    status: str
    effects: Effects | None
    languages: tuple[Translation, ...]
    refusal: str


async def review_of(staff: "Staff", version: ContentVersion) -> Review:
    services, shown = staff.services, await look(staff.services)
    living = shown.living.get(version.path)
    before = "" if living is None else living.body
    text = preview(version.path, version.body, services.settings.site)
    local = Local.of(services.settings.site.timezone, services.clock.now())
    names = await names_of(services, [version.author])
    opened, reviewed = await was_opened(staff, version), _reviewed(shown, text)
    return Review(
        version=version,
        title=title_of(version.path, text.item),
        group=group_title(version.path),
        author=names[version.author],
        day=local.time(version.created_at),
        steps=_steps(version),
        reasons=tuple(line for line in version.reason.splitlines() if line.strip()),
        changes=diff(before, version.body),
        is_new=living is None,
        text=text,
        sources=_sources(reviewed),
        review_by=getattr(reviewed, "review_by", None),
        status=str(getattr(reviewed, "status", "")),
        effects=await effects_of(services, version) if opened else None,
        languages=_languages(shown, version.path, services.settings.languages),
        refusal=_refusal(staff, version, opened=opened),
    )


def _reviewed(shown: Shown, text: Preview) -> Item | None:
    """What carries sources and review date: the file itself, or the facts of a test for its words."""
    if not isinstance(text.item, LabWords):
        return text.item
    facts = shown.catalogue.entries.get(f"labs/{text.item.id}.yaml")
    return facts.item if facts else None


def _sources(item: Item | None) -> tuple[SourceLine, ...]:
    if isinstance(item, RawData):
        named = item.data.get("sources") if isinstance(item.data, dict) else None
        rows = named.items() if isinstance(named, dict) else ()
        return tuple(SourceLine(str(name), str(row["title"]), "", str(row["url"])) for name, row in rows)
    cited: tuple[Cited, ...] = getattr(item, "sources", ())
    return tuple(SourceLine(each.id, each.title, each.publisher, each.url) for each in cited)


def _languages(shown: Shown, path: str, wanted: tuple[str, ...]) -> tuple[Translation, ...]:
    """The file's siblings in the languages in which words differ."""
    every = {*shown.living, *(version.path for version in shown.pending)}
    found = translations(shown, (each for each in every if key_of(each) == key_of(path)), wanted)
    return tuple(each for each in found if each.path != path and each.lang)


def _steps(version: ContentVersion) -> tuple[Step, ...]:
    names = ("Written", "In review", "Approved")
    at = {"draft": 0, "review": 1, "approved": 3, "retired": 3}.get(version.status, 1)
    stages = ["done" if place < at else "now" if place == at else "next" for place in range(len(names))]
    found = [Step(name, stage) for name, stage in zip(names, stages, strict=True)]
    last = {"approved": "Live now", "retired": "Replaced by a newer version", "rejected": "Sent back"}
    return (*found, Step(last[version.status], "now")) if version.status in last else tuple(found)


def _refusal(staff: "Staff", version: ContentVersion, *, opened: bool) -> str:
    if version.status != "review":
        return "Only a version in review can be approved."
    if not staff.approves:
        return "Somebody with the role approver decides."
    if version.author == staff.id:
        return "You wrote this change. Somebody else must approve it."
    return "" if opened else "Look first at what will change for patients."


async def note_opened(staff: "Staff", version: ContentVersion) -> None:
    """That this reader has seen the effects goes into the audit trail; approving asks for it."""
    if await was_opened(staff, version):
        return
    async with staff.services.database.write() as session:
        at = staff.services.clock.now()
        await audit.append(session, at=at, actor=staff.id, action=_OPENED, subject=version_name(version))


async def was_opened(staff: "Staff", version: ContentVersion) -> bool:
    query = select(AuditRow.seq).where(
        AuditRow.actor == staff.id, AuditRow.action == _OPENED, AuditRow.subject == version_name(version)
    )
    async with staff.services.database.read() as session:
        return (await session.execute(query.limit(1))).first() is not None
