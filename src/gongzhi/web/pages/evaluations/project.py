"""A project's evaluations of a year side by side: points, spread, gaps, one score and its sum."""

import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import BadRequest
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.charter import Thing
from gongzhi.core.scoring.panel import Judged, KindScore
from gongzhi.core.scoring.points import hundredths
from gongzhi.core.terms import Said, Text
from gongzhi.cycle.actions import draws
from gongzhi.cycle.actions import evaluations as actions
from gongzhi.cycle.declared import DECLARED
from gongzhi.cycle.models import Draw, Evaluation, Project
from gongzhi.cycle.panels import Panel, pack_for, panel_for
from gongzhi.cycle.years import years_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.web.filled import KEY_MAX, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.evaluations.choosing import choosable
from gongzhi.web.pages.evaluations.draws import AnnouncingForm, draw_to_be
from gongzhi.web.pages.evaluations.evaluation import ACCEPTING, DECLARED_MAX, HANDING_IN
from gongzhi.web.pages.evaluations.gaps import shown_gaps
from gongzhi.web.pages.evaluations.seen import kind_name
from gongzhi.web.pages.rectifications.telling import (
    telling_about,
    to_be,
    to_order,
    to_tell_of_panel,
)
from gongzhi.web.readable import readable_project

YEARS = (2000, 2099)
REASON_MAX = 2000


class ChoosingForm(forms.Form):
    """What is evaluated, as which kind, by whom, and why."""

    key = forms.CharField(max_length=KEY_MAX)
    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    kind = forms.CharField(max_length=40)
    evaluator = forms.UUIDField()
    because = forms.CharField(max_length=REASON_MAX)


class StartingForm(forms.Form):
    """What a social organisation evaluates of its own accord, and what it states of that."""

    key = forms.CharField(max_length=KEY_MAX)
    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    because = forms.CharField(max_length=REASON_MAX)
    independence = forms.CharField(max_length=DECLARED_MAX)
    funding = forms.CharField(max_length=DECLARED_MAX, required=False)
    ties = forms.CharField(max_length=DECLARED_MAX, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A party of the panel: who, as what, with which total."""

    evaluation: Evaluation | None
    name: str
    kind: Text
    judged: Judged | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A line of the frame with the points that each party gave, in the order of the parties."""

    name: Text
    level1: Text
    weight: Decimal
    points: tuple[Decimal | None, ...]
    apart: Decimal | None
    gap: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What a kind adds to the one score."""

    name: Text
    count: int
    mean: Decimal
    published: Decimal
    weight: Decimal
    part: Decimal
    without: Decimal | None


@require_safe
def project_evaluation(request: MemberRequest, project: UUID) -> HttpResponse:
    """The panel of a project, with what may be chosen or begun."""
    return page_of(request, readable_project(request, project))


def page_of(
    request: MemberRequest, thing: Project, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    """The page of a project's evaluations, perhaps with what kept a form from being taken."""
    own = own_organisation(request.member)
    chosen, started = _to_be(thing, own=own)
    drawn = draw_to_be(thing, own=own)
    year = _year(request, thing)
    panel = panel_for(request.member, thing, year=year)
    told = to_tell_of_panel(panel, thing, year=year, own=own)
    ordered = to_order(thing, year=year, own=own)
    made = filter(None, (chosen, started, drawn))
    here = about(request, thing, *made, *to_be(told, ordered))
    parties = list(_parties(panel))
    choose = here.on(chosen, "choose_evaluation") if chosen else None
    context: dict[str, Any] = {
        "project": thing,
        "year": year,
        "years": _years(request, thing, year=year),
        "panel": panel,
        "parties": parties,
        "sides": list(_sides(panel, [each for each in parties if each.evaluation])),
        "shares": list(_shares(panel)),
        "gaps": list(shown_gaps(panel)),
        "choose": choose,
        "start": here.on(started, "start_evaluation") if started else None,
        "kinds": [kind for kind in load_evaluation(panel.pack).kinds if kind.frame],
        "evaluators": choosable(request, thing, own=own, year=year, pack=panel.pack)
        if choose
        else [],
        "announce": here.on(drawn, "announce_draw") if drawn else None,
        "draws": _draws(request, thing, year=year),
        "stating": [(code, DECLARED[code]) for code in ACCEPTING],
        "later": [DECLARED[code] for code in HANDING_IN],
        "telling": telling_about(request, here, thing, year=year, told=told, ordered=ordered),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": secrets.token_urlsafe(16),
    }
    return render(request, "pages/evaluations/project.html", context, status=422 if faults else 200)


def _draws(request: MemberRequest, thing: Project, *, year: int) -> Any:
    return Draw.objects.visible_to(request.member).filter(project=thing, fiscal_year=year)


def _to_be(thing: Project, *, own: Organisation | None) -> tuple[Thing | None, Thing | None]:
    """The evaluations that the reader could choose or begin, as the charter is asked about them."""
    if own is None:
        return None, None
    label = "public" if thing.stage == Project.Stage.DISCLOSED else "internal"

    def to_be(evaluator: str) -> Thing:
        return Thing(
            kind="evaluation",
            id=NEW,
            owner=evaluator,
            overseer=thing.overseer,
            evaluated=str(thing.unit_id),
            commissioner=str(own.pk),
            stage="assigned",
            label=label,
            authors=frozenset(),
            regions=thing.unit.region.line(),
            conflicted=thing.conflicted(),
        )

    return to_be(NOBODY), to_be(str(own.pk))


def _year(request: MemberRequest, thing: Project) -> int:
    asked = request.GET.get("year") or request.POST.get("fiscal_year") or ""
    if asked:
        if not asked.isdecimal() or not YEARS[0] <= int(asked) <= YEARS[1]:
            raise BadRequest("year")
        return int(asked)
    mine = Evaluation.objects.visible_to(request.member).filter(project=thing)
    newest = mine.order_by("-fiscal_year").values_list("fiscal_year", flat=True).first()
    return int(newest) if newest else business_date().year


def _years(request: MemberRequest, thing: Project, *, year: int) -> list[int]:
    mine = Evaluation.objects.visible_to(request.member).filter(project=thing)
    return sorted({*years_of(mine), year}, reverse=True)


def _parties(panel: Panel) -> Iterator[Party]:
    """The unit itself first, then everybody who evaluates."""
    if panel.self_evaluation is not None:
        kind = load_evaluation(panel.pack).kind("self")
        yield Party(
            evaluation=None,
            name=panel.self_evaluation.project.unit.name,
            kind=kind.name if kind else Text(zh="单位自评", en="Self-evaluation"),
            judged=panel.self_judged,
        )
    judged = {each.evaluation.pk: each.judged for each in panel.sheets}
    for row in panel.evaluations:
        yield Party(
            evaluation=row,
            name=row.evaluator.name,
            kind=kind_name(row),
            judged=judged.get(row.pk),
        )


def _sides(panel: Panel, parties: list[Party]) -> Iterator[Side]:
    """The lines with everybody's points; the unit's own form has other lines."""
    if panel.frame is None or not panel.sheets:
        return
    gaps = {gap.line: gap.said for gap in panel.score.gaps} if panel.score else {}
    for line in panel.frame.lines:
        points = tuple(
            each.judged.points.get(line.code) if each.judged else None for each in parties
        )
        known = [each for each in points if each is not None]
        yield Side(
            name=line.name,
            level1=line.level1,
            weight=line.weight,
            points=points,
            apart=max(known) - min(known) if len(known) > 1 else None,
            gap=gaps.get(line.code),
        )


def _shares(panel: Panel) -> Iterator[Share]:
    """How the one score came about, kind by kind."""
    if panel.score is None:
        return
    rules = load_evaluation(panel.pack)
    for each in panel.score.kinds:
        kind = rules.kind(each.kind)
        yield Share(
            name=kind.name if kind else Text(zh=each.kind, en=each.kind),
            count=each.count,
            mean=hundredths(each.mean),
            published=each.published * 100,
            weight=hundredths(each.weight * 100),
            part=_part(each),
            without=panel.score.without.get(each.kind),
        )


def _part(each: KindScore) -> Decimal:
    return hundredths(each.part)


# ── the deeds, each an address ──


@require_POST
def choose_evaluation(request: MemberRequest, project: UUID) -> HttpResponse:
    """Choose the project for an evaluation and assign it."""
    thing = readable_project(request, project)
    own = own_organisation(request.member) or thing.unit

    def deed(given: Mapping[str, Any]) -> object:
        known = Organisation.objects.visible_to(request.member)
        evaluator = known.filter(pk=given["evaluator"]).first()
        if evaluator is None:
            raise Http404
        return actions.choose_evaluation(
            by=request.member,
            assignment=actions.Assignment(
                project=thing,
                fiscal_year=given["fiscal_year"],
                kind=given["kind"],
                evaluator=evaluator,
                pack=pack_for(thing, year=given["fiscal_year"]),
                because=given["because"],
            ),
            commissioner=own,
            key=given["key"],
        )

    return _done(request, thing, ChoosingForm(request.POST), deed)


@require_POST
def start_evaluation(request: MemberRequest, project: UUID) -> HttpResponse:
    """Begin an evaluation of one's own accord."""
    thing = readable_project(request, project)
    own = own_organisation(request.member) or thing.unit

    def deed(given: Mapping[str, Any]) -> object:
        return actions.start_evaluation(
            by=request.member,
            assignment=actions.Assignment(
                project=thing,
                fiscal_year=given["fiscal_year"],
                kind="social",
                evaluator=own,
                pack=pack_for(thing, year=given["fiscal_year"]),
                because=given["because"],
            ),
            independence=given["independence"],
            declared={code: given[code] for code in ACCEPTING},
            key=given["key"],
        )

    return _done(request, thing, StartingForm(request.POST), deed)


@require_POST
def announce_draw(request: MemberRequest, project: UUID) -> HttpResponse:
    """Announce that evaluators are drawn by lot."""
    thing = readable_project(request, project)
    own = own_organisation(request.member) or thing.unit

    def deed(given: Mapping[str, Any]) -> object:
        return draws.announce_draw(
            by=request.member,
            announcement=draws.Announcement(
                project=thing,
                fiscal_year=given["fiscal_year"],
                kind=given["kind"],
                count=given["count"],
                pack=pack_for(thing, year=given["fiscal_year"]),
                because=given["because"],
            ),
            commissioner=own,
            key=given["key"],
        )

    return _done(request, thing, AnnouncingForm(request.POST), deed)


def _done(request: MemberRequest, thing: Project, filled: forms.Form, deed: Any) -> HttpResponse:
    return take(
        request,
        filled,
        deed,
        done=_("已办理，并写入存证。"),
        page=lambda request, *, faults: page_of(request, thing, faults=faults),
        then=reverse("project-evaluation", args=[thing.pk]),
    )
