"""The table of results as a file: xlsx for people, csv and json for programs, row by row."""

import json
from collections.abc import Iterator, Sequence
from decimal import Decimal

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from gongzhi.core.terms import Said, Text
from gongzhi.papers.workbook import Column, Kind, Sheet, Value
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.results.rows import Line
from gongzhi.web.table_files import CSV, XLSX, table_file, titled

JSON = "json"
ENDINGS = (XLSX, CSV, JSON)
NAME = "gongzhi-results"
# The columns with the key of each in a file for programs.
COLUMNS: Sequence[tuple[str, Column]] = (
    ("unit", Column("单位", width=26)),
    ("code", Column("项目代码", width=24)),
    ("project", Column("项目", width=36)),
    ("judged_year", Column("评价年度", Kind.COUNT, 10)),
    ("budget", Column("本年预算（元）", Kind.MONEY, 18)),
    ("grade", Column("等级", width=8)),
    ("score", Column("得分", Kind.POINTS, 8)),
    ("execution", Column("执行率", Kind.RATE, 10)),
    ("base", Column("基数（元）", Kind.MONEY, 18)),
    ("base_of", Column("基数依据", width=20)),
    ("steps", Column("各步", width=40)),
    ("proposed", Column("建议（元）", Kind.MONEY, 18)),
    ("use", Column("用途", width=24)),
    ("decided", Column("决定（元）", Kind.MONEY, 18)),
    ("reason", Column("理由", width=40)),
    ("decided_on", Column("决定日期", width=12)),
    ("document_number", Column("文号", width=24)),
)


def results_file(lines: Iterator[Line], *, kind: str, year: int) -> HttpResponseBase:
    """The lines as a file; a line is made when it is written, and none is kept."""
    rows = (_values(line, year=year) for line in lines)
    name = f"{NAME}-{year}"
    if kind == JSON:
        answer = StreamingHttpResponse(_json(rows), content_type="application/json; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}.json"'
        return answer
    columns = titled(column for _key, column in COLUMNS)
    return table_file(Sheet(name=_("结果应用"), columns=columns, rows=rows), name=name, kind=kind)


def _values(line: Line, *, year: int) -> tuple[Value, ...]:
    decision = line.decision
    return (
        line.project.unit.name,
        line.project.code,
        line.project.name,
        year,
        line.budget,
        line.grade or "",
        line.score,
        line.execution,
        line.base,
        _(line.base_of.text) if line.base_of else "",
        "；".join(f"{_named(step.name)} {step.amount}" for step in line.steps),
        line.result,
        _(line.use.text) if line.use else "",
        decision.amount if decision else None,
        decision.reason if decision else "",
        decision.decided_on.isoformat() if decision else "",
        decision.document_number if decision else "",
    )


def _named(name: Said | Text) -> str:
    """A step's name: a sentence, or the words that a formula brings along."""
    return name.in_language(reader_language()) if isinstance(name, Text) else _(name.text)


def _json(rows: Iterator[tuple[Value, ...]]) -> Iterator[str]:
    """A list of objects, one after another; amounts are texts, exact."""
    keys = [key for key, _column in COLUMNS]
    yield "[\n"
    for number, row in enumerate(rows):
        plain = {
            key: str(value) if isinstance(value, Decimal) else value
            for key, value in zip(keys, row, strict=True)
        }
        yield f"{',' if number else ''}{json.dumps(plain, ensure_ascii=False)}\n"
    yield "]\n"
