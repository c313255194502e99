"""The page for deputies and their office; to print, to keep as a workbook, to ask from."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.cycle.years import year_shown
from gongzhi.papers.workbook import Column, Kind, Sheet
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.overseen import late_items, late_units, oversees
from gongzhi.web.pages.deputies.changes import Changed, Stopped, changes, stopped, totals
from gongzhi.web.pages.deputies.promises import Line, aims, departments
from gongzhi.web.table_files import XLSX, titled, workbook_file
from gongzhi.web.task_givers import may_ask_others
from gongzhi.words import say

LINES = (
    Column("名称", width=36),
    Column("项目数", Kind.COUNT, 8),
    Column("年初预算", Kind.MONEY, 18),
    Column("现在的预算", Kind.MONEY, 18),
    Column("已支付", Kind.MONEY, 18),
    Column("资金", width=10),
    Column("目标", width=10),
    Column("红色", Kind.COUNT, 8),
    Column("黄色", Kind.COUNT, 8),
)
CHANGES = (
    Column("日期", width=12),
    Column("种类", width=14),
    Column("项目", width=36),
    Column("单位", width=28),
    Column("金额", Kind.MONEY, 18),
    Column("批准机关", width=26),
    Column("文号", width=30),
    Column("理由", width=50),
)
STOPPED = (
    Column("日期", width=12),
    Column("项目", width=36),
    Column("单位", width=28),
    Column("什么事", width=26),
    Column("决定", width=14),
    Column("理由", width=50),
    Column("现在", width=14),
)


@require_safe
def deputies(request: MemberRequest) -> HttpResponse:
    """What became of the money and the promises, as far as the reader may see it."""
    about(request)
    member, today = request.member, business_date()
    year = year_shown(today)
    changed, halted = changes(member, year=year), stopped(member, year=year)
    context: dict[str, Any] = {
        "year": year,
        "today": today,
        "departments": departments(member, year=year),
        "aims": aims(member, year=year),
        "changes": changed,
        "totals": totals(changed),
        "stopped": halted,
        "clauses": clauses_shown({"2.4", "6.15"}),
    }
    if request.GET.get("as") == XLSX:
        return _workbook(context)
    if oversees(member):
        late = late_items(member, today=today)
        context |= {"oversees": True, "late": late_units(member, late), "late_count": len(late)}
    context["may_ask"] = may_ask_others(member)
    return render(request, "pages/deputies.html", context)


def _workbook(context: dict[str, Any]) -> HttpResponse:
    """The same in four sheets."""
    sheets = (
        (_("各部门"), LINES, map(_line, context["departments"])),
        (_("各项承诺"), LINES, map(_line, context["aims"])),
        (_("预算和目标的调整"), CHANGES, map(_change, context["changes"])),
        (_("暂停、调剂和取消"), STOPPED, map(_halt, context["stopped"])),
    )
    return workbook_file(
        (Sheet(name=name, columns=titled(columns), rows=rows) for name, columns, rows in sheets),
        name=f"deputies-{context['today'].isoformat()}",
    )


def _line(line: Line) -> tuple[Any, ...]:
    name = "　" * line.depth + line.name
    sums = line.tally
    money = (sums.initial, sums.budget, sums.paid)
    return (name, sums.projects, *money, sums.money_share, sums.goals_share, sums.red, sums.yellow)


def _change(each: Changed) -> tuple[Any, ...]:
    project = (each.project.name, each.project.unit.name)
    decision = (each.authority, each.document_number, each.reason)
    return (each.on.isoformat(), each.kind, *project, each.amount, *decision)


def _halt(each: Stopped) -> tuple[Any, ...]:
    language, step = reader_language(), each.step
    said = (say(each.name, language), say(each.chose, language) if each.chose else "")
    project = (each.project.name, each.project.unit.name)
    return (step.done_on.isoformat(), *project, *said, step.reason, each.stage)
