"""The rows behind a sum: payments, lines of a budget with its acts; and whether they add up."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from gongzhi.core.charter import Member
from gongzhi.core.figure import Unit
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.models import BudgetAct, Payment, Project
from gongzhi.web.figures import figure_address
from gongzhi.web.pages.figures.answer import ShownFact, text_of
from gongzhi.web.pages.figures.asked import Asked

ROWS = 50
OF_PAYMENTS, OF_BUDGET = ("paid", "paid-in"), ("budget",)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRows:
    """A page of the rows behind a sum, how many there are in all, and what they come to."""

    page: Page[Any]
    facts: tuple[ShownFact, ...]
    total: Decimal
    acts: tuple[ShownFact, ...] = ()

    @property
    def count(self) -> int:
        """How many rows there are on all pages."""
        return self.page.paginator.count

    @property
    def total_text(self) -> str:
        """What they come to, as every amount is written."""
        return text_of(self.total, Unit.MONEY)


def shown_payments(payments: Any, *, project: Project, asked: Asked) -> ShownRows:
    """A page of payments, the oldest first."""
    return _page(payments, "amount", _payment(project), asked)


def _payment(project: Project) -> Callable[[Payment], ShownFact]:
    def shown(row: Payment) -> ShownFact:
        return ShownFact(
            on=row.paid_on,
            number=row.number,
            what=row.payee,
            text=text_of(row.amount, Unit.MONEY),
            address=figure_address("project-figure", project.pk, "payment", row=row.pk),
        )

    return shown


def shown_lines(lines: Any, *, project: Project, asked: Asked, initial: bool) -> ShownRows:
    """A page of lines of a budget: as they are now, or as they were before acts changed them."""
    now = lines.annotate(now=F("initial") if initial else Coalesce("adjusted", "initial"))
    return _page(now, "now", _line(project), asked)


def _line(project: Project) -> Callable[[Any], ShownFact]:
    def shown(row: Any) -> ShownFact:
        return ShownFact(
            on=None,
            number=row.number,
            what=row.name or row.funds,
            text=text_of(row.now, Unit.MONEY),
            address=figure_address("project-figure", project.pk, "budget-line", row=row.pk),
        )

    return shown


def _page(
    rows: QuerySet[Any], amount: str, shown: Callable[[Any], ShownFact], asked: Asked
) -> ShownRows:
    page = Paginator(rows, ROWS).get_page(asked.page)
    total = rows.order_by().aggregate(total=Sum(F(amount)))["total"]
    return ShownRows(page=page, facts=tuple(shown(row) for row in page), total=total or Decimal(0))


def with_acts(rows: ShownRows, acts: Sequence[BudgetAct], *, project: Project) -> ShownRows:
    """The lines of a budget with the acts that changed it since."""
    moved = sum((act.amount for act in acts), start=Decimal(0))
    shown = tuple(
        ShownFact(
            on=act.decided_on,
            number=act.document_number,
            what=f"{act.get_kind_display()} {act.authority}",
            text=text_of(act.amount, Unit.MONEY),
            address=figure_address("project-figure", project.pk, "budget-act", row=act.pk),
        )
        for act in acts
    )
    return replace(rows, total=rows.total + moved, acts=shown)


def acts_behind(member: Member, project: Project, *, year: FiscalYear, on: Any) -> Sequence[Any]:
    """The acts that changed a project's budget, as far as the reader may see them."""
    acts = BudgetAct.objects.visible_to(member).filter(project=project, fiscal_year=year)
    return list(acts.filter(decided_on__lte=on))
