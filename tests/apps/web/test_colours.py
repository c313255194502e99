"""Every pair of text and ground is readable in every theme, computed from the tokens."""

import re

import pytest

from machine import REPOSITORY

TOKENS = (REPOSITORY / "src/gongzhi/web/static/css/tokens.css").read_text("utf-8")
TEXTS = ("ink", "grey", "indigo", "slate", "vermilion", "amber", "pine")
WASHED = ("indigo", "vermilion", "amber", "pine")
THEMES = {"light": 4.5, "dark": 4.5, "contrast": 7.0}
LINES_LEAST = 3.0  # WCAG 1.4.11: borders of fields


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", block))


def block_of(selector: str) -> str:
    return TOKENS.split(selector + " {", 1)[1].split("}", 1)[0]


def theme(name: str) -> dict[str, str]:
    light = colours(block_of(":root"))
    return light if name == "light" else light | colours(block_of(f':root[data-theme="{name}"]'))


def luminance(colour: str) -> float:
    """Relative luminance (WCAG 2.2)."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def pairs() -> list[tuple[str, str]]:
    grounds = [(text, ground) for text in TEXTS for ground in ("paper", "ground", "grey-wash")]
    washes = [(text, f"{text}-wash") for text in WASHED]
    inked = [("ink", f"{text}-wash") for text in WASHED]
    buttons = [("on-colour", text) for text in ("indigo", "slate", "vermilion", "amber", "pine")]
    return grounds + washes + inked + buttons


@pytest.mark.parametrize("name", THEMES)
def test_text_is_readable_in_every_theme(name):
    values = theme(name)
    weak = {
        pair: round(contrast(values[pair[0]], values[pair[1]]), 2)
        for pair in pairs()
        if contrast(values[pair[0]], values[pair[1]]) < THEMES[name]
    }
    assert weak == {}


@pytest.mark.parametrize("name", THEMES)
def test_borders_of_fields_and_the_focus_can_be_seen(name):
    values = theme(name)
    for border in ("line-strong", "focus"):
        for ground in ("paper", "ground"):
            assert contrast(values[border], values[ground]) >= LINES_LEAST


def test_dark_by_the_system_is_dark_by_choice():
    chosen = colours(block_of(':root[data-theme="dark"]'))
    media = TOKENS.split("@media (prefers-color-scheme: dark)", 1)[1]
    by_system = colours(media.split("{", 2)[2].split("}", 1)[0])
    assert by_system == chosen
