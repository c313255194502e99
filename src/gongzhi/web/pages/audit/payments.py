"""Payments one by one: by unit, project, payee, day, amount, with a contract or without."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from gongzhi.cycle.models import Payment
from gongzhi.papers.workbook import Column, Kind, Value
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.pages.audit.asking import fitting_payments
from gongzhi.web.pages.audit.searching import (
    COUNTED_MAX,
    Found,
    Search,
    answer,
    counted,
    standing_payments,
)

COLUMNS = (
    Column("日期", width=12),
    Column("凭证号", width=22),
    Column("金额", Kind.MONEY, 18),
    Column("单位", width=26),
    Column("项目代码", width=24),
    Column("项目", width=30),
    Column("收款人", width=28),
    Column("合同", width=20),
    Column("用途", width=36),
    Column("功能分类", width=10),
    Column("经济分类", width=10),
    Column("资金来源", width=14),
)


def _line(row: Payment) -> tuple[Value, ...]:
    return (
        *(row.paid_on.isoformat(), row.number, row.amount),
        row.unit.name if row.unit else row.unit_code,
        row.project.code if row.project else row.project_code,
        row.project.name if row.project else "",
        *(row.payee, row.contract, row.purpose, row.functional, row.economic, row.funds),
    )


SEARCH = Search(
    route="audit",
    template="pages/audit/payments.html",
    columns=COLUMNS,
    line=_line,
    unit_of=lambda row: row.unit_id,
)


@require_safe
@login_required
def audit(request: MemberRequest) -> HttpResponseBase:
    """The payments that fit, the newest first or the largest."""

    def find(asked: Mapping[str, Any], whole: bool) -> Found:
        rows = fitting_payments(standing_payments(request), asked)
        count, total = counted(rows, whole=whole)
        is_cut = not whole and count > COUNTED_MAX
        return Found(
            rows=rows.select_related("unit", "project"),
            count=count - is_cut,
            is_cut=is_cut,
            more={"total": total},
        )

    return answer(request, SEARCH, find)
