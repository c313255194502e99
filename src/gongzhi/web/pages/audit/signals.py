"""What monitoring saw in the money, question by question: a hint to look, not a verdict."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Count, Q, QuerySet
from django.http import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from gongzhi.core.monitoring import SIGNALS, Signal
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Watched
from gongzhi.papers.workbook import Column, Value
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.audit.searching import Search, answer
from gongzhi.web.pages.monitoring.seen import Level, shown_signals
from gongzhi.words import say

# The questions that money is asked, as monitoring asks them of every project.
QUESTIONS = (
    "payment_uncontracted",
    "contract_unpaid",
    "contract_overpaid",
    "payment_split",
    "payment_twice",
    "payee_concentrated",
    "payment_outside",
    "paid_before_received",
    "overspend",
    "year_end_rush",
)
ASKED = tuple(each for each in SIGNALS if each.code in QUESTIONS)
COLUMNS = (
    Column("项目代码", width=24),
    Column("项目", width=30),
    Column("单位", width=26),
    Column("疑点", width=18),
    Column("说明", width=50),
    Column("算式", width=36),
    Column("自", width=12),
    Column("依据", width=30),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with how many projects it found something in."""

    code: str
    name: Said
    meaning: Said
    projects: int
    here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """A signal of a project, with where its rule stands and where its rows are."""

    row: Watched
    name: Said
    signal: Signal
    level: Level
    rule: str
    address: str


def _line(each: Doubt) -> tuple[Value, ...]:
    project, signal, language = each.row.project, each.signal, reader_language()
    return (
        *(project.code, project.name, project.unit.name),
        *(say(each.name, language), say(signal.said, language), signal.arithmetic),
        *(signal.since.isoformat(), signal.clause),
    )


SEARCH = Search(
    route="audit-signals",
    template="pages/audit/signals.html",
    columns=COLUMNS,
    line=_line,
    unit_of=lambda each: each.row.project.unit_id,
)


@require_safe
@login_required
def audit_signals(request: MemberRequest) -> HttpResponseBase:
    """The questions with what each found; of one question, or of all, the signals themselves."""
    code = request.GET.get("question", "")
    if code and code not in QUESTIONS:
        raise BadRequest(code)

    def find(asked: Mapping[str, Any]) -> tuple[Any, Mapping[str, Any]]:
        overseen = Watched.objects.visible_to(request.member).overseen_by(request.member)
        rows = overseen.filter(fiscal_year=business_date().year)
        if unit := asked["unit"]:
            rows = rows.filter(Q(project__unit__code=unit) | Q(project__unit__name__icontains=unit))
        more = {"questions": list(_questions(rows, code)), "question": code}
        return list(_doubts(rows, code)) if code else [], more

    return answer(request, SEARCH, find)


def _questions(rows: QuerySet[Any], code: str) -> Iterator[Question]:
    """All questions, counted in one go."""
    counting = {
        each.code: Count("pk", filter=Q(signals__contains=[{"code": each.code}])) for each in ASKED
    }
    found = rows.order_by().aggregate(**counting)
    for each in ASKED:
        yield Question(
            code=each.code,
            name=each.name,
            meaning=each.meaning,
            projects=found[each.code],
            here=each.code == code,
        )


def _doubts(rows: QuerySet[Any], code: str) -> Iterator[Doubt]:
    chosen = rows.filter(signals__contains=[{"code": code}]).select_related("project__unit")
    for row in chosen.only("fiscal_year", "signals", "project").order_by("project__code"):
        kept = [each for each in row.signals if each["code"] == code]
        for each in shown_signals(kept, with_money=True):
            yield Doubt(
                row=row,
                name=each.name,
                signal=each.signal,
                level=each.level,
                rule=each.rule,
                address=_rows_behind(row, each.signal),
            )


def _rows_behind(row: Watched, signal: Signal) -> str:
    """Where the payments or the contract stand that a signal is about."""
    where, project = signal.where, {"project": row.project.code}
    if where.contract:
        asked = {**project, "contract": where.contract}
        return f"{reverse('audit-contracts')}?{urlencode(asked)}"
    if where.payment:
        return f"{reverse('audit')}?{urlencode({**project, 'q': where.payment})}"
    if where.payee:
        return f"{reverse('audit')}?{urlencode({**project, 'payee': where.payee})}"
    return f"{reverse('audit')}?{urlencode(project)}"
