"""The compensations that a reader sees, as a table to keep: CSV for programs, xlsx for people."""

from datetime import date
from typing import Any

from django.http import HttpResponseBase
from django.utils.translation import gettext as _

from gongzhi.papers.workbook import Column, Kind, Sheet, Value
from gongzhi.web.pages.participation.compensation.shown import (
    ShownCompensation,
    shown_compensations,
)
from gongzhi.web.table_files import ROWS_MAX, table_file, titled

NAME = "gongzhi-compensation"
COLUMNS = (
    Column("付款单位", width=26),
    Column("项目", width=30),
    Column("预算年度", Kind.COUNT, 10),
    Column("预算编号", width=18),
    Column("补偿什么", width=30),
    Column("受偿单位", width=26),
    Column("情况", width=20),
    Column("标准", width=30),
    Column("下限（元）", Kind.MONEY, 16),
    Column("补偿（元）", Kind.MONEY, 16),
    Column("奖励（元）", Kind.MONEY, 14),
    Column("已付（元）", Kind.MONEY, 16),
    Column("逾期期数", Kind.COUNT, 10),
    Column("下一期到期", width=12),
    Column("状态", width=10),
)


def compensation_file(rows: Any, *, kind: str, today: date) -> HttpResponseBase:
    """The rows as a file; people are named nowhere in it."""
    kept = list(rows[: ROWS_MAX[kind]])
    lines = [_values(each) for each in shown_compensations(kept, today=today)]
    sheet = Sheet(name=_("补偿台账"), columns=titled(COLUMNS), rows=lines)
    return table_file(sheet, name=NAME, kind=kind)


def _values(each: ShownCompensation) -> tuple[Value, ...]:
    row = each.row
    return (
        row.paid_by.name,
        row.project.name,
        row.fiscal_year,
        row.budget_line or row.own_funds,
        row.subject,
        row.payee,
        row.basis.situation,
        row.basis.standard,
        row.floor,
        row.amount,
        row.reward,
        each.paid,
        each.late,
        each.next.due_on.isoformat() if each.next else "",
        str(row.get_stage_display()),
    )
