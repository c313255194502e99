"""What monitoring saw in the money, question by question: a hint to look, not a verdict."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import BadRequest
from django.db.models import Count, F, Func, JSONField, Q, QuerySet, Value
from django.http import HttpResponseBase
from django.views.decorators.http import require_safe

from gongzhi.core.monitoring import SIGNALS
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Watched
from gongzhi.cycle.years import year_shown
from gongzhi.papers import workbook
from gongzhi.papers.workbook import Column
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.audit.doubts import Doubt, Doubts
from gongzhi.web.pages.audit.searching import Found, Search, answer
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


def _line(each: Doubt) -> tuple[workbook.Value, ...]:
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

    def find(asked: Mapping[str, Any], whole: bool) -> Found:  # noqa: ARG001 - always whole
        overseen = Watched.objects.visible_to(request.member).overseen_by(request.member)
        rows = overseen.filter(fiscal_year=year_shown(business_date())).exclude(signals=[])
        if unit := asked["unit"]:
            rows = rows.filter(Q(project__unit__code=unit) | Q(project__unit__name__icontains=unit))
        more = {"questions": list(_questions(rows, code)), "question": code}
        found = Doubts(rows, code) if code else ()
        return Found(rows=found, count=len(found), more=more)

    return answer(request, SEARCH, find)


def _questions(rows: QuerySet[Any], code: str) -> Iterator[Question]:
    """All questions, counted in one go: the projects by which codes they show together."""
    codes = Func(
        F("signals"),
        Value("$[*].code"),
        function="jsonb_path_query_array",
        output_field=JSONField(),
    )
    found: Counter[str] = Counter()
    alike = rows.order_by().annotate(codes=codes).values_list("codes").annotate(Count("pk"))
    for shown, count in alike:
        found.update(dict.fromkeys(shown, count))
    for each in ASKED:
        yield Question(
            code=each.code,
            name=each.name,
            meaning=each.meaning,
            projects=found[each.code],
            here=each.code == code,
        )
