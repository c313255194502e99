"""Figures in people's own words: named in braces, {综合得分}, so that nobody types them over."""

import re
from collections.abc import Mapping

PLACE = re.compile(r"\{([^{}\n]{1,40})\}")


def filled(text: str, *, figures: Mapping[str, str]) -> str:
    """The text with each figure as it is; a name that nothing stands behind stays as it is."""
    return PLACE.sub(lambda found: figures.get(found[1].strip(), found[0]), text)


def unknown_in(text: str, *, figures: Mapping[str, str]) -> tuple[str, ...]:
    """The names in braces that no figure has."""
    named = (found.strip() for found in PLACE.findall(text))
    return tuple(dict.fromkeys(name for name in named if name not in figures))
