"""Rich replies for tests of the page: what the engine could say, in words of our own."""

from datetime import date

from assistant.turn.reply import (
    CheckCard,
    Heading,
    Paragraph,
    QuestionList,
    Reply,
    ResultCard,
    ScriptCard,
    Sentence,
    Source,
    Suggestion,
    TrendPoint,
)

RECORD = Source("record", "observation:o1", "your record", "HbA1c, 3 November 2026")
TEXT = Source(
    "content",
    "labs/en/hba1c@3",
    "1",
    "HbA1c",
    passage="HbA1c shows your average blood sugar over about three months.",
    publisher="A public library",
    url="https://example.org/hba1c",
    version=3,
    reviewer="R. Viewer",
    reviewed=date(2026, 8, 12),
    review_by=date(2027, 11, 1),
    status="sample, not clinically reviewed",
)
FORMULA = Source("formula", "formula:eag", "2", "Estimated average glucose", url="https://example.org/eag")

POINTS = (
    TrendPoint(date(2025, 3, 4), 7.1, "7.1"),
    TrendPoint(date(2025, 9, 2), 7.2, "7.2"),
    TrendPoint(date(2026, 4, 14), 7.5, "7.5"),
    TrendPoint(date(2026, 11, 3), 7.8, "7.8"),
)

HBA1C = ResultCard(
    name="HbA1c",
    plain_name="average blood sugar, about 3 months",
    value="7.8",
    number=7.8,
    unit="%",
    flag="above the lab’s range",
    tone="outside",
    date="3 November 2026",
    range_text="up to 5.7 %",
    range_source="laboratory’s range",
    bounds=(None, 5.7),
    scale=(4, 10),
    points=POINTS,
    alt="HbA1c over time: 7.1 on 4 March 2025, 7.2 on 2 September 2025, 7.5 on 14 April 2026, 7.8 on 3 November 2026.",
    source=RECORD,
)


def paragraph(*said: tuple[str, Source], quiet: bool = False) -> Paragraph:
    return Paragraph(tuple(Sentence(text, source) for text, source in said), quiet=quiet)


EXPLAINED = Reply(
    lang="en",
    parts=(
        HBA1C,
        paragraph(
            ("Your HbA1c on 3 November was 7.8 %.", RECORD),
            ("The lab’s usual range is below 5.7 %, so yours is above it.", RECORD),
        ),
        paragraph(
            ("HbA1c shows your average blood sugar over about three months.", TEXT),
            ("A result of 7.8 % means an average of about 177 mg/dL (9.8 mmol/L).", FORMULA),
            ("It was 7.5 % in April, so it went up by 0.3.", RECORD),
        ),
        paragraph(("One number cannot tell why it changed.", TEXT), quiet=True),
        QuestionList(
            "Questions you could ask at your visit",
            (Sentence("What HbA1c is right for me?", TEXT), Sentence("What could help bring it down?", TEXT)),
        ),
    ),
    suggestions=(
        Suggestion("Explain it more simply", say="simpler please"),
        Suggestion("Show all my sugar results", say="all my sugar results"),
        Suggestion("Talk to a person", action="person"),
        Suggestion("Continue in Español", action="language", value="es"),
    ),
    footer="From approved text: “HbA1c” v3, reviewed 12 Aug 2026 · Sample content",
)

EMERGENCY = ScriptCard(
    script="cardiac",
    lang="en",
    tone="emergency",
    title="This could be an emergency. Call 911 now.",
    opening=(),
    steps=("Stop what you are doing and sit down.", "Do not drive yourself.", "Ask somebody to stay with you."),
    closing=(),
    call="911",
    call_label="Call 911",
    lines=(),
    source=TEXT,
    told="We told your care team at 10:39. Do not wait for them to answer.",
)

CRISIS = ScriptCard(
    script="suicide",
    lang="en",
    tone="crisis",
    title="You do not have to be alone with this.",
    opening=("What you feel matters. Please talk to somebody now.",),
    steps=("Move to a place where somebody is with you.",),
    closing=("You can also call 911.",),
    call="988",
    call_label="Call 988",
    lines=(("Text 988", "sms:988"),),
    source=TEXT,
    told="We told your care team.",
)

PLAIN = ScriptCard(
    "greeting", "en", "plain", "", ("Hello. You can ask about your own results.",), (), (), None, "", (), TEXT
)

CHECK = CheckCard(
    check="dizziness",
    lang="en",
    title="A few quick questions",
    intro="Please answer these before we go on.",
    questions=("Is your face drooping on one side?", "Did it begin suddenly?", "Did you faint?"),
    yes="Yes",
    no="No",
    none_of_these="None of these",
    source=TEXT,
)

HEADED = Reply(lang="en", parts=(Heading("Outside the range"), paragraph(("Your HbA1c was 7.8 %.", RECORD))))
