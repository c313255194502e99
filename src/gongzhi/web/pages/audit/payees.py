"""Who was paid most: the payments that fit, added up by payee."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, Sum
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from gongzhi.papers.workbook import Column, Kind, Value
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.pages.audit.asking import fitting_payments
from gongzhi.web.pages.audit.searching import Search, answer, standing_payments

COLUMNS = (
    Column("收款人", width=36),
    Column("金额", Kind.MONEY, 18),
    Column("笔数", Kind.COUNT, 8),
    Column("没有合同的笔数", Kind.COUNT, 14),
    Column("单位数", Kind.COUNT, 8),
)


def _line(row: Mapping[str, Any]) -> tuple[Value, ...]:
    return (row["payee"], row["paid"], row["payments"], row["without"], row["units"])


SEARCH = Search(
    route="audit-payees", template="pages/audit/payees.html", columns=COLUMNS, line=_line
)


@require_safe
@login_required
def audit_payees(request: MemberRequest) -> HttpResponseBase:
    """The payees, who got most first, each with its share."""

    def find(asked: Mapping[str, Any]) -> tuple[Any, Mapping[str, Any]]:
        rows = fitting_payments(standing_payments(request), asked)
        total = rows.order_by().aggregate(total=Sum("amount"))["total"] or Decimal(0)
        grouped = rows.exclude(payee="").order_by().values("payee").annotate(
            paid=Sum("amount"),
            payments=Count("pk"),
            without=Count("pk", filter=Q(contract="")),
            units=Count("unit", distinct=True),
        )  # fmt: skip
        return grouped.order_by("-paid", "payee"), {"total": total}

    return answer(request, SEARCH, find)
