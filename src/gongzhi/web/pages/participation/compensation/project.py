"""The compensation of a project: sums for everybody, like cases compared, each household."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.participating.compensating import by_situation
from gongzhi.core.terms import Said
from gongzhi.cycle.models import BudgetLine, Project
from gongzhi.forum.actions import compensations as actions
from gongzhi.forum.compensation_sums import public_sums
from gongzhi.forum.models import Compensation
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import insist
from gongzhi.parties.middleware import MemberRequest
from gongzhi.rules.participation.compensation import compensation_rules
from gongzhi.web.clauses import clauses_shown
from gongzhi.web.filled import new_key, take
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.participation.compensation.forms import PromiseForm
from gongzhi.web.pages.participation.compensation.shown import shown_compensations
from gongzhi.web.pages.participation.deed_forms import DeedForm, deed_form, faults_sent
from gongzhi.web.readable import readable_project

PROMISING = "promise_compensation"
ROWS = 500


@require_safe
def project_compensation(request: MemberRequest, project: UUID) -> HttpResponse:
    """All of it that its reader may see."""
    return _page(request, readable_project(request, project))


def _page(
    request: MemberRequest, thing: Project, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    today = business_date()
    new = Compensation(project=thing)
    new.pk = NEW
    here = about(request, thing, new.thing())
    seen = Compensation.objects.visible_to(request.member).filter(project=thing)
    rows = list(seen.with_facts().order_by("pk")[:ROWS])
    tolerance = compensation_rules(today).rate_tolerance
    context: dict[str, Any] = {
        "project": thing,
        "sums": public_sums([thing.pk], today=today)[thing.pk],
        "rows": shown_compensations(rows, today=today),
        "alike": by_situation((each.treated() for each in rows), tolerance=tolerance),
        "form": _form(request, thing, here[PROMISING]),
        "clauses": clauses_shown({"7.4", "7.5", "7.6", "7.7"}),
        "faults": faults_sent(request, faults),
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/participation/compensation/project.html", context, status=status)


def _form(request: MemberRequest, thing: Project, deed: Any) -> DeedForm | None:
    lines = BudgetLine.objects.visible_to(request.member).filter(project=thing)
    numbers = lines.order_by("-fiscal_year", "number").values_list("number", "name", "fiscal_year")
    return deed_form(
        request,
        deed,
        PromiseForm,
        address=reverse(PROMISING, args=[thing.pk]),
        choices={"budget_line": [(no, f"{year} {no} {name}") for no, name, year in numbers]},
        values={"fiscal_year": business_date().year},
    )


@require_POST
def promise_compensation(request: MemberRequest, project: UUID) -> HttpResponse:
    """Promise one."""
    thing = readable_project(request, project)

    def deed(given: Mapping[str, Any]) -> object:
        # Whoever may not promise learns nothing of which accounts there are.
        insist(request.member, PROMISING, Compensation(project=thing).thing())
        promised = _promised(given)
        return actions.promise_compensation(
            by=request.member, project=thing, promised=promised, key=given["key"]
        )

    return take(
        request,
        PromiseForm(request.POST),
        deed,
        done=_("已约定，并写入存证；金额只在存证里留承诺值。"),
        page=lambda request, *, faults: _page(request, thing, faults=faults),
        then=reverse("project-compensation", args=[thing.pk]),
    )


def _promised(given: Mapping[str, Any]) -> actions.Promised:
    person, organisation = actions.payee_named(given["payee"])
    grounds = actions.Grounds(
        situation=given["situation"],
        standard=given["standard"],
        evidence=given["evidence"],
        lawful_minimum=given["lawful_minimum"] or Decimal(0),
        appraised=given["appraised"],
        appraiser=given["appraiser"],
        difference=given["difference"],
    )
    return actions.Promised(
        subject=given["subject"],
        reason=given["reason"],
        amount=given["amount"],
        budget_line=given["budget_line"],
        fiscal_year=given["fiscal_year"],
        grounds=grounds,
        parts=given["parts"],
        person=person,
        organisation=organisation,
        reward=given["reward"] or Decimal(0),
        reward_rule=given["reward_rule"],
    )
