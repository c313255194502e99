"""Put a sentence of the core into a reader's language, without Django."""

import gettext
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.core.terms import Said, SaidValue, Text

LANGUAGES = ("zh", "en")
LOCALE = Path(__file__).parent / "locale"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    assert language in LANGUAGES, f"no such language: {language}"
    if language == "zh":
        return gettext.NullTranslations()
    return gettext.translation("django", LOCALE, [language])


def translate(text: str, language: str) -> str:
    """The text in the language; Chinese texts are their own message ids."""
    return _catalogue(language).gettext(text) if text else text


def say(said: Said, language: str) -> str:
    """The sentence in the language ("zh" or "en"), its values filled in."""
    filled = {name: _shown(value, language) for name, value in said.values.items()}
    return translate(said.text, language).format(**filled)


def _shown(value: SaidValue, language: str) -> str:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, Said):
        return say(value, language)
    return format(value.normalize(), "f") if isinstance(value, Decimal) else str(value)
