"""Rules over findings, free of language: which findings together mean how much urgency, and why."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.safety.verdict import Urgency

Group = frozenset[str]


@dataclass(frozen=True, slots=True)
class Rule:
    """Holds when every group of `all_of` has a finding and none of `none_of` is beside them.

    `several` different findings of the groups are needed (a net for what no other rule names).

    `script` is the approved script of a confident verdict, `check` the safety check card of an unsure one;
    `unsure` is the card where the rule holds only through findings that are merely possible.
    `reason` is for nurses; `source` is title and link of the public body.
    """

    id: str
    urgency: Urgency
    category: str
    script: str | None
    check: str | None
    unsure: str | None
    all_of: tuple[Group, ...]
    none_of: Group
    reason: str
    source: str
    sex: str | None = None
    several: int = 1

    def holds(self, present: frozenset[str], sex: str | None) -> bool:
        """Whether the findings are enough, leaving aside what `none_of` says."""
        if self.sex is not None and sex not in {None, self.sex}:
            return False
        enough = self.several <= 1 or len(self.findings & present) >= self.several
        return enough and all(group & present for group in self.all_of)

    @property
    def findings(self) -> frozenset[str]:
        return frozenset().union(*self.all_of)

    @property
    def rank(self) -> tuple[int, int, int]:
        """More urgent first, then one that acts at once, then the one that asks for more."""
        return self.urgency.rank, 2 if self.script else 1 if self.check else 0, len(self.all_of)


class Rules:
    """Immutable. A rule is only looked at when a finding of its rarest group is there."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        index: dict[str, list[int]] = {}
        for at, rule in enumerate(rules):
            for finding in min(rule.all_of, key=len):
                index.setdefault(finding, []).append(at)
        self._rules = tuple(rules)
        self._index: Mapping[str, tuple[int, ...]] = {name: tuple(found) for name, found in index.items()}

    def holding(self, present: frozenset[str], sex: str | None) -> list[Rule]:
        """Every rule that holds, the strongest first, then in the order of the files."""
        near = sorted({at for name in present for at in self._index.get(name, ())})
        found = [self._rules[at] for at in near if self._rules[at].holds(present, sex)]
        return sorted(found, key=lambda rule: rule.rank, reverse=True)
