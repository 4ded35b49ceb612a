"""The colours of the tokens can be read: 4.5 to 1 for words, 3 to 1 for borders and shapes (WCAG 2.2)."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).parents[2] / "mimer/web/frontend/css/tokens.css"
GROUNDS = ("card", "paper")
WORDS = [
    (word, ground) for word in ("ink", "quiet", "brand", "brand-deep", "amber", "error", "done") for ground in GROUNDS
] + [
    ("on-brand", "brand"),
    ("on-brand", "brand-deep"),
    ("on-brand", "amber"),
    ("on-brand", "ink"),
    ("brand", "brand-tint"),
    ("brand-deep", "brand-tint"),
    ("ink", "brand-tint"),
    ("quiet", "brand-tint"),
    ("amber", "amber-tint"),
    ("ink", "amber-tint"),
    ("quiet", "amber-tint"),
    ("error", "error-tint"),
    ("ink", "error-tint"),
    ("error", "brand-tint"),
    ("amber", "brand-tint"),
    ("done", "done-tint"),
    ("ink", "done-tint"),
]
SHAPES = [(shape, ground) for shape in ("border", "brand", "amber", "error", "focus-outer") for ground in GROUNDS] + [
    (chart, "card")
    for chart in ("chart-now", "chart-before", "chart-attention", *(f"category-{number}" for number in range(1, 7)))
]


def colours() -> dict[str, str]:
    return dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", TOKENS.read_text()))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_ratio_is_the_one_of_the_standard() -> None:
    assert ratio("#ffffff", "#000000") == pytest.approx(21)
    assert ratio("#0b5566", "#ffffff") == pytest.approx(8.4, abs=0.1)


@pytest.mark.parametrize(("word", "ground"), WORDS)
def test_words_stand_out_from_their_ground(word: str, ground: str) -> None:
    assert ratio(colours()[word], colours()[ground]) >= 4.5


@pytest.mark.parametrize(("shape", "ground"), SHAPES)
def test_borders_and_shapes_stand_out_from_their_ground(shape: str, ground: str) -> None:
    assert ratio(colours()[shape], colours()[ground]) >= 3


def test_the_two_colours_of_the_focus_ring_show_on_any_ground() -> None:
    assert ratio(colours()["focus-inner"], colours()["focus-outer"]) >= 9
