"""One result explained: the card, what it was, what it means, what it does not tell, what to ask."""

from collections.abc import Iterable
from typing import Literal

from assistant.chart.ranges import Judged
from assistant.chart.record import LabResult
from assistant.library.schema import Statement
from assistant.turn.evidence import LabAnswer, LabEvidence, ResultList
from assistant.turn.reply import Heading, Paragraph, Part, QuestionList, Sentence, Source
from assistant.turn.result_card import card, shape_of
from assistant.turn.sources import cited, from_content, from_formula, from_record
from assistant.turn.voice import Voice, pretty

Section = Literal["measures", "in_range", "high", "low", "critical", "sways", "does_not_tell"]
_MEANINGS: dict[str, Section] = {
    "low": "low",
    "critical_low": "low",
    "high": "high",
    "critical_high": "high",
    "in_range": "in_range",
}


_SIDES = {"in_range": "in", "low": "below", "high": "above", "critical_low": "below", "critical_high": "above"}
_SAID_REASONS = frozenset({"unit_missing", "unit_unknown", "comparator", "lab_disagrees"})


class LabWriter:
    """Writes the sentences about one test in one language, each with its source."""

    def __init__(self, evidence: LabEvidence, voice: Voice) -> None:
        self.evidence = evidence
        self.voice = voice
        self.facts = evidence.lab.facts
        self.words = evidence.lab.words(voice.lang)

    def record(self, result: LabResult) -> Source:
        return from_record(f"Observation/{result.id}", self.voice.say("pill_record"), self.words.item.name)

    def statements(self, section: Section, most: int = 2) -> tuple[Sentence, ...]:
        return tuple(self._stated(section, s) for s in self._section(section)[:most])

    def _section(self, section: Section) -> tuple[Statement, ...]:
        found: tuple[Statement, ...] = getattr(self.words.item.statements, section)
        return found

    def _stated(self, section: Section, statement: Statement) -> Sentence:
        passage = " ".join(s.text for s in self._section(section))
        path = f"labs/{self.facts.id}#{section}"
        source = cited(self.facts.sources, statement.source)
        return Sentence(statement.text, from_content(self.words, path, self.words.item.name, passage, source))

    def questions(self) -> tuple[Sentence, ...]:
        passage = " ".join(q.text for q in self.words.item.questions)
        path = f"labs/{self.facts.id}#questions"
        return tuple(
            Sentence(
                q.text,
                from_content(self.words, path, self.words.item.name, passage, cited(self.facts.sources, q.source)),
            )
            for q in self.words.item.questions
        )

    def own(self, result: LabResult, judged: Judged) -> Iterable[Sentence]:
        """What the record says: value, range, status, and what the laboratory itself remarked."""
        source, voice = self.record(result), self.voice
        when, name = voice.date(result.at), self.words.item.name
        if result.value is None:
            yield Sentence(voice.say("value_words", name=name, date=when, words=result.words), source)
        else:
            yield Sentence(
                voice.say("value", name=name, date=when, value=voice.result(result, self.facts.decimals)), source
            )
        if judged.flag.startswith("critical"):
            yield Sentence(voice.say("critical"), source)
        if judged.reason == "implausible":
            yield Sentence(voice.say("implausible"), source)
            return
        yield Sentence(self.range_words(judged), self._range_source(result, judged))
        if judged.reason in _SAID_REASONS:
            yield Sentence(voice.say(judged.reason), source)
        if result.status in {"preliminary", "corrected"}:
            yield Sentence(voice.say(f"status_{result.status}"), source)

    def _range_source(self, result: LabResult, judged: Judged) -> Source:
        if judged.source != "content":
            return self.record(result)
        return from_content(
            self.words, f"labs/{self.facts.id}#range", self.words.item.name, "", cited(self.facts.sources, judged.cited)
        )

    def range_words(self, judged: Judged) -> str:
        """One whole frame for each shape of range and side, so that no sentence is glued together."""
        shape = shape_of(judged)
        if shape is None or judged.source == "none":
            return self.voice.say("range_lab_text", text=judged.text) if judged.text else self.voice.say("range_none")
        ends = {"low": judged.low, "high": judged.high}
        amounts = {end: self.amount(value) for end, value in ends.items() if value is not None}
        side = _SIDES.get(judged.flag)
        if side is None:
            return self.voice.say(f"range_lab_{shape}", **amounts)
        frame = f"range_{judged.source}_{shape}_{side}"
        # A critical value can lie on the side on which its range is open.
        return self.voice.say(frame if self.voice.has(frame) else f"range_{judged.source}_{shape}_in", **amounts)

    def amount(self, value: float) -> str:
        latest = self.evidence.latest
        unit = pretty(latest.unit) if latest else ""
        return self.voice.amount(value, unit, self.facts.decimals)

    def change(self) -> Iterable[Sentence]:
        change = self.evidence.change
        if change is None:
            return
        way = {"up": "change_up", "down": "change_down", "same": "change_same"}[change.direction]
        yield Sentence(
            self.voice.say(
                way,
                previous=self.voice.result(change.previous, self.facts.decimals),
                date=self.voice.date(change.previous.at),
                change=self.amount(abs(change.by)),
            ),
            self.record(change.previous),
        )

    def derived(self) -> Iterable[Sentence]:
        for found in self.evidence.derived:
            yield Sentence(
                self.voice.say(found.name, **found.spoken(self.voice.number)),
                from_formula(found.name, "", found.formula, found.source_url),
            )

    def said(self) -> Iterable[Sentence]:
        said, latest = self.evidence.said, self.evidence.latest
        if said is None or latest is None or latest.value is None or abs(said - latest.value) < 1e-9:
            return
        yield Sentence(
            self.voice.say(
                "said_differs",
                said=self.voice.number(said, self.facts.decimals),
                value=self.voice.result(latest, self.facts.decimals),
                date=self.voice.date(latest.at),
            ),
            self.record(latest),
        )


def lab_answer(answer: LabAnswer, voice: Voice) -> tuple[Part, ...]:
    return tuple(part for evidence in answer.labs for part in _one(LabWriter(evidence, voice)))


def _one(writer: LabWriter) -> Iterable[Part]:
    latest, judged = writer.evidence.latest, writer.evidence.judged
    if latest is None or judged is None:
        yield from _not_on_file(writer)
        return
    yield card(writer.evidence, writer.voice, writer.record(latest))
    yield Paragraph((*writer.said(), *writer.own(latest, judged)))
    meaning = _MEANINGS.get(judged.flag)
    critical = writer.statements("critical") if judged.flag.startswith("critical") else ()
    means = writer.statements(meaning) if meaning else ()
    yield Paragraph((*writer.statements("measures", 1), *writer.derived(), *critical, *means, *writer.change()))
    quiet = (*writer.statements("sways", 1), *writer.statements("does_not_tell", 1))
    if quiet:
        yield Paragraph(quiet, quiet=True)
    yield from _asked(writer)


def _not_on_file(writer: LabWriter) -> Iterable[Part]:
    path = f"labs/{writer.facts.id}#name"
    source = from_content(writer.words, path, writer.words.item.name, "", writer.facts.sources[0])
    yield Paragraph((Sentence(writer.voice.say("not_on_file", name=writer.words.item.name), source),))
    yield Paragraph((*writer.statements("measures"), *writer.statements("does_not_tell", 1)))
    yield from _asked(writer)


def _asked(writer: LabWriter) -> Iterable[Part]:
    items = writer.questions()
    if items:
        yield QuestionList(writer.voice.say("heading_questions"), items)


def result_list(answer: ResultList, voice: Voice) -> tuple[Part, ...]:
    """The latest result of each test, those outside their range first."""
    sides: dict[str, list[Sentence]] = {"outside": [], "inside": [], "other": []}
    for evidence in answer.labs:
        latest, judged = evidence.latest, evidence.judged
        if latest is None or judged is None:
            continue
        flag = judged.flag
        side = "inside" if flag == "in_range" else "other" if flag == "unknown" else "outside"
        sides[side].append(_item(LabWriter(evidence, voice), latest, judged))
    shown = ("outside",) if answer.only_outside else ("outside", "inside", "other")
    parts = tuple(part for side in shown for part in _side(side, sides[side], voice))
    if not parts and answer.labs:
        return (Paragraph((Sentence(voice.say("none_outside"), from_record("labs", voice.say("pill_record"))),)),)
    return parts or (Paragraph((Sentence(voice.say("no_results"), from_record("labs", voice.say("pill_record"))),)),)


def _side(side: str, found: list[Sentence], voice: Voice) -> Iterable[Part]:
    if found:
        yield Heading(voice.say(f"heading_{side}"))
        yield from (Paragraph((sentence,)) for sentence in found)


def _item(writer: LabWriter, latest: LabResult, judged: Judged) -> Sentence:
    frame = {"in_range": "item_in", "unknown": "item_unknown"}.get(judged.flag, "item_above")
    if judged.flag in {"low", "critical_low"}:
        frame = "item_below"
    name, when = writer.words.item.name, writer.voice.date(latest.at)
    if latest.value is None:
        return Sentence(writer.voice.say("item_words", name=name, words=latest.words, date=when), writer.record(latest))
    value = writer.voice.result(latest, writer.facts.decimals)
    return Sentence(writer.voice.say(frame, name=name, value=value, date=when), writer.record(latest))
