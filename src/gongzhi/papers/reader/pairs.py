"""Labels and their values: beside each other, below each other, in one cell or one line."""

from collections.abc import Iterator
from dataclasses import dataclass

from gongzhi.core.terms import Where
from gongzhi.intake.document import Cell
from gongzhi.papers.reader.grid import Grid, overlap, right_of
from gongzhi.papers.reader.meaning import is_labelled, label_of
from gongzhi.papers.reader.printed import bare, is_nothing
from gongzhi.papers.reader.vocabulary import Rule

LONGEST_LABEL = 24
LONG_ENOUGH = 4
COLONS = ":："
GAPS = ("\t", "\n", "   ", "\u3000\u3000")


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A label with its value, and how well the label fits its field."""

    field: str
    rank: int
    label: str
    value: str
    where: Where
    in_table: bool = True
    section: str = ""


def pairs_of(grid: Grid, row: int) -> Iterator[Pair]:
    """The labels of a row with their values."""
    said = grid.said(row)
    labels = [cell for cell in said if label_of(cell.text)]
    if len(labels) > 1 and len(labels) == len(said) and row + 1 < grid.rows:
        yield from _below(grid, labels)
        return
    for cell in said:
        yield from _beside(grid, cell)


def pairs_in_line(text: str, where: Where) -> Iterator[Pair]:
    """The labels within a line of text, each followed by a colon and its value."""
    for rule, label, value in _inline(text):
        yield _pair(rule, label, value, where=where, in_table=False)


def _beside(grid: Grid, cell: Cell) -> Iterator[Pair]:
    where = grid.where(cell.row, cell.column)
    rule = label_of(cell.text)
    if rule:
        value = _value_beside(grid, cell)
        place = grid.where(cell.row, value.column) if value else where
        text = value.text if value else ""
        yield _pair(rule, cell.text, text, where=place, section=_section(grid, cell))
        return
    for found, label, value_text in _inline(cell.text):
        yield _pair(found, label, value_text, where=where)


def _value_beside(grid: Grid, cell: Cell) -> Cell | None:
    """The cell to the right that holds the value; a known label is none."""
    column = right_of(cell) + 1
    while column < grid.columns:
        beside = grid.at(cell.row, column)
        if beside is not None and beside.text.strip():
            taken = is_labelled(beside.text) or (beside.row != cell.row and not _is_tall(beside))
            return None if taken else beside
        if beside is not None and not grid.spanless:
            return None
        column += 1
    return None


def _is_tall(cell: Cell) -> bool:
    return cell.row_span > 1


def _below(grid: Grid, labels: list[Cell]) -> Iterator[Pair]:
    """Values that stand in the row under their labels."""
    row = labels[0].row + 1
    beneath = grid.said(row)
    if any(is_labelled(cell.text) for cell in beneath):
        beneath = ()
    for label in labels:
        rule = label_of(label.text)
        assert rule, "only labels come here"
        value = next(
            (c for c in beneath if overlap(c, start=label.column, end=right_of(label))), None
        )
        place = grid.where(value.row if value else label.row, label.column)
        yield _pair(rule, label.text, value.text if value else "", where=place)


def _inline(text: str) -> list[tuple[Rule, str, str]]:
    """Known labels in a text with what follows their colons, up to the next label or gap."""
    if not any(colon in text for colon in COLONS) or len(text) > 400:
        return []
    found: list[tuple[Rule, int, int, str]] = []
    for position, character in enumerate(text):
        if character in COLONS:
            label = _label_before(text, position)
            if label:
                found.append((label[0], label[1], position, text[label[1] : position]))
    ends = [*(start for _, start, _, _ in found), len(text)][1:]
    return [
        (rule, label, _up_to_gap(text[colon + 1 : end]))
        for (rule, _, colon, label), end in zip(found, ends, strict=True)
    ]


def _label_before(text: str, colon: int) -> tuple[Rule, int] | None:
    """The longest known label that ends at a colon, and where it begins.

    A long label may follow a word without a gap, as in 农业科填报日期：; a short one may not.
    """
    for start in range(max(0, colon - LONGEST_LABEL), colon - 1):
        rule = label_of(text[start:colon])
        if rule is None or rule.role == "tail" or text[start].isspace():
            continue
        apart = start == 0 or not text[start - 1].isalnum()
        known = bare(text[start:colon]) in rule.whole
        if (apart or colon - start >= LONG_ENOUGH) and (known or start == 0):
            return rule, start
    return None


def _up_to_gap(value: str) -> str:
    value = value.strip()
    cuts = [cut for gap in GAPS if (cut := value.find(gap)) > 0]
    return value[: min(cuts)].strip() if cuts else value


def _section(grid: Grid, cell: Cell) -> str:
    """What the block beside the label is called, if the label stands in one."""
    left = grid.at(cell.row, 0)
    tall = left is not None and left.row_span > 1 and left.column_span < grid.columns
    return bare(left.text) if tall and left is not None and left is not cell else ""


def _pair(
    rule: Rule, label: str, value: str, *, where: Where, in_table: bool = True, section: str = ""
) -> Pair:
    return Pair(
        field=rule.role, rank=rule.rank, label=label, where=where, in_table=in_table,
        value="" if is_nothing(value) else value, section=section,
    )  # fmt: skip
