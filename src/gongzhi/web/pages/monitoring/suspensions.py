"""Suspensions proposed and decided on: what the payment system is told, on a page and as a file.

Nothing is paid or held back here: whoever pays takes the decisions from this list (clause 4.12).
"""

from dataclasses import dataclass
from datetime import date

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.cycle.models import Alert, AlertStep
from gongzhi.papers.workbook import Column, Sheet
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.trust.seals import Seal
from gongzhi.web.clauses import clause_shown
from gongzhi.web.here import about
from gongzhi.web.seals import name_of, seals_on
from gongzhi.web.table_files import CSV, table_file

PROPOSED, DECIDED = "propose_suspension", "decide_suspension"
ROWS_MAX = 5000


@dataclass(frozen=True, slots=True, kw_only=True)
class Suspension:
    """A proposal with what was decided on it; without a decision it waits for one."""

    alert: Alert
    proposed_on: date
    decided: AlertStep | None
    seal: Seal | None


@require_safe
def suspensions(request: MemberRequest) -> HttpResponse:
    """The proposals that the reader may see, those that wait first."""
    about(request)
    rows = proposals(request.member)
    context = {
        "rows": rows,
        "waiting": sum(row.decided is None for row in rows),
        "suspended": sum(_is_suspended(row) for row in rows),
        "clause": clause_shown("4.12"),
    }
    return render(request, "pages/monitoring/suspensions.html", context)


@require_safe
def suspensions_table(request: MemberRequest) -> HttpResponseBase:
    """The same as CSV, in codes that the payment system knows."""
    about(request)
    names = ("project_code", "unit_code", "fiscal_year", "proposed_on", "decision", "decided_on")
    rows = [_line(row) for row in proposals(request.member)]
    columns = tuple(Column(title=name) for name in (*names, "reason", "project", "unit"))
    name = f"gongzhi-suspensions-{business_date().isoformat()}"
    return table_file(
        Sheet(name=_("暂停拨付建议"), columns=columns, rows=rows), name=name, kind=CSV
    )


def proposals(member: Member) -> list[Suspension]:
    """The alerts on which suspension was proposed, each with its last decision."""
    readable = Alert.objects.visible_to(member).filter(steps__verb=PROPOSED).distinct()
    alerts = list(readable.with_facts().order_by("-opened_on", "project__code")[:ROWS_MAX])
    seals = seals_on(alerts, verbs=[PROPOSED, DECIDED])
    found = (_suspension(alert, seal=seals.get(name_of(alert))) for alert in alerts)
    return sorted(found, key=lambda row: (row.decided is not None, -row.proposed_on.toordinal()))


def _suspension(alert: Alert, *, seal: Seal | None) -> Suspension:
    steps = sorted(alert.steps.all(), key=lambda step: step.pk)
    proposed = [step for step in steps if step.verb == PROPOSED]
    decided = [step for step in steps if step.verb == DECIDED]
    return Suspension(
        alert=alert,
        proposed_on=proposed[-1].done_on,
        decided=decided[-1] if decided else None,
        seal=seal,
    )


def _is_suspended(row: Suspension) -> bool:
    return row.decided is not None and row.decided.decision == AlertStep.Decision.SUSPEND


def _line(row: Suspension) -> tuple[str, ...]:
    project, decided = row.alert.project, row.decided
    return (
        project.code,
        project.unit.code,
        str(row.alert.fiscal_year),
        row.proposed_on.isoformat(),
        decided.decision if decided else "",
        decided.done_on.isoformat() if decided else "",
        decided.reason if decided else "",
        project.name,
        project.unit.name,
    )
