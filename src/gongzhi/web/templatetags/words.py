"""Template filters: sentences of the core in words, figures as a ledger writes them."""

from decimal import Decimal

from django import template
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from gongzhi.core.terms import Said, Text
from gongzhi.rules.checks.reading import check_name
from gongzhi.web.frame import reader_language
from gongzhi.words import say, translate

register = template.Library()
# The languages as pages mark them, and as the words of the core name them.
BOTH = (("zh-CN", "zh"), ("en", "en"))


@register.filter
def said(value: Said | Text | str | None) -> str:
    """A sentence of the core, or a text that data carries, in the reader's language."""
    match value:
        case None:
            return ""
        case Text():
            return value.in_language(reader_language())
        case Said():
            return say(value, reader_language())
        case _:
            return value


@register.filter
def check_called(code: str) -> str:
    """What a check of forms is called, in the reader's language."""
    return check_name(code).in_language(reader_language())


@register.filter
def words(value: str | None) -> str:
    """A Chinese message id that comes as a value, in the reader's language."""
    return gettext(value) if value else ""


@register.filter
def both(value: str) -> SafeString:
    """A Chinese message id in both languages, for a page that carries both."""
    pair = [(code, translate(value, language)) for code, language in BOTH]
    return format_html_join("", '<span lang="{}">{}</span>', pair)


@register.filter
def points(value: Decimal | None) -> str:
    """Points of a score: at most two decimals, none that say nothing; absent is a dash."""
    if value is None:
        return "—"
    rounded = round(value, 2)
    return f"{rounded.normalize():f}" if rounded else "0"


@register.filter
def yuan(value: Decimal | None) -> str:
    """An amount in yuan, thousands separated; absent is a dash."""
    return "—" if value is None else f"{value:,.2f}"


@register.filter
def in_unit(value: Decimal | None, unit: str | None) -> str:
    """An amount in the unit of its form (元 or 万元), without zeros that say nothing."""
    if value is None:
        return "—"
    if unit == "元":
        return f"{value:,.2f}"
    whole, _, rest = f"{value / 10_000:,.6f}".partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')}"


@register.filter
def percent(value: Decimal | None) -> str:
    """A ratio as per cent with at most two decimals; absent is a dash."""
    return "—" if value is None else f"{points(value * 100)}%"
