"""Announced aims as a tree: plan, work report, promise; under each the projects that serve it."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Subquery
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.core.telling import Part, Parts, parts_of
from gongzhi.core.terms import Said
from gongzhi.cycle.actions import projects as actions
from gongzhi.cycle.models import Aim, Profile, Project, Watched
from gongzhi.cycle.standing import goals_due, months_over
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Organisation, Region
from gongzhi.web.filled import KeyForm, new_key, shown, take
from gongzhi.web.here import about
from gongzhi.web.pages.projects.progress import PART, Progress, part_of, progress
from gongzhi.web.readable import readable_thing

DEPTH_MAX, LEADS = 8, 3


class AimForm(KeyForm):
    """An aim: what, where it was announced, under which wider one."""

    code = forms.CharField(max_length=40)
    name = forms.CharField(max_length=300)
    kind = forms.ChoiceField(choices=Aim.Kind.choices)
    within = forms.UUIDField(required=False)
    document = forms.CharField(max_length=300, required=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A project that serves an aim, and how far it is where that was computed."""

    project: Project
    part: Part | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAim:
    """An aim with the projects that serve it and the aims under it; `total` counts all below."""

    row: Aim
    projects: tuple[Served, ...]
    parts: tuple["ShownAim", ...]

    @property
    def served(self) -> tuple[Served, ...]:
        """The projects that serve it or an aim under it."""
        below = (each for part in self.parts for each in part.served)
        return (*self.projects, *below)

    @property
    def total(self) -> int:
        """How many they are."""
        return len(self.served)

    @property
    def leads(self) -> list[Organisation]:
        """Who leads most of them: departments, or units without one; led as a policy."""
        over = (each.project.unit.parent or each.project.unit for each in self.served)
        return [lead for lead, _count in Counter(over).most_common(LEADS)]

    @property
    def progress(self) -> Progress | None:
        """How far those are together that were computed; None where none was."""
        known = [each.part for each in self.served if each.part is not None]
        return progress(sum(map(parts_of, known), Parts())) if known else None


@require_safe
def aims(request: MemberRequest) -> HttpResponse:
    """The tree of aims with the projects that the reader may see."""
    return _page(request, region=_own_region(request))


def _own_region(request: MemberRequest) -> Region | None:
    """Where the reader's organisation is: there they could register an aim."""
    own = own_organisation(request.member)
    return own.region if own else None


def _page(
    request: MemberRequest, *, region: Region | None, faults: Mapping[str, Said] | None = None
) -> HttpResponse:
    here = about(request, *([region] if region else []))
    rows = list(Aim.objects.visible_to(request.member))
    context = {
        "tree": _tree(rows, served=_served(request)),
        "all_aims": rows,
        "kinds": Aim.Kind.choices,
        "region": region,
        "announce": here["announce_aim"] if region else None,
        "today": business_date(),
        "faults": shown(faults or {}),
        "given": request.POST,
        "key": new_key(),
    }
    return render(request, "pages/goals/aims.html", context, status=422 if faults else 200)


def _served(request: MemberRequest) -> Mapping[UUID, list[Served]]:
    """The projects by the aim that their newest description names."""
    newest = Profile.objects.visible_to(request.member).order_by("project_id", "-id")
    found: dict[UUID, list[Served]] = {}
    parts = _parts(request)
    for profile in newest.distinct("project_id").select_related("project__unit__parent"):
        if profile.aim_id is not None:
            served = Served(project=profile.project, part=parts.get(profile.project_id))
            found.setdefault(profile.aim_id, []).append(served)
    return found


def _parts(request: MemberRequest) -> Mapping[UUID, Part]:
    """How far each project is in the newest year that was watched."""
    watched = Watched.objects.visible_to(request.member)
    newest = watched.order_by("-fiscal_year").values("fiscal_year")[:1]
    rows = watched.filter(fiscal_year=Subquery(newest)).order_by()
    rows = rows.annotate(due=goals_due(), over=months_over())
    return {
        row.project_id: part_of(row) for row in rows.values_list("project_id", *PART, named=True)
    }


def _tree(
    rows: Sequence[Aim],
    *,
    served: Mapping[UUID, list[Served]],
    within: UUID | None = None,
    depth: int = 0,
) -> tuple[ShownAim, ...]:
    if depth == DEPTH_MAX:
        return ()
    return tuple(
        ShownAim(
            row=row,
            projects=tuple(served.get(row.pk, ())),
            parts=_tree(rows, served=served, within=row.pk, depth=depth + 1),
        )
        for row in rows
        if row.within_id == within
    )


@require_POST
def announce_aim(request: MemberRequest, region: UUID) -> HttpResponse:
    """Register an aim that was announced."""
    place = readable_thing(request, "region", region)

    def deed(given: Mapping[str, Any]) -> object:
        wider = Aim.objects.visible_to(request.member).filter(pk=given["within"]).first()
        told = {**given, "within": wider}
        return actions.announce_aim(by=request.member, region=place, **told)

    return take(
        request,
        AimForm(request.POST),
        deed,
        done=_("已登记，并写入存证。"),
        page=lambda request, *, faults: _page(request, region=place, faults=faults),
        then=redirect("aims").url,
    )
