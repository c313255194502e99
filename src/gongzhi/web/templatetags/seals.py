"""Template filters: the seal of a thing, and its number as a ledger writes it."""

from collections.abc import Mapping
from typing import Any

from django import template

from gongzhi.trust.seals import Seal
from gongzhi.web.seals import name_of

register = template.Library()


@register.filter
def of(seals: Mapping[str, Seal], row: Any) -> Seal | None:
    """The seal of a row among those that the page has; None where no deed touched it."""
    return seals.get(name_of(row)) if row else None


@register.filter
def grouped(value: int) -> str:
    """A number, thousands separated in either language."""
    return f"{value:,}"
