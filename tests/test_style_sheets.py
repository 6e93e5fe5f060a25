"""What the style sheets promise: colours that read well, in light and dark, from tokens only."""

import re
from itertools import product

import pytest
from django.conf import settings

SHEETS = {path.stem: path.read_text() for path in sorted((settings.BASE_DIR / "static" / "css").glob("*.css"))}
PLAIN, _, SCHEMED = SHEETS["tokens"].partition("@supports")
COLOURS = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", PLAIN))
LIGHT_AND_DARK = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);", SCHEMED)
}

GROUNDS = ["paper", "surface", "sunken", "brand-wash", "good-wash", "warn-wash", "danger-wash"]
WORDS = [
    *product(["ink", "ink-soft", "brand"], [*GROUNDS, "mark"]),
    *product(["good", "warn", "danger", "ask"], ["paper", "surface"]),
    *((colour, f"{colour}-wash") for colour in ("good", "warn", "danger")),
    ("brand-ink", "brand"),
    ("ask-ink", "ask"),
    ("paper", "ink"),
]
LINES = [*product(["ask", "brand", "warn"], GROUNDS), *product(["field-line"], ["paper", "surface", "sunken"])]


def luminance(colour: str) -> float:
    """WCAG 2.2, relative luminance."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("pair", "least"), [*((pair, 4.5) for pair in WORDS), *((pair, 3) for pair in LINES)], ids=lambda value: str(value)
)
def test_words_and_lines_stand_out_from_their_ground(pair, least, scheme):
    front, ground = (LIGHT_AND_DARK[name][scheme] for name in pair)
    assert contrast(front, ground) >= least


def test_a_browser_without_light_dark_gets_the_light_colours():
    assert {name: schemes["light"] for name, schemes in LIGHT_AND_DARK.items()} == COLOURS


@pytest.mark.parametrize("sheet", sorted(set(SHEETS) - {"tokens", "print"}))
def test_colours_come_from_tokens(sheet):
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])", SHEETS[sheet]) == []


@pytest.mark.parametrize("sheet", SHEETS)
def test_nothing_is_forced_but_less_motion(sheet):
    calm = re.sub(r"@media \(prefers-reduced-motion: reduce\) \{.*?\}\s*\}", "", SHEETS[sheet], flags=re.S)
    assert "!important" not in calm


@pytest.mark.parametrize("sheet", SHEETS)
def test_properties_follow_the_direction_of_writing(sheet):
    sided = r"[{;]\s*((?:(?:min|max)-)?(?:width|height)|(?:[\w-]+-)?(?:left|right|top|bottom)(?:-\w+)?)\s*:"
    assert re.findall(sided, SHEETS[sheet]) == []
