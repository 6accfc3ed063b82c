"""The danger check: a message, what was said before and who it is about → how urgent, why, and on which words.

Pure: no model, no clock, no files. Nothing that runs later may lower what it says.
"""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import reduce
from typing import Final, Protocol

from assistant.safety.matcher import Matcher
from assistant.safety.measured import Scales
from assistant.safety.reading import FindingKind, Reader, Reading
from assistant.safety.rules import Rule, Rules
from assistant.safety.text import tokens_of
from assistant.safety.verdict import NO_DANGER, Urgency, Verdict, more_urgent
from assistant.safety.who import NOBODY, RecentLab, Who

MOST_EARLIER: Final = 12
"""Earlier messages that are read again; older ones are held by the turn's standing urgency."""

MOST_CHARTS: Final = 256
"""Charts whose standing facts are remembered: names of conditions and medicines, no patient's identity."""

PREGNANT: Final = "pregnant"
CRITICAL_LAB: Final = "critical_lab"
CRITICAL_LAB_ASKED: Final = "critical_lab_asked"


class SecondOpinion(Protocol):
    """Another pure judge of the same reading (a statistical one); it can only raise the verdict."""

    def weigh(self, text: str, reading: Reading) -> Verdict: ...


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What the danger files say, compiled."""

    matcher: Matcher
    kinds: Mapping[str, FindingKind]
    scales: Scales
    rules: tuple[Rule, ...]
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)


class DangerCheck:
    """Immutable, compiled once, safe to share between threads. Never raises on any text."""

    def __init__(self, lexicon: Lexicon, second: SecondOpinion | None = None) -> None:
        self._reader = Reader(lexicon.matcher, lexicon.kinds, lexicon.scales)
        self._kinds = lexicon.kinds
        self._scales = lexicon.scales
        self._rules = Rules(lexicon.rules)
        self._second = second
        self._known: OrderedDict[tuple[str, ...], frozenset[str]] = OrderedDict()

    def read(self, text: str) -> Reading:
        """The findings of one text, with how it means them."""
        return self._reader.read(text)

    def check(
        self, text: str, *, history: Sequence[str] = (), person: Who = NOBODY, labs: Sequence[RecentLab] = ()
    ) -> Verdict:
        """The most urgent of: this text, this text with what was said before, and what was said before alone.

        `history` holds earlier messages of the same person, oldest first. Spans point into `text`.
        """
        now = self.read(text)
        background = self._background(person)
        verdict = self._judge(now, (), person, background)
        if labs:
            verdict = more_urgent(verdict, self._judge(now, (), person, background | _lab_findings(now, labs)))
        earlier = [self.read(message) for message in history[-MOST_EARLIER:]]
        if earlier:
            together = self._judge(now, earlier, person, background)
            before = self._judge(Reading(), earlier, person, background)
            verdict = reduce(more_urgent, (together, before.seen_on("history")), verdict)
        if self._second is not None:
            verdict = more_urgent(verdict, self._second.weigh(text, now))
        return verdict

    def _background(self, person: Who) -> frozenset[str]:
        """Standing facts of the chart, read with the same lexicon as messages."""
        recorded = (*person.conditions, *person.medicines)
        facts = self._known.get(recorded)
        if facts is None:
            facts = frozenset(name for name in self.read(". ".join(recorded)).present if self._kinds[name].background)
            self._known[recorded] = facts
            while len(self._known) > MOST_CHARTS:
                self._known.popitem(last=False)
        return facts | {PREGNANT} if person.pregnant else facts

    def _judge(self, now: Reading, earlier: Sequence[Reading], person: Who, background: frozenset[str]) -> Verdict:
        everything = (*earlier, now)
        ages = [age for reading in everything for age in reading.ages]
        if not ages and person.age is not None:
            ages = [person.age]
        known = frozenset(name for age in ages for name in self._scales.findings("age", age))
        standing = known | background
        rules = self._rules.holding(standing.union(*(r.present for r in everything)), person.sex)
        rule = next((rule for rule in rules if not _blocked(rule, everything, standing)), None)
        if rule is None:
            return self._nothing(now)
        sure = standing.union(*(r.sure for r in everything))
        return self._verdict(rule, now, sure=rule.holds(sure, person.sex), earlier=bool(earlier))

    def _verdict(self, rule: Rule, now: Reading, *, sure: bool, earlier: bool) -> Verdict:
        unsure = not sure and rule.urgency is Urgency.EMERGENCY and rule.unsure is not None
        spans = tuple(span for group in rule.all_of for span in now.spans(group))
        return Verdict(
            urgency=rule.urgency,
            category=rule.category,
            rule=rule.id,
            spans=tuple(dict.fromkeys(spans)),
            reason=rule.reason,
            source=rule.source,
            script=None if unsure else rule.script,
            check=rule.unsure if unsure else rule.check,
            symptom=True,
            on="history" if earlier and not spans else "typed",
        )

    def _nothing(self, now: Reading) -> Verdict:
        symptom = any(self._kinds[name].symptom for name in now.present)
        return Verdict(Urgency.NONE, symptom=True) if symptom else NO_DANGER


def _blocked(rule: Rule, everything: Sequence[Reading], standing: frozenset[str]) -> bool:
    """Whether something that rules the rule out is said beside its findings; elsewhere in the message it does not."""
    return bool(rule.none_of & standing.union(*(reading.beside(rule.findings) for reading in everything)))


def _lab_findings(now: Reading, labs: Sequence[RecentLab]) -> frozenset[str]:
    """Critical results on file, and whether this message asks about one of them."""
    critical = [lab for lab in labs if lab.flag == "critical"]
    found = {CRITICAL_LAB} | {f"{CRITICAL_LAB}_{lab.category}" for lab in critical} if critical else set()
    said = f" {' '.join(now.words)} "
    if any(f" {' '.join(t.word for t in tokens_of(name))} " in said for lab in critical for name in lab.names):
        found.add(CRITICAL_LAB_ASKED)
    return frozenset(found)
