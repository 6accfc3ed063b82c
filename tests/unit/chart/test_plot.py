"""The staff's trend drawing: well-formed, named, labelled, escaped."""

from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from assistant.chart.plot import svg_trend

SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Dot:
    at: date
    value: float
    text: str


DOTS = (Dot(date(2025, 3, 11), 7.1, "7.1"), Dot(date(2026, 4, 14), 7.5, "7.5"), Dot(date(2026, 11, 3), 7.8, "7.8"))


def drawn(*dots: Dot, low: float | None = None, high: float | None = 5.7, alt: str = "HbA1c over time") -> ET.Element:
    return ET.fromstring(svg_trend(dots, low, high, alt))  # noqa: S314 (our own output)


def test_it_is_an_image_with_a_title_first() -> None:
    svg = drawn(*DOTS, alt="7.1 on 11 March; <7.8> & more")
    assert svg.get("role") == "img"
    assert svg[0].tag == f"{SVG}title"
    assert svg[0].text == "7.1 on 11 March; <7.8> & more"


def test_every_point_has_its_value_and_the_ends_their_dates() -> None:
    words = [text.text for text in drawn(*DOTS).iter(f"{SVG}text")]
    assert words == ["7.1", "7.5", "7.8", "2025-03-11", "2026-11-03"]


def test_higher_values_are_higher_and_later_ones_further_right() -> None:
    dots = list(drawn(*DOTS).iter(f"{SVG}circle"))
    rights = [float(dot.get("cx", "")) for dot in dots]
    downs = [float(dot.get("cy", "")) for dot in dots]
    assert rights == sorted(rights)
    assert downs == sorted(downs, reverse=True)


@pytest.mark.parametrize(
    ("low", "high", "bands", "edges"),
    [(None, None, 0, 0), (None, 5.7, 1, 1), (60, None, 1, 1), (3.5, 5.1, 1, 2)],
)
def test_the_range_is_a_band_with_an_edge_for_each_closed_end(
    low: float | None, high: float | None, bands: int, edges: int
) -> None:
    svg = drawn(*DOTS, low=low, high=high)
    assert len(list(svg.iter(f"{SVG}rect"))) == bands
    assert len([line for line in svg.iter(f"{SVG}line") if line.get("class") == "trend-edge"]) == edges
    assert all(float(rect.get("height", "")) > 0 for rect in svg.iter(f"{SVG}rect"))


@pytest.mark.parametrize("dots", [DOTS[:1], (DOTS[0], DOTS[0]), (Dot(date(2026, 1, 1), 0, "0"),)])
def test_one_point_or_a_flat_line_is_drawn_within_the_frame(dots: tuple[Dot, ...]) -> None:
    for dot in drawn(*dots, high=None).iter(f"{SVG}circle"):
        assert 0 < float(dot.get("cx", "")) < 320
        assert 0 < float(dot.get("cy", "")) < 120


def test_nothing_is_drawn_of_nothing_and_no_style_attribute_is_used() -> None:
    assert svg_trend((), 1, 2, "nothing") == ""
    assert "style=" not in svg_trend(DOTS, None, 5.7, "x")
