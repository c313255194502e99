"""Where a number is answered: the address of its answer, made of names alone, without a question.

In a template: `{% load figures %}` and `{% figure text "project-figure" project.pk "money"
year=2026 on=row.on %}`; in a table of values: `Cell(text=…, address=figure_address(…))`.
"""

from collections.abc import Callable
from datetime import date
from urllib.parse import urlencode

from gongzhi.web.addresses import address_of


def figure_address(
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
) -> str:
    """The address of a figure: of which thing, which one; of which year, month, line, day, row."""
    asked = {
        "year": year,
        "month": month,
        "indicator": indicator,
        "on": on,
        "row": row,
        "unit": unit,
        "department": department,
        "level": level,
    }
    given = {name: str(value) for name, value in asked.items() if value not in (None, "")}
    address = address_of(route, *things)
    return f"{address}?{urlencode(given)}" if given else address


def answers_together(
    *, year: object, unit: object = "", department: object = "", level: str = ""
) -> Callable[[str, int], str]:
    """Where the numbers of many projects are answered: by a figure's name and a month."""

    def answers(what: str, month: int) -> str:
        return figure_address(
            "monitoring-figure",
            what,
            year=year,
            month=month,
            unit=unit,
            department=department,
            level=level,
        )

    return answers
