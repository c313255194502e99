"""What citizens say of a project's service, with the answers, and never who said it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Member, Thing
from gongzhi.core.evaluating.citizens import LEVELS
from gongzhi.core.privacy import redacted
from gongzhi.core.terms import Said, Text
from gongzhi.cycle.actions import citizens as actions
from gongzhi.cycle.citizens import citizens_frame, heard_of, matters_to_check
from gongzhi.cycle.models import Project, ServiceCheck, ServiceEvaluation
from gongzhi.cycle.years import year_shown
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.reading import NOBODY
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.folders import USUAL
from gongzhi.web.clauses import clause_shown
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.filters import identifiers_asked
from gongzhi.web.here import NEW, about
from gongzhi.web.readable import readable_project, readable_thing

YEARS = (2000, 2099)
TEXT_MAX, ANSWER_MAX, ROWS = 2000, 4000, 20
# From very satisfied down: what the citizen ticks, and what it is worth of a line.
CHOICES = (
    (4, Said("很满意")),
    (3, Said("比较满意")),
    (2, Said("一般")),
    (1, Said("不太满意")),
    (0, Said("很不满意")),
)


class EvaluatingForm(KeyForm):
    """A citizen's evaluation; the levels stand in fields of their own."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    matter = forms.CharField(max_length=60)
    text = forms.CharField(max_length=TEXT_MAX)


class SupplementForm(KeyForm):
    """Where an answer doesn't meet the point."""

    reason = forms.CharField(max_length=TEXT_MAX)


class AnsweringForm(KeyForm):
    """An answer; whom it answers stands in boxes of their own."""

    text = forms.CharField(max_length=ANSWER_MAX)


class CheckForm(KeyForm):
    """What was found about a matter."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    matter = forms.CharField(max_length=60)
    text = forms.CharField(max_length=ANSWER_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownWord:
    """What a citizen said, names and numbers masked, and what was answered."""

    row: ServiceEvaluation
    matter: Text | None
    text: str
    asked: str
    is_own: bool
    may_ask: bool


@require_safe
def citizens(request: MemberRequest, project: UUID) -> HttpResponse:
    """What citizens say of a project, and the forms to say it and to answer."""
    return _page(request, readable_project(request, project))


def _page(
    request: MemberRequest, thing: Project, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    year = _year(request)
    to_be = _to_be(request.member, thing)
    visible = ServiceEvaluation.objects.visible_to(request.member)
    rows = visible.filter(project=thing, fiscal_year=year).with_facts().order_by("-id")
    own = next(iter(rows.filter(person=request.member.person)), None) if to_be else None
    here = about(request, thing, *([to_be] if to_be else []), *([own] if own else []))
    frame = citizens_frame()
    asked = here.on(own, "ask_supplement") if own else None
    context: dict[str, Any] = {
        "project": thing,
        "year": year,
        "heard": heard_of(thing, year=year, rules=load_evaluation(USUAL)),
        "frame": frame,
        "choices": CHOICES,
        "own": own,
        "levels": own.levels if own else {},
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "query": f"year={year}",
        "evaluate": here.on(to_be, "evaluate_service") if to_be else None,
        "ask": asked,
        "answer": here["answer_citizens"],
        "waiting": [
            _shown(each, member=request.member)
            for each in rows.filter(stage__in=actions.TO_ANSWER)[:200]
        ],
        "check": here["publish_service_check"],
        "matters": _matters(rows) if here["publish_service_check"] else [],
        "checks": _checks(thing, year=year),
        "clauses": [clause_shown("5.7"), clause_shown("5.8")],
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    context["words"] = [_shown(each, member=request.member) for each in context["page"]]
    status = 422 if faults else 200
    return render(request, "pages/evaluations/citizens.html", context, status=status)


def _to_be(member: Member, thing: Project) -> Thing | None:
    """The evaluation that the reader could make, as the charter is asked about it."""
    if member.person is None or member.organisation is not None:
        return None
    return Thing(
        kind="service_evaluation",
        id=NEW,
        holder=member.person or NOBODY,
        owner=str(thing.unit_id),
        stage="received",
        label=thing.label,
        regions=thing.unit.region.line(),
    )


def _shown(row: ServiceEvaluation, *, member: Member) -> ShownWord:
    is_own = str(row.person_id) == member.person
    line = citizens_frame(row.pack).line(row.matter)
    return ShownWord(
        row=row,
        matter=line.name if line else None,
        text=row.text if is_own else redacted(row.text),
        asked=row.asked if is_own else redacted(row.asked),
        is_own=is_own,
        may_ask=is_own and row.stage == ServiceEvaluation.Stage.ANSWERED,
    )


def _matters(rows: Any) -> list[tuple[str, Text | None, int]]:
    """The matters that are to be looked into: code, name, how many spoke of it."""
    frame = citizens_frame()
    found = matters_to_check(rows)
    return [(each.code, _name(frame.line(each.code)), each.count) for each in found]


def _name(line: Any) -> Text | None:
    return line.name if line else None


def _checks(thing: Project, *, year: int) -> list[tuple[ServiceCheck, Text | None]]:
    frame = citizens_frame()
    rows = ServiceCheck.objects.filter(project=thing, fiscal_year=year)
    whole = rows.select_related("office__organisation")
    return [(each, _name(frame.line(each.matter))) for each in whole]


def _year(request: MemberRequest) -> int:
    asked = request.GET.get("year") or request.POST.get("fiscal_year") or ""
    if not asked:
        return year_shown(business_date())
    if not asked.isdecimal() or not YEARS[0] <= int(asked) <= YEARS[1]:
        raise BadRequest("year")
    return int(asked)


# ── the deeds, each an address ──


@require_POST
def evaluate_service(request: MemberRequest, project: UUID) -> HttpResponse:
    """Say how satisfied one is."""
    thing = readable_project(request, project)
    levels = _levels(request.POST)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.evaluate_service(by=request.member, project=thing, levels=levels, **given)

    return _done(request, thing, EvaluatingForm(request.POST), deed)


def _levels(given: Mapping[str, str]) -> dict[str, int]:
    """What was ticked, line by line; what isn't a level is left out."""
    allowed = {str(level): level for level in range(LEVELS + 1)}
    lines = (line.code for line in citizens_frame().lines)
    ticked = {code: given.get(f"level-{code}", "") for code in lines}
    return {code: allowed[level] for code, level in ticked.items() if level in allowed}


@require_POST
def ask_supplement(request: MemberRequest, evaluation: UUID) -> HttpResponse:
    """Ask for a supplementary answer."""
    row = readable_thing(request, "service_evaluation", evaluation)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.ask_supplement(by=request.member, evaluation=row, **given)

    return _done(request, row.project, SupplementForm(request.POST), deed, year=row.fiscal_year)


@require_POST
def answer_citizens(request: MemberRequest, project: UUID) -> HttpResponse:
    """Answer several at once."""
    thing = readable_project(request, project)
    chosen = identifiers_asked(request.POST.getlist("evaluation"))

    def deed(given: Mapping[str, Any]) -> object:
        return actions.answer_citizens(
            by=request.member, project=thing, evaluations=chosen, **given
        )

    return _done(request, thing, AnsweringForm(request.POST), deed)


@require_POST
def publish_service_check(request: MemberRequest, project: UUID) -> HttpResponse:
    """Publish what was found about a matter."""
    thing = readable_project(request, project)

    def deed(given: Mapping[str, Any]) -> object:
        return actions.publish_service_check(by=request.member, project=thing, **given)

    return _done(request, thing, CheckForm(request.POST), deed)


def _done(
    request: MemberRequest,
    thing: Project,
    filled: forms.Form,
    deed: Any,
    *,
    year: int | None = None,
) -> HttpResponse:
    on = year or request.POST.get("fiscal_year", "")[:4]
    return take(
        request,
        filled,
        deed,
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: _page(request, thing, faults=faults),
        then=f"{reverse('citizens', args=[thing.pk])}{f'?year={on}' if on else ''}",
    )
