"""A checked form, drawn line by line: heading, money, goals, indicators, total."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from gongzhi.core.audit import CheckedForm
from gongzhi.core.terms import Form, FundRow, Indicator
from gongzhi.papers.drawn import Cell, Row
from gongzhi.papers.figures import money_text, points_text, rate_text
from gongzhi.papers.layouts import LABELS, NAMES, columns_of
from gongzhi.papers.marks import FIGURES, Box, boxes_of
from gongzhi.words import translate

COLUMNS_LEAST = 8  # what the money block needs


class Drawing:
    """One form on one grid; each part yields its lines."""

    def __init__(self, *, checked: CheckedForm, language: str) -> None:
        self.checked = checked
        self.form = checked.form
        self.language = language
        self.layout = columns_of(checked.form)
        self.columns = max(COLUMNS_LEAST, len(self.layout))
        self.marks = _marks(checked)

    def rows(self) -> Iterator[Row]:
        """The whole form from top to bottom."""
        yield from self._heading()
        yield from self._funds()
        yield from self._goals()
        yield from self._indicators()
        yield from self._total()

    def _heading(self) -> Iterator[Row]:
        form = self.form
        yield self._row([self._head("项目名称"), self._box(Box.PROJECT, form.project)])
        department = Cell(text=form.department or "", column_span=(self.columns - 2) // 2)
        unit = self._box(Box.UNIT, form.unit)
        yield self._row([self._head("主管部门"), department, self._head("实施单位"), unit])

    def _funds(self) -> Iterator[Row]:
        form = self.form
        rows = form.fund_rows or (_asked(form),)
        labels = ["年初预算数", "全年预算数", "全年执行数"]
        labels += ["分值", "执行率", "得分"] if form.form_type.is_self_evaluation else ["执行率"]
        block = replace(self._head("项目资金"), row_span=len(rows) + 1)
        heads = [self._head(label) for label in labels]
        yield self._row([block, Cell(text="", head=True), *heads])
        total, *parts = rows
        yield self._row([*self._money(total), *self._execution()], left=1)
        for part in parts:
            cells = [replace(cell, marks=()) for cell in self._money(part)]
            rest = [Cell(text="") for _ in self._execution()]
            yield self._row([*cells, *rest], left=1)

    def _money(self, row: FundRow) -> Iterator[Cell]:
        unit = self.form.money_unit
        yield Cell(text=row.label)
        yield self._box(Box.INITIAL, money_text(row.initial, unit))
        yield self._box(Box.ADJUSTED, money_text(row.adjusted, unit))
        yield self._box(Box.EXECUTED, money_text(row.executed, unit))

    def _execution(self) -> list[Cell]:
        form = self.form
        rate = form.execution_rate_text or rate_text(self.checked.execution_rate)
        cell = self._box(Box.EXECUTION_RATE, rate)
        if not form.form_type.is_self_evaluation:
            return [cell]
        weight = self._box(Box.EXECUTION_WEIGHT, points_text(form.execution_weight))
        score = self._box(Box.EXECUTION_SCORE, points_text(form.execution_score))
        return [weight, cell, score]

    def _goals(self) -> Iterator[Row]:
        form = self.form
        if form.goal_text is not None:
            yield self._row([self._head("年度总体目标"), self._box(Box.GOAL, form.goal_text)])
        if form.goal_actual_text is not None:
            cell = self._box(Box.GOAL_ACTUAL, form.goal_actual_text)
            yield self._row([self._head("实际完成情况"), cell])

    def _indicators(self) -> Iterator[Row]:
        rows = self.form.indicators
        if rows:
            yield self._row([self._head(LABELS[box]) for box in self.layout])
        level1 = _runs(rows, lambda row: row.level1)
        level2 = _runs(rows, lambda row: (row.level1, row.level2))
        for number, row in enumerate(rows):
            cells = []
            if size := level1.get(number):
                cells.append(self._group(Box.LEVEL1, self._level1(row), at=number, size=size))
            if size := level2.get(number):
                cells.append(self._group(Box.LEVEL2, row.level2, at=number, size=size))
            left = 2 - len(cells)
            cells += [self._box(box, _text(row, box), at=number) for box in self.layout[2:]]
            yield replace(self._row(cells, left=left), margin=self._margin(number))

    def _total(self) -> Iterator[Row]:
        form = self.form
        if Box.SCORE not in self.layout or (form.stated_total is None and not form.has_total_row):
            return
        weight = self._box(Box.TOTAL_WEIGHT, points_text(form.total_weight))
        total = self._box(Box.TOTAL, points_text(form.stated_total))
        label = replace(self._head("总分"), column_span=self.layout.index(Box.WEIGHT))
        row = self._row([label, weight, total, Cell(text=form.stated_grade or "")])
        computed, stated = self.checked.computed_total, form.stated_total
        yield replace(row, margin="" if computed == stated else points_text(computed))

    def _level1(self, row: Indicator) -> str:
        points = self.form.level1_weights.get(row.level1 or "")
        return f"{row.level1}（{points_text(points)}）" if points is not None else row.level1 or ""

    def _margin(self, number: int) -> str:
        computed = self.checked.row_scores[number].points
        stated = self.form.indicators[number].score
        return "" if computed is None or computed == stated else points_text(computed)

    def _head(self, label: str) -> Cell:
        return Cell(text=translate(label, self.language), head=True)

    def _box(self, box: Box, text: str | None, *, at: int | None = None) -> Cell:
        marks = tuple(self.marks.get((box, at), ()))
        label = translate(NAMES.get(box, ""), self.language)
        return Cell(text=text or "", marks=marks, figure=box in FIGURES, label=label)

    def _group(self, box: Box, text: str | None, *, at: int, size: int) -> Cell:
        places = [None, *range(at, at + size)]
        marks = {number for place in places for number in self.marks.get((box, place), ())}
        return Cell(text=text or "", row_span=size, marks=tuple(sorted(marks)), group=True)

    def _row(self, cells: Sequence[Cell], *, left: int = 0) -> Row:
        """A line whose last box fills the grid; `left` columns are taken from lines above."""
        rest = self.columns - left - sum(cell.column_span for cell in cells[:-1])
        return Row(cells=(*cells[:-1], replace(cells[-1], column_span=rest)))


def _asked(form: Form) -> FundRow:
    """The money line of a form that has no money block but names its sums elsewhere."""
    return FundRow(
        label="",
        initial=form.budget_initial,
        adjusted=form.budget_adjusted,
        executed=form.executed,
    )


def _marks(checked: CheckedForm) -> dict[tuple[Box, int | None], list[int]]:
    """The numbers of the findings about each box of each indicator (None: of the form)."""
    marks: dict[tuple[Box, int | None], list[int]] = defaultdict(list)
    for number, finding in enumerate(checked.findings, 1):
        for box in boxes_of(finding, checked.form):
            marks[box, finding.where.indicator].append(number)
    return marks


def _runs(rows: Sequence[Indicator], key: Callable[[Indicator], object]) -> dict[int, int]:
    """Where runs of lines with the same heading begin, and how long they are."""
    runs: dict[int, int] = {}
    start = 0
    for number, row in enumerate(rows):
        if number and key(row) != key(rows[number - 1]):
            start = number
        runs[start] = number - start + 1
    return runs


def _text(row: Indicator, box: Box) -> str | None:
    return {
        Box.LEVEL3: row.level3,
        Box.TARGET: row.target_text,
        Box.ACTUAL: row.actual_text,
        Box.POSSIBILITY: row.possibility,
        Box.WEIGHT: points_text(row.weight),
        Box.SCORE: points_text(row.score),
        Box.CONVERTED: points_text(row.converted_score),
        Box.REASON: row.reason,
    }[box]
