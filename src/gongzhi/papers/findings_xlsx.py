"""The ledger that a bureau forwards: one row for each form, one for each finding."""

from collections.abc import Iterable, Iterator, Sequence

from gongzhi.core.audit import CheckedForm
from gongzhi.core.terms import Finding, Said
from gongzhi.papers.advice import advice
from gongzhi.papers.checking import CheckedFile
from gongzhi.papers.clauses import clause_text
from gongzhi.papers.layouts import title_of
from gongzhi.papers.places import place_text
from gongzhi.papers.workbook import Column, Kind, Sheet, Value, workbook
from gongzhi.rules.checks import check_name
from gongzhi.words import say, translate

CERTAIN, ADVISORY = "算术不符", "待核实"

FORMS = (
    Column("文件", width=28),
    Column("表种", width=20),
    Column("项目名称", width=28),
    Column("主管部门", width=20),
    Column("实施单位", width=20),
    Column("年度", Kind.COUNT, 8),
    Column("规则包", width=14),
    Column("年初预算数（元）", Kind.MONEY, 18),
    Column("全年预算数（元）", Kind.MONEY, 18),
    Column("全年执行数（元）", Kind.MONEY, 18),
    Column("执行率", Kind.RATE, 10),
    Column("自报总分", Kind.POINTS, 10),
    Column("重算总分", Kind.POINTS, 10),
    Column("等级", width=8),
    Column(CERTAIN, Kind.COUNT, 10),
    Column(ADVISORY, Kind.COUNT, 10),
)
FINDINGS = (
    Column("文件", width=28),
    Column("项目名称", width=28),
    Column("实施单位", width=20),
    Column("代码", width=8),
    Column("性质", width=10),
    Column("问题", width=22),
    Column("所在位置", width=22),
    Column("说明", width=44),
    Column("算式", width=30),
    Column("依据", width=22),
    Column("怎么办", width=36),
)
PROBLEMS = (
    Column("文件", width=28),
    Column("所在位置", width=22),
    Column("读不了的内容", width=44),
    Column("怎么办", width=36),
)


def findings_xlsx(files: Sequence[CheckedFile], *, language: str) -> bytes:
    """The workbook of a check; a third sheet lists what could not be read."""
    return workbook(
        [
            _sheet("各表", FORMS, _forms(files, language), language),
            _sheet("发现的问题", FINDINGS, _findings(files, language), language),
            _sheet("读不了的内容", PROBLEMS, _problems(files, language), language),
        ]
    )


def _sheet(
    name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]], language: str
) -> Sheet:
    spoken = [Column(translate(c.title, language), c.kind, c.width) for c in columns]
    return Sheet(name=translate(name, language), columns=spoken, rows=rows)


def _forms(files: Iterable[CheckedFile], language: str) -> Iterator[Sequence[Value]]:
    for file in files:
        for checked in file.forms:
            yield _form(file.name, checked, language)


def _form(name: str, checked: CheckedForm, language: str) -> Sequence[Value]:
    form = checked.form
    certain = sum(finding.certain for finding in checked.findings)
    return (
        name,
        title_of(form, language=language),
        form.project,
        form.department,
        form.unit,
        form.fiscal_year,
        checked.pack.name,
        form.budget_initial,
        form.budget_adjusted,
        form.executed,
        checked.execution_rate,
        form.stated_total,
        checked.computed_total,
        checked.grade and translate(checked.grade, language),
        certain,
        len(checked.findings) - certain,
    )


def _findings(files: Iterable[CheckedFile], language: str) -> Iterator[Sequence[Value]]:
    for file in files:
        for checked in file.forms:
            for finding in checked.findings:
                yield _finding(file.name, checked, finding, language)


def _finding(name: str, checked: CheckedForm, finding: Finding, language: str) -> Sequence[Value]:
    return (
        name,
        checked.form.project,
        checked.form.unit or checked.form.department,
        finding.code,
        nature(finding, language),
        check_name(finding.code).in_language(language),
        place_text(finding.where, language),
        say(finding.said, language),
        finding.arithmetic,
        clause_text(finding, language),
        advice(finding.code, language),
    )


def _problems(files: Iterable[CheckedFile], language: str) -> Iterator[Sequence[Value]]:
    for file in files:
        for problem in file.problems:
            where = place_text(problem.where, language)
            yield file.name, where, say(problem.what, language), say(problem.hint, language)


def nature(finding: Finding, language: str) -> str:
    """Whether the finding follows from the printed figures alone."""
    return say(Said(CERTAIN if finding.certain else ADVISORY), language)
