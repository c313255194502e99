"""Many goals of a unit, of a file or for decisions: looked at first, then kept in one deed.

What was read is carried by the page, signed; the file itself isn't kept anywhere.
"""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.signing import TimestampSigner
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.cycle.actions import goals as actions
from gongzhi.cycle.goal_record import GoalPlan, goal_as_record, goal_from_record
from gongzhi.cycle.models import Project
from gongzhi.cycle.next_goals import begun, decided_for
from gongzhi.papers.forms import GOAL_DECLARATION
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs.folders import USUAL
from gongzhi.web.carried import packed_record, unpacked_record
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.goals.budget_rows import Fate, Known, Row, rows_decided, rows_of
from gongzhi.web.papers_in import received
from gongzhi.web.readable import readable_thing
from gongzhi.web.told import Told, told

SIGNER = TimestampSigner(salt="gongzhi.web.budget_file")
YEARS = (2000, 2099)
GONE = Said("这一页放得太久，或者改动过，请重新选文件")
NOTHING_CHOSEN = Said("没有选中任何项目")


class YearForm(forms.Form):
    """The year that the declarations of a file are for."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])


class CarriedForm(KeyForm):
    """What the page of a file carries."""

    state = forms.CharField()


@require_POST
@login_required
def reading_budget(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Show what of a file is new, what changes drafts and what can't be read; keep nothing."""
    unit = readable_thing(request, "organisation", organisation)
    if not within_limit(request, act="paper", times_a_minute=ALLOWED["times"]):
        return refusals.too_often(request)
    filled = YearForm(request.POST)
    if not filled.is_valid():
        year = Problem(where=Where(), what=Said("年度是四位数字，例如 2027"), hint=Said(""))
        return _page(request, unit, rows=(), problems=told([year]), year=0)
    year = filled.cleaned_data["fiscal_year"]
    sent = received(GOAL_DECLARATION, request.FILES.get("file"))
    known = Known.of(request, unit, year)
    rows = tuple(rows_of(sent.papers, known=known))
    return _page(request, unit, rows=rows, problems=told(sent.problems), year=year)


@require_safe
@login_required
def drafting_decided(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Show how a unit's goals of a year begin that is decided on by results; keep nothing."""
    unit = readable_thing(request, "organisation", organisation)
    decisions = decided_for(request.member, unit)
    years = sorted({each.proposal.fiscal_year for each in decisions})
    asked = YearForm(request.GET)
    year = asked.cleaned_data["fiscal_year"] if asked.is_valid() else next(iter(years), 0)
    known = Known.of(request, unit, year)
    rows = tuple(rows_decided(begun(decisions, year=year), known=known))
    return _page(request, unit, rows=rows, problems=(), year=year, is_decided=True)


def _page(
    request: MemberRequest,
    unit: Organisation,
    *,
    rows: Sequence[Row],
    problems: Sequence[Told],
    year: int,
    is_decided: bool = False,
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    here = about(request, unit)
    kept = [each for each in rows if each.is_taken]
    context: dict[str, Any] = {
        "unit": unit,
        "year": year,
        "rows": rows,
        "problems": problems,
        "is_decided": is_decided,
        "counts": {str(fate): sum(each.fate is fate for each in rows) for fate in Fate},
        "state": _state(unit, kept, year=year) if kept else "",
        "save": here["draft_budget"],
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    status = 200 if (rows or is_decided) and not faults else 422
    return render(request, "pages/goals/budget_file.html", context, status=status)


def _state(unit: Organisation, rows: Sequence[Row], *, year: int) -> str:
    """What the page carries to the deed: the goals that were read, by their place in the file."""
    kept = {
        str(row.number): {"project": str(row.project.pk), "plan": goal_as_record(row.plan)}
        for row in rows
        if row.project is not None and row.plan is not None
    }
    record = {"unit": str(unit.pk), "year": year, "rows": kept}
    return packed_record(record, signer=SIGNER)


@require_POST
def draft_budget(request: MemberRequest, organisation: UUID) -> HttpResponse:
    """Keep the chosen declarations of a file that was looked at as drafts of their projects."""
    unit = readable_thing(request, "organisation", organisation)
    insist(request.member, "draft_budget", unit.thing())
    chosen = set(request.POST.getlist("row"))

    def deed(filled: Mapping[str, Any]) -> object:
        year, plans = _carried(request, unit, filled["state"], chosen=chosen)
        return actions.draft_budget(
            by=request.member,
            unit=unit,
            fiscal_year=year,
            plans=plans,
            pack=USUAL,
            key=filled["key"],
        )

    return take(
        request,
        CarriedForm(request.POST),
        deed,
        done=_("草稿已保存，只有本单位看得见。"),
        page=lambda request, *, faults: _page(
            request, unit, rows=(), problems=(), year=0, faults=faults
        ),
        then=f"{reverse('goals')}?unit={unit.pk}",
    )


def _carried(
    request: MemberRequest, unit: Organisation, state: str, *, chosen: set[str]
) -> tuple[int, list[tuple[Project, GoalPlan]]]:
    """The year and the goals that the page brought back; raises Unsuitable where it is not ours."""
    record = unpacked_record(state, signer=SIGNER)
    if record is None or record["unit"] != str(unit.pk):
        raise Unsuitable({"file": GONE})
    rows = [row for number, row in record["rows"].items() if number in chosen]
    if not rows:
        raise Unsuitable({"file": NOTHING_CHOSEN})
    visible = Project.objects.visible_to(request.member).filter(unit=unit)
    projects = visible.in_bulk([UUID(row["project"]) for row in rows])
    if len(projects) < len(rows):
        raise Unsuitable({"file": GONE})
    plans = [(projects[UUID(row["project"])], goal_from_record(row["plan"])) for row in rows]
    return record["year"], plans
