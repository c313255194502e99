"""Sentences in no language yet, as JSON, so that a notice reads well in both."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from gongzhi.core.terms import Said, SaidValue, SaidValues, Text


def said_as_json(said: Said) -> dict[str, Any]:
    """The sentence with its values, those that are sentences too."""
    return {"text": said.text, "values": {n: _as_json(v) for n, v in said.values.items()}}


def said_from_json(stored: Mapping[str, Any]) -> Said:
    """The sentence that was stored."""
    values: SaidValues = {
        name: _from_json(value) if isinstance(value, dict) else value
        for name, value in stored["values"].items()
    }
    return Said(stored["text"], values)


def _from_json(stored: Mapping[str, Any]) -> Said | Text:
    return said_from_json(stored) if "text" in stored else Text(**stored)


def _as_json(value: SaidValue) -> Any:
    if isinstance(value, Text):
        return {"zh": value.zh, "en": value.en}
    if isinstance(value, Said):
        return said_as_json(value)
    return str(value) if isinstance(value, Decimal) else value
