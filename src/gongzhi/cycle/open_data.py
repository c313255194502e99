"""What everybody may know of the cycle, row by row: the rows of each set of open data.

Every set reads with a visitor's rights. Single payments aren't a visitor's to read; their sums by
month are, as the page of each project draws them. Rows are streamed: memory doesn't grow with them.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.db.models import Count, F, Max, OuterRef, Q, Subquery, Sum
from django.db.models.functions import TruncMonth

from gongzhi.core.charter import VISITOR
from gongzhi.core.privacy.suppressing import suppressed_together
from gongzhi.cycle.described import described
from gongzhi.cycle.models import (
    BudgetLine,
    DisclosurePack,
    Evaluation,
    Evidence,
    FormVersion,
    GoalIndicator,
    Payment,
    Project,
    Reading,
    ResultDecision,
    ScoreSheet,
)
from gongzhi.rules.disclosure import load_disclosure

Value: TypeAlias = "str | int | Decimal | date | None"
OpenRow: TypeAlias = tuple[Value, ...]
AT_ONCE = 2_000


def open_rows(code: str) -> Iterator[OpenRow]:
    """The rows of a set, in the order of its fields (rules/open_data)."""
    yield from ROWS[code]()


def _streamed(rows: Any, *columns: Any) -> Iterator[OpenRow]:
    yield from rows.values_list(*columns).iterator(chunk_size=AT_ONCE)


def _projects() -> Iterator[OpenRow]:
    rows = Project.objects.visible_to(VISITOR).order_by("code")
    told = {
        column: described(column, reader=VISITOR, project="pk")
        for column in ("functional", "starts_on", "ends_on", "total")
    }
    return _streamed(
        rows.annotate(**told),
        "code", "name", "unit__code", "unit__name", "unit__parent__name", *told,
    )  # fmt: skip


def _targets() -> Iterator[OpenRow]:
    rows = GoalIndicator.objects.visible_to(VISITOR).in_force()
    public = rows.filter(version__project__in=Project.objects.visible_to(VISITOR))
    return _streamed(
        public.order_by("version__fiscal_year", "version__project__code", "position"),
        "version__project__code", "version__fiscal_year", "key", "heading", "name", "target",
        "value", "measure", "weight", "version__approved_on", "version__document_number",
    )  # fmt: skip


def _budgets() -> Iterator[OpenRow]:
    rows = BudgetLine.objects.visible_to(VISITOR).standing().filter(project__isnull=False)
    return _streamed(
        rows.order_by("fiscal_year", "project__code", "id"),
        "project__code", "fiscal_year", "number", "functional", "initial", "changed", "adjusted",
    )  # fmt: skip


def _payments() -> Iterator[OpenRow]:
    rows = Payment.objects.standing().filter(project__in=Project.objects.visible_to(VISITOR))
    months = rows.annotate(month=TruncMonth("paid_on")).order_by("project__code", "month")
    sums = months.values("project__code", "month").annotate(paid=Sum("amount"), count=Count("pk"))
    for code, month, paid, count in _streamed(sums, "project__code", "month", "paid", "count"):
        yield code, f"{month:%Y-%m}", paid, count


def _readings() -> Iterator[OpenRow]:
    surveys = Evidence.objects.visible_to(VISITOR).filter(
        reading=OuterRef("pk"), kind=Evidence.Kind.SURVEY
    )
    newest = surveys.order_by("-id")
    rows = Reading.objects.visible_to(VISITOR).filter(corrected_by__isnull=True)
    columns = (
        "project__code", "indicator", "starts_on", "ends_on", "value", "source",
        "organisation__name", "read_on", "asked", "answered",
    )  # fmt: skip
    counted = rows.annotate(
        asked=Subquery(newest.values("asked")[:1]), answered=Subquery(newest.values("answered")[:1])
    )
    least = load_disclosure().least_people
    for row in _streamed(counted.order_by("project__code", "indicator", "ends_on", "id"), *columns):
        *told, asked, answered = row
        yield (*told, *suppressed_together(_whole(asked), _whole(answered), least=least))


def _whole(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _self_evaluations() -> Iterator[OpenRow]:
    rows = FormVersion.objects.visible_to(VISITOR).current().self_evaluations()
    told = rows.order_by("fiscal_year", "project__code", "id")
    fields = ("project__code", "fiscal_year", "number", "published_on")
    for row in _streamed(told, *fields, "record__stated_total", "record__stated_grade"):
        *known, total, grade = row
        yield (*known, None if total is None else Decimal(str(total)), grade)


def _evaluations() -> Iterator[OpenRow]:
    sheets = ScoreSheet.objects.visible_to(VISITOR).filter(evaluation=OuterRef("pk"))
    newest = sheets.order_by("-number")
    rows = Evaluation.objects.visible_to(VISITOR).filter(stage=Evaluation.Stage.CONCLUDED)
    concluded = Max("steps__done_on", filter=Q(steps__verb="conclude_evaluation"))
    told = rows.annotate(
        total=Subquery(newest.values("total")[:1]),
        grade=Subquery(newest.values("grade")[:1]),
        concluded_on=concluded,
    )
    return _streamed(
        told.order_by("fiscal_year", "project__code", "id"),
        "project__code", "evaluated__name", "fiscal_year", "kind", "evaluator__name",
        "evaluator__kind", "total", "grade", "concluded_on",
    )  # fmt: skip


def _results() -> Iterator[OpenRow]:
    rows = ResultDecision.objects.visible_to(VISITOR).standing()
    return _streamed(
        rows.order_by("proposal__fiscal_year", "proposal__project__code", "id"),
        "proposal__project__code", "proposal__fiscal_year", "proposal__base", "proposal__result",
        "amount", "decided_on", "document_number",
    )  # fmt: skip


def _disclosures() -> Iterator[OpenRow]:
    rows = DisclosurePack.objects.visible_to(VISITOR).published()
    return _streamed(
        rows.order_by("fiscal_year", "occasion", "organisation__code", F("number")),
        "organisation__code", "organisation__name", "fiscal_year", "occasion", "number",
        "published_on", "digest",
    )  # fmt: skip


# One line for each set in rules/open_data.
ROWS: Mapping[str, Callable[[], Iterator[OpenRow]]] = {
    "projects": _projects,
    "targets": _targets,
    "budgets": _budgets,
    "payments": _payments,
    "readings": _readings,
    "self_evaluations": _self_evaluations,
    "evaluations": _evaluations,
    "results": _results,
    "disclosures": _disclosures,
}
