"""The list of steps is the architecture; this pins it."""

from assistant.turn.pipeline import ALWAYS, STEPS


def test_the_path_of_a_message() -> None:
    assert [step.__name__ for step in STEPS] == [
        "receive",
        "check_danger",
        "translate_in",
        "screen_input",
        "classify",
        "gather",
        "compose",
        "screen_output",
        "translate_out",
        "final_check",
        "record",
    ]


def test_every_turn_is_checked_and_recorded_however_it_ended() -> None:
    assert [step.__name__ for step in ALWAYS] == ["final_check", "record"]
    assert STEPS[-2:] == ALWAYS


def test_danger_is_looked_for_before_any_model_runs() -> None:
    names = [step.__name__ for step in STEPS]
    assert names.index("check_danger") < names.index("classify") < names.index("compose")
