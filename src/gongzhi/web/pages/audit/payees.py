"""Who was paid most: the payments that fit, added up by payee."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import models
from django.db.models import Count, F, Q, Sum
from django.db.models.functions import NullIf
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from gongzhi.cycle.counting import are_more_than
from gongzhi.papers.workbook import Column, Kind, Value
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.pages.audit.asking import fitting_payments
from gongzhi.web.pages.audit.searching import Found, Search, answer, standing_payments

PAYMENTS_MAX = 300_000  # so many are added up unasked: a county's
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

    def find(asked: Mapping[str, Any], whole: bool) -> Found:
        rows = fitting_payments(standing_payments(request), asked).order_by()
        if not whole and are_more_than(rows, PAYMENTS_MAX):
            return Found(rows=(), count=0, adds_up=False)
        paid = rows.values("payee").annotate(paid=Sum("amount"))
        named = Count("payee", filter=~Q(payee=""))
        both = paid.aggregate(payees=named, total=Sum("paid"))
        grouped = rows.exclude(payee="").values("payee").annotate(
            paid=Sum("amount"),
            payments=Count("pk"),
            without=Count("pk", filter=Q(contract="")),
            units=Count("unit", distinct=True),
        )  # fmt: skip
        total = both["total"] or Decimal(0)
        share = F("paid") / NullIf(models.Value(total), Decimal(0))
        return Found(
            rows=grouped.annotate(share=share).order_by("-paid", "payee"),
            count=both["payees"],
            more={"total": total},
        )

    return answer(request, SEARCH, find)
