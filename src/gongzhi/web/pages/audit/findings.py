"""What checks found in published forms: by code, unit, project and day, answered or not."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.cycle.models import Answer, DerivedFinding, FormVersion
from gongzhi.papers.workbook import Column, Kind, Value
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.checks.reading import check_name, load_checks
from gongzhi.web.frame import reader_language
from gongzhi.web.pages.audit.searching import COUNTED_MAX, Found, Search, answer

COLUMNS = (
    Column("公开日期", width=12),
    Column("编码", width=10),
    Column("发现", width=36),
    Column("性质", width=12),
    Column("项目代码", width=24),
    Column("项目", width=30),
    Column("单位", width=26),
    Column("年度", Kind.COUNT, 8),
    Column("答复", width=12),
)


def _line(row: Any) -> tuple[Value, ...]:
    project = row.version.project
    return (
        row.version.published_on.isoformat(),
        *(row.code, name_of(row.code)),
        _("算术不符") if row.certain else _("待核实"),
        *(project.code, project.name, project.unit.name, row.version.fiscal_year),
        _("已答复") if row.answered else _("未答复"),
    )


SEARCH = Search(
    route="audit-findings", template="pages/audit/findings.html", columns=COLUMNS, line=_line
)


@require_safe
@login_required
def audit_findings(request: MemberRequest) -> HttpResponseBase:
    """The findings that fit, the newest first."""

    def find(asked: Mapping[str, Any], whole: bool) -> Found:
        published = FormVersion.objects.visible_to(request.member).current()
        rows = _fitting(DerivedFinding.objects.filter(version__in=published), asked)
        count = (rows if whole else rows[: COUNTED_MAX + 1]).count()
        is_cut = not whole and count > COUNTED_MAX
        own = Answer.objects.visible_to(request.member).filter(
            version=OuterRef("version"), code=OuterRef("code")
        )
        told = rows.annotate(answered=Exists(own)).select_related("version__project__unit")
        return Found(
            rows=told.defer("version__record").order_by("-version__published_on", "version", "pk"),
            count=count - is_cut,
            is_cut=is_cut,
        )

    return answer(request, SEARCH, find)


def name_of(code: str) -> str:
    """What a check is called, in the reader's language."""
    return check_name(code).in_language(reader_language())


def _fitting(rows: QuerySet[Any], asked: Mapping[str, Any]) -> QuerySet[Any]:
    """Those of a code or a check's name, a unit, a project, and days."""
    if words := asked["q"]:
        named = [code for code in load_checks() if words in name_of(code)]
        rows = rows.filter(Q(code__iexact=words) | Q(code__in=named))
    if unit := asked["unit"]:
        way = "version__project__unit__"
        rows = rows.filter(Q(**{f"{way}code": unit}) | Q(**{f"{way}name__icontains": unit}))
    if project := asked["project"]:
        way = "version__project__"
        rows = rows.filter(Q(**{f"{way}code": project}) | Q(**{f"{way}name__icontains": project}))
    limits = {
        "version__published_on__gte": asked["since"],
        "version__published_on__lte": asked["until"],
    }
    return rows.filter(**{name: limit for name, limit in limits.items() if limit is not None})
