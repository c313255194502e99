"""A drawn form as an HTML table, its marks leading to the findings beside it."""

from gongzhi.core.audit import CheckedForm
from gongzhi.papers.drawn import Cell, Row
from gongzhi.papers.facsimile import facsimile
from gongzhi.papers.markup import Child, Element, tag
from gongzhi.words import translate


def facsimile_table(checked: CheckedForm, *, key: str, language: str) -> Element:
    """The table; `key` begins the ids of its findings."""
    drawn = facsimile(checked, language=language)
    signs = [("◆" if finding.certain else "▲") for finding in checked.findings]
    unit = f"{translate('单位', language)}：{drawn.money_unit}"
    recomputed = translate("重算", language)
    return tag(
        "div",
        {"class": "sheet", "tabindex": "0"},
        tag(
            "table",
            {"class": "facsimile"},
            tag("caption", {}, f"{drawn.title} ", tag("small", {}, unit)),
            tag("tbody", {}, *(_row(row, key, signs, recomputed) for row in drawn.rows)),
        ),
    )


def _row(row: Row, key: str, signs: list[str], recomputed: str) -> Element:
    cells = [_cell(cell, key, signs) for cell in row.cells]
    margin = f"{recomputed} {row.margin}" if row.margin else ""
    return tag("tr", {}, *cells, tag("td", {"class": "margin"}, margin))


def _cell(cell: Cell, key: str, signs: list[str]) -> Element:
    attributes = {}
    if cell.column_span > 1:
        attributes["colspan"] = str(cell.column_span)
    if cell.row_span > 1:
        attributes["rowspan"] = str(cell.row_span)
    classes = [name for name in ("figure",) if cell.figure]
    classes += _mark_classes(cell, signs)
    if classes:
        attributes["class"] = " ".join(classes)
    links = [
        tag("a", {"class": "mark", "href": f"#{key}-{number}"}, f"{signs[number - 1]}{number}")
        for number in cell.marks
    ]
    # figures stay in line at the right, so their marks stand before them
    inside: list[Child] = [*links, cell.text] if cell.figure else [cell.text, *links]
    return tag("th" if cell.head else "td", attributes, *inside)


def _mark_classes(cell: Cell, signs: list[str]) -> list[str]:
    found = {signs[number - 1] for number in cell.marks}
    if "◆" in found:
        return ["certain"]
    return ["advisory"] if found else []
