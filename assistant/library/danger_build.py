"""Danger files that are valid in themselves → a lexicon in which they agree with each other."""

from collections.abc import Iterator, Mapping

from assistant.errors import ContentInvalid
from assistant.library.danger_schema import ContextFile, DangerFiles, RuleRow, RulesFile
from assistant.safety.danger import CRITICAL_LAB, CRITICAL_LAB_ASKED, Lexicon
from assistant.safety.matcher import Label, Matcher
from assistant.safety.measured import Bound, Scale, Scales
from assistant.safety.pattern import PatternInvalid
from assistant.safety.reading import FindingKind
from assistant.safety.rules import Rule
from assistant.safety.verdict import Urgency

SAME_DAY = "same_day"
_REGISTRY = "danger/findings.yaml"


def build(files: DangerFiles) -> Lexicon:
    """Raises `ContentInvalid` for a finding, class, group or pattern that does not fit the rest."""
    kinds = _kinds(files)
    groups = _groups(files, kinds)
    patterns = [*_finding_patterns(files, kinds), *_cue_patterns(files), *_value_patterns(files)]
    return Lexicon(
        matcher=_matcher(files, patterns),
        kinds=kinds,
        scales=_scales(files, kinds),
        rules=tuple(_rule(path, file, row, groups) for path, file in files.rules for row in file.rules),
    )


def _kinds(files: DangerFiles) -> dict[str, FindingKind]:
    registry = files.registry
    kinds: dict[str, FindingKind] = {}
    named = [(n, True, False) for n in registry.symptoms] + [(n, False, False) for n in registry.signs]
    named += [(n, False, True) for n in registry.background]
    for name, symptom, background in named:
        if name in kinds:
            raise ContentInvalid(f"{_REGISTRY}: {name} is listed twice")
        survives = frozenset(kind for kind, names in registry.survives.items() if name in names)
        kinds[name] = FindingKind(name, symptom, background, survives)
    for names in registry.survives.values():
        _known(_REGISTRY, names, kinds)
    return kinds


def _known(path: str, names: tuple[str, ...], kinds: Mapping[str, object]) -> None:
    for name in names:
        if name not in kinds:
            raise ContentInvalid(f"{path}: unknown finding {name}")


def _groups(files: DangerFiles, kinds: Mapping[str, FindingKind]) -> dict[str, frozenset[str]]:
    """Every name that a rule may use: findings, and groups of them (a group may name earlier groups)."""
    found = {name: frozenset({name}) for name in kinds}
    labs = {CRITICAL_LAB, CRITICAL_LAB_ASKED} | {f"{CRITICAL_LAB}_{file.category}" for _, file in files.rules}
    found |= {name: frozenset({name}) for name in labs}
    for name, members in files.registry.groups.items():
        if name in found:
            raise ContentInvalid(f"{_REGISTRY}: group {name} has the name of something else")
        _known(_REGISTRY, members, found)
        found[name] = frozenset().union(*(found[member] for member in members))
    return found


def _finding_patterns(files: DangerFiles, kinds: Mapping[str, FindingKind]) -> Iterator[tuple[str, Label, str]]:
    for path, lang, file in files.findings:
        _known(path, tuple(file.findings), kinds)
        for name, lines in file.findings.items():
            yield from ((path, Label("finding", name, lang), line) for line in lines)


def _cue_patterns(files: DangerFiles) -> Iterator[tuple[str, Label, str]]:
    for lang, file in files.context.items():
        path = f"danger/context/{lang}.yaml"
        for name, lines in _cues(file):
            yield from ((path, Label("cue", name, lang), line) for line in lines)


def _cues(file: ContextFile) -> Iterator[tuple[str, tuple[str, ...]]]:
    for kind, places in file.cues.items():
        for place, lines in places.items():
            yield f"{kind}.{place}", lines
    yield "stop.here", file.stop
    yield "list.and", file.list_and
    yield "list.or", file.list_or
    yield "recent.here", file.recent
    yield "personal.here", file.personal
    yield "pseudo.here", file.pseudo


def _value_patterns(files: DangerFiles) -> Iterator[tuple[str, Label, str]]:
    for lang, file in files.readings.items():
        for name, lines in file.values.items():
            yield from ((f"danger/values/{lang}.yaml", Label("value", name, lang), line) for line in lines)


def _matcher(files: DangerFiles, patterns: list[tuple[str, Label, str]]) -> Matcher:
    classes = {lang: dict(file.classes) for lang, file in files.words.items()}
    numbers = {word: number for file in files.words.values() for word, number in file.numbers.items()}
    keep = {word for file in files.words.values() for line in file.keep for word in line.split()}
    matcher = Matcher(classes, numbers, keep)
    for path, label, line in patterns:
        try:
            matcher.add(label, line)
        except PatternInvalid as error:
            raise ContentInvalid(f"{path}: {label.name}: {line!r}: {error}") from None
    return matcher.done()


def _scales(files: DangerFiles, kinds: Mapping[str, FindingKind]) -> Scales:
    path = "danger/values.yaml"
    _known(path, tuple(files.values.bounds), kinds)
    quantities = {row.quantity for row in files.values.scales}
    for name, row in files.values.bounds.items():
        if row.quantity not in quantities:
            raise ContentInvalid(f"{path}: {name}: unknown quantity {row.quantity}")
    return Scales(
        [Scale(**row.model_dump()) for row in files.values.scales],
        [Bound(name, row.quantity, row.at_least, row.below) for name, row in files.values.bounds.items()],
        files.values.other_units,
    )


def _rule(path: str, file: RulesFile, row: RuleRow, groups: Mapping[str, frozenset[str]]) -> Rule:
    where = f"{path}: {row.id}"
    for name in (*row.none, *(name for group in row.all for name in group)):
        if name not in groups:
            raise ContentInvalid(f"{where}: unknown finding {name}")
    if row.source not in file.sources:
        raise ContentInvalid(f"{where}: unknown source {row.source}")
    if not row.id.startswith(f"{file.category}."):
        raise ContentInvalid(f"{where}: the id does not begin with the category {file.category}")
    source = file.sources[row.source]
    return Rule(
        id=row.id,
        urgency=row.urgency,
        category=file.category,
        script=_script(file, row),
        check=row.check,
        unsure=file.check,
        all_of=tuple(frozenset().union(*(groups[name] for name in group)) for group in row.all),
        none_of=frozenset().union(*(groups[name] for name in row.none)),
        reason=row.reason,
        source=f"{source.title} {source.url}",
        sex=row.sex,
        several=row.several,
    )


def _script(file: RulesFile, row: RuleRow) -> str | None:
    """A rule with a safety check asks first; else danger has the script of its category, urgent the same-day one."""
    if row.check is not None:
        return None
    if row.script is not None:
        return row.script
    by_urgency = {Urgency.EMERGENCY: file.category, Urgency.CRISIS: file.category, Urgency.URGENT: SAME_DAY}
    return by_urgency.get(row.urgency)
