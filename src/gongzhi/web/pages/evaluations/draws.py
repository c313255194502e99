"""Draws as pages: announced, held, and done again before the reader's eyes."""

from collections.abc import Mapping
from dataclasses import dataclass
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
from gongzhi.core.evaluating.drawing import in_words
from gongzhi.core.scoring.records import said_from_record
from gongzhi.core.terms import Said, Text
from gongzhi.cycle.actions import draws as actions
from gongzhi.cycle.actions import rechecks as samples
from gongzhi.cycle.draw_seeds import seed_of
from gongzhi.cycle.models import Draw, Evaluation, Project
from gongzhi.cycle.self_evaluations_due import newest_due
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.folders import USUAL
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import NEW, about
from gongzhi.web.pages.evaluations.compared import compared
from gongzhi.web.readable import readable_thing

YEARS = (2000, 2099)
REASON_MAX = 2000
SHORT = 12  # digits of a lot, enough to tell lots apart by eye
OUT: Mapping[str, Said] = {
    "itself": Said("任何一方不得评价自己"),
    "under": Said("是被评价单位的下属，不独立"),
    "department": Said("是被评价单位的主管部门或者其下属，不能作为第三方"),
    "conflict": Said("已经申报利益冲突，应当回避"),
    "paid": Said("接受过被评价单位的报酬，不独立"),
    "again": Said("近年评价过同一对象"),
    "busy": Said("已经在评价这个项目"),
    "party": Said("这一类参与方不能承担这一类评价"),
}


class AnnouncingForm(KeyForm):
    """What is drawn for a project: evaluators of which kind, how many, and why."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    kind = forms.CharField(max_length=40)
    count = forms.IntegerField(min_value=1, max_value=actions.COUNT_MAX)
    because = forms.CharField(max_length=REASON_MAX)


class SamplingForm(KeyForm):
    """Of which year self-evaluations are checked again, by whom, and why."""

    fiscal_year = forms.IntegerField(min_value=YEARS[0], max_value=YEARS[1])
    evaluator = forms.UUIDField()
    because = forms.CharField(max_length=REASON_MAX)


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownDrawn:
    """One that took part: its name, its lot, whether it was drawn, why it was out or must be in."""

    code: str
    name: str
    drawn: bool
    lot: str
    group: str
    why: tuple[Said, ...]
    evaluation: Evaluation | None


@require_safe
def draw(request: MemberRequest, draw: UUID) -> HttpResponse:
    """A draw: among whom, by which seed, who was drawn; computed anew with every reading."""
    return _page(request, readable_thing(request, "draw", draw))


def _page(
    request: MemberRequest, row: Draw, *, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here = about(request, row)
    rows = _taking_part(request, row)
    is_held = row.stage == Draw.Stage.DRAWN
    context: dict[str, Any] = {
        "draw": row,
        "kind": _kind_name(row),
        "rows": [each for each in rows if not is_held or each.drawn],
        "others": [each for each in rows if is_held and not each.drawn],
        "seed": seed_of(row),
        "among": _among(row),
        "again": is_held and actions.lots_by(row) == row.lots,
        "project": row.project if _reads(request, row) else None,
        "hold": here["hold_draw"],
        "faults": shown(faults or {}),
        "key": new_key(),
    }
    return render(request, "pages/evaluations/draw.html", context, status=422 if faults else 200)


def _among(row: Draw) -> Said | None:
    """Among how many evaluators so many are drawn; a sample says it for each class by itself."""
    if row.project_id is None:
        return None
    out = sum(bool(each["out"]) for each in row.pool)
    return in_words(len(row.pool) - out, out=out, count=row.count)


def _reads(request: MemberRequest, row: Draw) -> bool:
    return Project.objects.visible_to(request.member).filter(pk=row.project_id).exists()


def _kind_name(row: Draw) -> Text:
    kind = load_evaluation(row.pack).kind(row.kind)
    return kind.name if kind else Text(zh=row.kind, en=row.kind)


def _taking_part(request: MemberRequest, row: Draw) -> list[ShownDrawn]:
    """Everybody of the pool; first who was drawn, the lowest lot first, then by code."""
    lots = {each["code"]: each for each in row.lots}
    names = _names(request, row)
    mine = Evaluation.objects.visible_to(request.member).filter(
        fiscal_year=row.fiscal_year, kind=row.kind, commissioner=row.commissioner
    )
    of_project = row.project_id is not None
    rows = mine.filter(project=row.project) if of_project else mine
    done = {
        each.evaluator.code if of_project else each.project.code: each
        for each in rows.select_related("project", "evaluator")
        if of_project or each.project
    }
    found = [
        ShownDrawn(
            code=each["code"],
            name=names.get(each["code"], each["code"]),
            drawn=bool(lots.get(each["code"], {}).get("drawn")),
            lot=lots.get(each["code"], {}).get("lot", "")[:SHORT],
            group=each.get("group", ""),
            why=tuple(_why(each, lots.get(each["code"], {}))),
            evaluation=done.get(each["code"]) if each["code"] in lots else None,
        )
        for each in row.pool
    ]
    return sorted(found, key=lambda each: (not each.drawn, each.lot or "~", each.code))


def _why(each: Mapping[str, Any], lot: Mapping[str, Any]) -> list[Said]:
    out = [OUT.get(code, Said(code)) for code in each.get("out", ())]
    return [*out, said_from_record(lot["said"])] if "said" in lot else out


def _names(request: MemberRequest, row: Draw) -> dict[str, str]:
    codes = [each["code"] for each in row.pool]
    known: Any = Organisation if row.project_id else Project
    rows = known.objects.visible_to(request.member).filter(code__in=codes)
    return dict(rows.values_list("code", "name"))


# ── announcing and drawing ──


def draw_to_be(thing: Project, *, own: Organisation | None) -> Thing | None:
    """The draw that the reader could announce for a project, as the charter is asked about it."""
    if own is None:
        return None
    return Thing(
        kind="draw",
        id=NEW,
        owner=str(own.pk),
        overseer=thing.overseer,
        stage="announced",
        label=thing.label,
        regions=own.region.line(),
    )


@require_POST
def hold_draw(request: MemberRequest, draw: UUID) -> HttpResponse:
    """Draw."""
    row = readable_thing(request, "draw", draw)
    return take(
        request,
        KeyForm(request.POST),
        lambda given: actions.hold_draw(by=request.member, draw=row, key=given["key"]),
        done=_("已抽签，并写入存证。"),
        page=lambda request, *, faults: _page(request, row, faults=faults),
        then=reverse("draw", args=[row.pk]),
    )


# ── samples of self-evaluations ──


@require_safe
def rechecks(request: MemberRequest) -> HttpResponse:
    """A year's re-checks of self-evaluations: drawn how, and what came of each."""
    return _rechecks(request)


def _rechecks(request: MemberRequest, *, faults: Mapping[str, Said] | None = None) -> HttpResponse:
    own = own_organisation(request.member)
    to_be = _sample_to_be(own)
    here = about(request, *([to_be] if to_be else []))
    year = _year(request)
    draws = Draw.objects.visible_to(request.member).filter(project=None)
    rows = Evaluation.objects.visible_to(request.member).filter(
        fiscal_year=year, kind=samples.RECHECK
    )
    evaluators = Organisation.objects.visible_to(request.member).filter(kind="evaluator")
    context: dict[str, Any] = {
        "year": year,
        "years": sorted({*draws.values_list("fiscal_year", flat=True), year}, reverse=True),
        "draws": draws.filter(fiscal_year=year).with_facts(),
        "rows": compared(request.member, rows.with_facts()),
        "announce": here.on(to_be, "announce_draw") if to_be else None,
        "evaluators": [*([own] if own else []), *evaluators.order_by("name")[:200]],
        "sampling": load_evaluation(USUAL).sampling,
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    status = 422 if faults else 200
    return render(request, "pages/evaluations/rechecks.html", context, status=status)


def _sample_to_be(own: Organisation | None) -> Thing | None:
    if own is None:
        return None
    return Thing(
        kind="draw",
        id=NEW,
        owner=str(own.pk),
        overseer=NOBODY,
        stage="announced",
        label="public",
        regions=own.region.line(),
    )


def _year(request: MemberRequest) -> int:
    asked = request.GET.get("year") or request.POST.get("fiscal_year") or ""
    if not asked:
        return newest_due(business_date())
    if not asked.isdecimal() or not YEARS[0] <= int(asked) <= YEARS[1]:
        raise BadRequest("year")
    return int(asked)


@require_POST
def announce_sample(request: MemberRequest) -> HttpResponse:
    """Announce that self-evaluations are drawn to be checked again."""
    own = own_organisation(request.member)

    def deed(given: Mapping[str, Any]) -> object:
        known = Organisation.objects.visible_to(request.member)
        evaluator = known.filter(pk=given["evaluator"]).first()
        if evaluator is None:
            raise Http404
        return actions.announce_draw(
            by=request.member,
            announcement=samples.SampleAnnouncement(
                fiscal_year=given["fiscal_year"], evaluator=evaluator, because=given["because"]
            ),
            commissioner=own or evaluator,
            key=given["key"],
        )

    return take(
        request,
        SamplingForm(request.POST),
        deed,
        done=_("已公布。公告进入存证的检查点以后即可抽签。"),
        page=_rechecks,
        then=f"{reverse('rechecks')}?year={request.POST.get('fiscal_year', '')[:4]}",
    )
