"""The rows that a project's sums are made of: payments by a month's end, the lines of a budget."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.core.figure import FigureName
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.models import BudgetLine, Payment, Project


def payments_behind(
    project: Project, name: FigureName, *, year: FiscalYear, on: date
) -> QuerySet[Any]:
    """The payments that a sum is made of, of the year and as of a day."""
    payments = Payment.objects.standing().filter(project=project, paid_on__year=year)
    payments = payments.filter(paid_on__lte=on)
    if name.month is None:
        return payments
    if name.what == "paid-in":
        return payments.filter(paid_on__month=name.month)
    return payments.filter(paid_on__lte=end_of(year, name.month))


def lines_behind(project: Project, *, year: FiscalYear) -> QuerySet[Any]:
    """The lines of a project's budget."""
    return BudgetLine.objects.standing().filter(project=project, fiscal_year=year)


def deliveries_behind(rows: QuerySet[Any]) -> Collection[UUID]:
    """The deliveries that brought rows."""
    return set(rows.order_by().values_list("delivery", flat=True).distinct())
