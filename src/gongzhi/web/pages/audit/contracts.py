"""Contracts beside what was paid on each: none paid, paid, paid above what they are worth."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import DecimalField, OuterRef, Subquery, Sum
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from gongzhi.cycle.models import Contract
from gongzhi.papers.workbook import Column, Kind, Value
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.pages.audit.asking import fitting_contracts
from gongzhi.web.pages.audit.searching import (
    COUNTED_MAX,
    Found,
    Search,
    answer,
    counted,
    standing_payments,
)

COLUMNS = (
    Column("合同编号", width=22),
    Column("名称", width=32),
    Column("签订日期", width=12),
    Column("合同金额", Kind.MONEY, 18),
    Column("已支付", Kind.MONEY, 18),
    Column("供应商", width=28),
    Column("采购方式", width=14),
    Column("单位", width=26),
    Column("项目代码", width=24),
    Column("项目", width=30),
)


def _line(row: Any) -> tuple[Value, ...]:
    return (
        *(row.number, row.title, row.signed_on.isoformat() if row.signed_on else ""),
        *(row.amount, row.paid, row.supplier, row.method),
        row.unit.name if row.unit else row.unit_code,
        row.project.code if row.project else row.project_code,
        row.project.name if row.project else "",
    )


SEARCH = Search(
    route="audit-contracts",
    template="pages/audit/contracts.html",
    columns=COLUMNS,
    line=_line,
    unit_of=lambda row: row.unit_id,
)


@require_safe
@login_required
def audit_contracts(request: MemberRequest) -> HttpResponseBase:
    """The contracts that fit, the newest first or the largest."""

    def find(asked: Mapping[str, Any], whole: bool) -> Found:
        on_it = standing_payments(request).filter(
            contract=OuterRef("number"), project=OuterRef("project")
        )
        paid = on_it.order_by().values("contract").annotate(paid=Sum("amount")).values("paid")
        money = DecimalField(max_digits=18, decimal_places=2)
        readable = Contract.objects.visible_to(request.member).standing()
        rows = readable.annotate(paid=Subquery(paid, output_field=money))
        fitting = fitting_contracts(rows, asked)
        count, _total = counted(fitting, whole=whole)
        is_cut = not whole and count > COUNTED_MAX
        return Found(
            rows=fitting.select_related("unit", "project"), count=count - is_cut, is_cut=is_cut
        )

    return answer(request, SEARCH, find)
