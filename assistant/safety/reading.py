"""A message read for findings: what it says, how it means it, and where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from assistant.safety.context import Context, Status, numbered
from assistant.safety.matcher import Match, Matcher
from assistant.safety.measured import Scales
from assistant.safety.text import SENTENCE, Token, tokens_of
from assistant.safety.verdict import Span

_PRESENT: Final = frozenset({"here", "possible"})


@dataclass(frozen=True, slots=True)
class FindingKind:
    """What the registry says of a finding.

    `symptom`: somebody feels or shows it now. `background`: a standing fact (pregnancy, blood thinner), which may
    also come from the chart. `survives`: kinds of context that do not take it away (a stroke sign that went away is
    still one).
    """

    id: str
    symptom: bool = True
    background: bool = False
    survives: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Seen:
    """One finding at one place, as the message means it."""

    finding: str
    status: Status
    span: Span
    sentence: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that a message says of findings; `ages` in years, as written."""

    seen: tuple[Seen, ...] = ()
    ages: tuple[float, ...] = ()
    words: tuple[str, ...] = field(default=(), repr=False)

    @property
    def present(self) -> frozenset[str]:
        """Findings that somebody has now, possible ones included."""
        return frozenset(s.finding for s in self.seen if s.status in _PRESENT)

    @property
    def sure(self) -> frozenset[str]:
        return frozenset(s.finding for s in self.seen if s.status == "here")

    def beside(self, findings: frozenset[str]) -> frozenset[str]:
        """What else is there in the sentences that have one of `findings`."""
        sentences = {s.sentence for s in self.seen if s.finding in findings and s.status in _PRESENT}
        return frozenset(s.finding for s in self.seen if s.status in _PRESENT and s.sentence in sentences)

    def spans(self, findings: frozenset[str]) -> tuple[Span, ...]:
        present = self.present & findings
        return tuple(dict.fromkeys(s.span for s in self.seen if s.finding in present and s.status in _PRESENT))


class Reader:
    """Immutable: text → `Reading`."""

    def __init__(self, matcher: Matcher, kinds: Mapping[str, FindingKind], scales: Scales) -> None:
        self._matcher = matcher
        self._kinds = kinds
        self._scales = scales

    def read(self, text: str) -> Reading:
        tokens = tokens_of(text)
        matches = self._matcher.match(tokens)
        context = _Contexts(tokens, matches)
        seen = [self._seen(m, m.label.name, tokens, context) for m in matches if m.label.kind == "finding"]
        ages = []
        for measured in self._scales.read(tokens, (m for m in matches if m.label.kind == "value"), self._matcher):
            if measured.quantity == "age":
                ages.append(measured.value)
                continue
            names = self._scales.findings(measured.quantity, measured.value)
            seen.extend(self._seen(measured.match, name, tokens, context) for name in names)
        return Reading(tuple(dict.fromkeys(seen)), tuple(ages), tuple(self._matcher.spelled(tokens)))

    def _seen(self, match: Match, finding: str, tokens: Sequence[Token], contexts: "_Contexts") -> Seen:
        status = contexts.status(match, self._kinds[finding].survives)
        span = (tokens[match.first].start, tokens[match.last - 1].end)
        return Seen(finding, status, span, contexts.sentences[match.first])


class _Contexts:
    """The cues of a message, one context a language, made when a finding needs it.

    A finding is read in its own language and in the one that most of the message's cues are in: some words
    (convulsion) are the same in two.
    """

    def __init__(self, tokens: Sequence[Token], matches: Sequence[Match]) -> None:
        self._tokens = tokens
        self.sentences = numbered(tokens, SENTENCE)
        self._cues = [m for m in matches if m.label.kind == "cue"]
        langs = [m.label.lang for m in matches]
        self._main = max(sorted(set(langs)), key=langs.count, default="")
        self._made: dict[str, Context] = {}

    def status(self, match: Match, survives: frozenset[str]) -> Status:
        found = self._of(match.label.lang).status(match, survives)
        return self._of(self._main).status(match, survives) if found == "here" else found

    def _of(self, lang: str) -> Context:
        if lang not in self._made:
            self._made[lang] = Context(self._tokens, self._cues, lang)
        return self._made[lang]
