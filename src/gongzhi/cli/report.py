"""A check as a person reads it in a terminal: each form, its totals, every finding."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from gongzhi.cli.outputs import written
from gongzhi.cli.terminal import Ink, fitted, to_the_right
from gongzhi.core.audit import CheckedForm
from gongzhi.core.terms import Finding, Form, Problem, Said, SaidValues
from gongzhi.papers.advice import advice
from gongzhi.papers.checking import CheckedFile
from gongzhi.papers.clauses import clause_text
from gongzhi.papers.figures import money_text, points_text, rate_text
from gongzhi.papers.findings_docx import certain_first
from gongzhi.papers.layouts import title_of
from gongzhi.papers.places import place_text
from gongzhi.papers.plain import one_line
from gongzhi.rules.checks import check_name
from gongzhi.words import say, translate

FIGURE_COLUMNS, FIGURES, NARROWEST, WIDEST = 10, 4, 80, 120


class Report:
    """Lines of text in one language, with colour or without."""

    def __init__(self, *, language: str, ink: Ink) -> None:
        self.language = language
        self.ink = ink
        columns = shutil.get_terminal_size((100, 24)).columns
        free = min(max(columns, NARROWEST), WIDEST) - FIGURE_COLUMNS * FIGURES - 5
        self.name_columns = free // 2
        self.project_columns = free - self.name_columns

    def file(self, file: CheckedFile) -> Iterator[str]:
        """One file with everything that is to be said about it."""
        yield self.ink.strong(one_line(file.name))
        for problem in file.problems:
            yield from self._problem(problem)
        for checked, why in zip(file.forms, file.reasons, strict=True):
            yield from self._form(checked, why)
        yield ""

    def _problem(self, problem: Problem) -> Iterator[str]:
        place = place_text(problem.where, self.language)
        what = say(problem.what, self.language)
        yield "  " + self.ink.watch(one_line(f"▲ {place} {what}"))
        yield f"    {one_line(say(problem.hint, self.language))}"

    def _form(self, checked: CheckedForm, why: Said) -> Iterator[str]:
        form = checked.form
        names = (title_of(form, language=self.language), form.project, form.unit or form.department)
        yield ""
        yield "  " + one_line(" · ".join(name for name in names if name))
        yield "  " + self.ink.faint(" · ".join(self._facts(checked)))
        rules = Said("规则包 {pack}（{why}）", {"pack": checked.pack.name, "why": why})
        yield "  " + self.ink.faint(one_line(say(rules, self.language)))
        yield "  " + self._totals(checked)
        if not checked.findings:
            yield "  " + self.ink.kept(f"● {self._word('没有发现问题。')}")
        for finding in certain_first(checked.findings):
            yield from self._finding(finding)

    def _facts(self, checked: CheckedForm) -> Iterator[str]:
        form, unit = checked.form, checked.form.money_unit or "元"
        if form.fiscal_year is not None:
            yield say(Said("{year} 年度", {"year": form.fiscal_year}), self.language)
        for label, amount in (("预算", form.budget), ("执行", form.executed)):
            if amount is not None:
                figure = money_text(amount, unit)
                yield f"{self._word(label)} {figure} {self._word(unit)}"
        if checked.execution_rate is not None:
            yield f"{self._word('执行率')} {rate_text(checked.execution_rate)}"

    def _totals(self, checked: CheckedForm) -> str:
        values: SaidValues = {
            "stated": points_text(checked.form.stated_total) or "—",
            "computed": points_text(checked.computed_total) or "—",
        }
        text = "自报总分 {stated}    重算总分 {computed}"
        if checked.grade:
            text = "自报总分 {stated}    重算总分 {computed}（{grade}）"
            values["grade"] = Said(checked.grade)
        return self.ink.strong(say(Said(text, values), self.language))

    def _finding(self, finding: Finding) -> Iterator[str]:
        ink = self.ink.fault if finding.certain else self.ink.watch
        sign = "◆" if finding.certain else "▲"
        name = check_name(finding.code).in_language(self.language)
        place = place_text(finding.where, self.language)
        yield ""
        yield f"  {ink(f'{sign} {finding.code} {name}')}  {self.ink.faint(one_line(place))}"
        yield f"    {one_line(say(finding.said, self.language))}"
        if finding.arithmetic:
            yield f"    {one_line(finding.arithmetic)}"
        yield f"    {advice(finding.code, self.language)}"
        yield "    " + self.ink.faint(one_line(clause_text(finding, self.language)))

    def table(self, files: list[CheckedFile]) -> Iterator[str]:
        """One line for each form."""
        heads = ("自报总分", "重算总分", "算术不符", "待核实")
        left = self._word("文件"), self._word("项目名称")
        yield self.ink.faint("  " + self._line(*left, [self._word(head) for head in heads]))
        for file in files:
            for checked in file.forms:
                yield self._table_line(file.name, checked)

    def _table_line(self, name: str, checked: CheckedForm) -> str:
        certain, advisory = counted(checked)
        totals = (checked.form.stated_total, checked.computed_total)
        figures = [*(points_text(total) or "—" for total in totals), str(certain), str(advisory)]
        line = self._line(Path(name).name, _called(checked.form), figures)
        if certain:
            return f"{self.ink.fault('◆')} {line}"
        return f"{self.ink.watch('▲') if advisory else self.ink.kept('●')} {line}"

    def _line(self, name: str, project: str, figures: list[str]) -> str:
        right = "".join(to_the_right(figure, FIGURE_COLUMNS) for figure in figures)
        left = fitted(one_line(name), self.name_columns)
        return f"{left}  {fitted(one_line(project), self.project_columns)}{right}"

    def sums(self, files: list[CheckedFile], *, passed_over: int) -> Iterator[str]:
        """What the whole check comes to."""
        forms = [checked for file in files for checked in file.forms]
        counts = [counted(checked) for checked in forms]
        unread = sum(1 for file in files if not file.forms)
        values: SaidValues = {
            "files": len(files),
            "forms": len(forms),
            "certain": sum(certain for certain, _ in counts),
            "faulty": sum(1 for certain, _ in counts if certain),
            "advisory": sum(advisory for _, advisory in counts),
        }
        text = (
            "{files} 个文件，{forms} 张表：算术不符 {certain} 处（{faulty} 张表），"
            "待核实 {advisory} 处。"
        )
        yield self.ink.strong(say(Said(text, values), self.language))
        if unread:
            yield say(Said("{count} 个文件没有读出表。", {"count": unread}), self.language)
        if passed_over:
            said = Said("另有 {count} 个其他种类的文件没有看。", {"count": passed_over})
            yield self.ink.faint(say(said, self.language))

    def unread(self, files: list[CheckedFile]) -> Iterator[str]:
        """The files of a folder that gave no form, each with its reason."""
        for file in files:
            for problem in file.problems if not file.forms else ():
                values: SaidValues = {
                    "file": file.name,
                    "what": problem.what,
                    "hint": problem.hint,
                }
                said = say(Said("{file}：{what}；{hint}", values), self.language)
                yield self.ink.watch(f"▲ {one_line(said)}")

    def written(self, target: Path) -> str:
        """Where a document of the check was put."""
        return say(written(target), self.language)

    def _word(self, text: str) -> str:
        return translate(text, self.language)


def counted(checked: CheckedForm) -> tuple[int, int]:
    """How many findings of a form are certain, and how many ask a person to look."""
    certain = sum(finding.certain for finding in checked.findings)
    return certain, len(checked.findings) - certain


def _called(form: Form) -> str:
    return form.project or form.unit or form.department or "—"
