"""The library: forms that are published and in force, filtered by year and by finding."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.audit import CheckedForm
from gongzhi.cycle.findings import checked
from gongzhi.cycle.models import DerivedFinding, FormVersion
from gongzhi.cycle.reading import VersionQuerySet
from gongzhi.papers.layouts import title_of
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.checks import check_name
from gongzhi.web.filters import chosen_in, filter_of, paged
from gongzhi.web.frame import reader_language
from gongzhi.web.overview import findings_chart, totals_chart
from gongzhi.web.seals import FORM_DEEDS, seals_on
from gongzhi.web.shown import Chart, Filter

ROWS = 20
FORMS_SHOWN_MAX = 60  # what one chart can hold; a city's forms need a question of their own
ORDER = ("-fiscal_year", "project__code", "form_type")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A line of the library."""

    version: FormVersion
    checked: CheckedForm
    title: str
    certain: int
    advisory: int


@require_safe
def forms(request: MemberRequest) -> HttpResponse:
    """The published forms; what the filters leave of them, page by page."""
    is_part = "HX-Request" in request.headers
    readable = FormVersion.objects.visible_to(request.member).current()
    filters = _filters(readable, request.GET)
    chosen = chosen_in(filters)
    page = Paginator(_chosen(readable, chosen), ROWS).get_page(request.GET.get("page"))
    context = {
        "filters": filters,
        "page": page,
        "seals": seals_on(page, verbs=FORM_DEEDS),
        "rows": [_listed(version) for version in page],
        "query": paged(request.GET, of="forms"),
        "filtered": any(chosen.values()),
        "charts": () if is_part else _charts(readable),
    }
    template = "pages/forms_list.html" if is_part else "pages/forms.html"
    answer = render(request, template, context)
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def _charts(readable: VersionQuerySet) -> tuple[Chart, ...]:
    """What the newest forms show together."""
    found = [checked(version) for version in readable[:FORMS_SHOWN_MAX]]
    return (totals_chart(found), findings_chart(found)) if found else ()


def _filters(readable: VersionQuerySet, asked: Mapping[str, str]) -> tuple[Filter, ...]:
    years = readable.order_by("-fiscal_year").values_list("fiscal_year", flat=True).distinct()
    codes = DerivedFinding.objects.filter(version__in=readable).order_by("code")
    language = reader_language()
    each_year = {"": _("所有年度"), **{str(year): str(year) for year in years}}
    each_code = {
        "": _("所有表"),
        "certain": _("有算术不符的"),
        "none": _("没有发现的"),
        **{
            code: f"{code} {check_name(code).in_language(language)}"
            for code in codes.values_list("code", flat=True).distinct()
        },
    }
    return (
        filter_of(_("年度"), name="year", values=each_year, asked=asked),
        filter_of(_("发现"), name="finding", values=each_code, asked=asked),
    )


def _chosen(readable: VersionQuerySet, chosen: Mapping[str, str]) -> VersionQuerySet:
    rows: VersionQuerySet = readable.with_facts().order_by(*ORDER)
    if chosen["year"]:
        rows = rows.filter(fiscal_year=chosen["year"])
    match chosen["finding"]:
        case "":
            return rows
        case "certain":
            found = DerivedFinding.objects.filter(certain=True)
        case "none":
            without: VersionQuerySet = rows.exclude(pk__in=DerivedFinding.objects.values("version"))
            return without
        case code:
            found = DerivedFinding.objects.filter(code=code)
    with_it: VersionQuerySet = rows.filter(pk__in=found.values("version"))
    return with_it


def _listed(version: FormVersion) -> Listed:
    result = checked(version)
    certain = sum(finding.certain for finding in result.findings)
    return Listed(
        version=version,
        checked=result,
        title=title_of(result.form, language=reader_language()),
        certain=certain,
        advisory=len(result.findings) - certain,
    )
