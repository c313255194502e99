"""Template tag: a number that leads to its answer."""

from datetime import date

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from gongzhi.web.figures import figure_address

register = template.Library()
NOTHING = ("", "—")


@register.simple_tag
def figure(
    text: object,
    route: str,
    *things: object,
    year: object = None,
    month: int | None = None,
    indicator: str = "",
    on: date | None = None,
    row: object = "",
    unit: object = "",
    department: object = "",
    level: str = "",
) -> SafeString | str:
    """The number as a link to how it came about; a dash leads nowhere."""
    shown = "" if text is None else str(text)
    if shown in NOTHING:
        return shown
    address = figure_address(
        route,
        *things,
        year=year,
        month=month,
        indicator=indicator,
        on=on,
        row=row,
        unit=unit,
        department=department,
        level=level,
    )
    return format_html('<a class="figure" href="{}">{}</a>', address, shown)
