"""The editor of goals: write, look, take suggestions over; save as a draft or as an adjustment.

Every button works without scripts; with them, findings are told while one types.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gongzhi.core.charter import Member
from gongzhi.core.goals import Aspect, DraftGoal
from gongzhi.core.monitoring.answering_indicators import COURSES
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.terms import Said
from gongzhi.cycle.actions import goals as actions
from gongzhi.cycle.goal_lines import BY_MONTH
from gongzhi.cycle.goal_record import GoalPlan, goal_from_record
from gongzhi.cycle.models import GoalVersion, Profile, Project
from gongzhi.cycle.next_goals import begun, decided_for
from gongzhi.forum.models import VoteProposal
from gongzhi.forum.winners import plan_of_winner, winner_behind
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs import PACKS, load_packs
from gongzhi.rules.packs.folders import USUAL
from gongzhi.web.filled import KEY_MAX, new_key, shown
from gongzhi.web.here import about
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.goals import monthly
from gongzhi.web.pages.goals.editing import (
    ACTIVITIES,
    GROUPS,
    LINES_MAX,
    SHARES,
    SPARE,
    Sheet,
    next_year,
    plan_written,
    sheet_of,
    sheet_submitted,
)
from gongzhi.web.pages.goals.from_paper import into_editor
from gongzhi.web.pages.goals.looking import Hint, Looked, examples, looked_at
from gongzhi.web.pages.goals.seen import GROUNDS, MEASURES, NATURES, changes_between
from gongzhi.web.pages.goals.suggested import name_of, offered, suggested
from gongzhi.web.pages.participation.votes.becoming import won_by
from gongzhi.web.readable import readable_project, readable_thing
from gongzhi.web.told import Told, told

LOOK, MORE, TAKE, REMOVE, READ = "look", "more", "take", "remove", "read"
EVEN, AT_END, IN_STEP, AS_BEFORE = "even", "at-end", "in-step", "as-before"
# How a target, or the money where no line is named, is planned by month.
PRESETS: Mapping[str, Callable[[Sheet], monthly.Course]] = {
    EVEN: monthly.even,
    AT_END: monthly.at_end,
    IN_STEP: monthly.in_step,
}
AT_LINES = frozenset({"name", "target", "measure", "weight", "key", BY_MONTH})
KEPT_OPEN = ("source", "evidence", "standard", "baseline", "ground", "measured", "asked_who")
# What the editor calls each kind of indicator.
ASPECTS: Mapping[Aspect, Said] = {aspect: Said(aspect.level2) for aspect in Aspect}
# What the editor lets one choose from.
CHOICES: Mapping[str, Mapping[Any, Said]] = {
    "aspects": ASPECTS,
    "grounds": GROUNDS,
    "measures": MEASURES,
    "courses": COURSES,
    "natures": NATURES,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """What is edited: a project's goals for a year, or the change of an approved version.

    winner is what won a vote and became the project, where one did.
    """

    project: Project
    base: GoalPlan
    pack: str
    winner: VoteProposal | None
    adjusts: GoalVersion | None = None

    @property
    def address(self) -> str:
        """Where the editor stands."""
        if self.adjusts is not None:
            return reverse("adjusting-goals", args=[self.adjusts.pk])
        return reverse("drafting-goals", args=[self.project.pk])

    @property
    def deed(self) -> str:
        """Where it is saved."""
        if self.adjusts is not None:
            return reverse("adjust_goals", args=[self.adjusts.pk])
        return reverse("draft_goals", args=[self.project.pk])

    @property
    def verb(self) -> str:
        """The deed that saves it."""
        return "adjust_goals" if self.adjusts is not None else "draft_goals"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownLine:
    """A line of the editor: its fields, what can't be read, what is to be said about it."""

    number: int
    place: int | None
    given: Mapping[str, str]
    wrong: Mapping[str, Said]
    hints: tuple[Hint, ...]

    @property
    def is_open(self) -> bool:
        """Whether what is folded has something in it."""
        return any(self.given[name] for name in KEPT_OPEN)

    @property
    def months(self) -> list[tuple[int, str, str]]:
        """The plan by month: each with its field and what stands in it."""
        return [(month, name, self.given[name]) for month, name in enumerate(SHARES, start=1)]

    @property
    def wrong_months(self) -> Said | None:
        """What doesn't fit in the plan by month."""
        told = (self.wrong.get(name) for name in (BY_MONTH, *SHARES))
        return next((said for said in told if said is not None), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfFile:
    """What is to be said of a file that was to fill the editor; unread, it filled in nothing."""

    problems: Sequence[Told]
    unread: bool = False


@require_http_methods(["GET", "HEAD", "POST"])
def drafting_goals(request: MemberRequest, project: UUID) -> HttpResponse:
    """Edit a project's goals; a POST looks at them, or changes the sheet as its button says."""
    return _edited(request, _desk_of(request, readable_project(request, project)))


@require_http_methods(["GET", "HEAD", "POST"])
def adjusting_goals(request: MemberRequest, version: UUID) -> HttpResponse:
    """Edit a change of approved goals."""
    return _edited(request, _desk_on(request, readable_thing(request, "goal_version", version)))


def _desk_of(request: MemberRequest, project: Project) -> Desk:
    """The newest goals of the project that the reader may see, to go on from."""
    winner = winner_behind(request.member, project)
    versions = GoalVersion.objects.visible_to(request.member).filter(project=project)
    newest = versions.order_by("-fiscal_year", "-id").first()
    if newest is not None:
        plan = _begun(request.member, newest)
        return Desk(project=project, base=plan, pack=newest.pack, winner=winner)
    profile = Profile.objects.visible_to(request.member).filter(project=project).last()
    functional = profile.functional if profile else ""
    plan = (
        plan_of_winner(winner, project)
        if winner is not None
        else GoalPlan(goal=DraftGoal(project=project.name))
    )
    plan = replace(plan, goal=replace(plan.goal, functional=functional))
    return Desk(project=project, base=plan, pack=USUAL, winner=winner)


def _begun(member: Member, version: GoalVersion) -> GoalPlan:
    """Goals of a year that is decided on are where the next year's begin, with the money decided.

    Where nothing is decided on the year after, the plan goes on as it is.
    """
    plan, year = goal_from_record(version.record), version.fiscal_year + 1
    if version.stage != GoalVersion.Stage.APPROVED:
        return plan
    decisions = decided_for(member, version.project.unit, project=version.project)
    for each in begun(decisions, year=year):
        return each.plan
    return replace(plan, goal=replace(plan.goal, year=max(next_year(business_date()), year)))


def _desk_on(request: MemberRequest, version: GoalVersion) -> Desk:
    return Desk(
        winner=winner_behind(request.member, version.project),
        project=version.project,
        base=goal_from_record(version.record),
        pack=version.pack,
        adjusts=version,
    )


def _edited(request: MemberRequest, desk: Desk) -> HttpResponse:
    if request.method != "POST":
        return _page(request, desk, sheet_of(desk.base, year=next_year(business_date())))
    sheet = sheet_submitted(request.POST)
    if request.headers.get("HX-Request"):
        return _look(request, desk, sheet)
    verb, _, what = request.POST.get("do", LOOK).partition(":")
    if verb == READ:
        return _read(request, desk, sheet)
    if verb == MORE:
        sheet = replace(sheet, lines=min(sheet.lines + SPARE, LINES_MAX))
    elif verb in (*PRESETS, AS_BEFORE):
        sheet = _planned_by_month(request, desk, sheet, verb, what)
    elif verb == REMOVE and what.isascii() and what.isdigit():
        sheet = sheet.without_line(int(what))
    elif verb == TAKE:
        sheet = _taken(request, desk, sheet, what)
    return _page(request, desk, sheet)


def _planned_by_month(
    request: MemberRequest, desk: Desk, sheet: Sheet, verb: str, what: str
) -> Sheet:
    """The sheet with a line's target, or the money where no line is named, planned by month."""
    if verb == AS_BEFORE:
        course = monthly.course_before(request.member, desk.project)
        if not course:
            messages.info(request, _("没有可以参照的往年，各月没有改。"), extra_tags="watch")
    else:
        course = PRESETS[verb](sheet)
    if what.isascii() and what.isdigit():
        return monthly.with_target(sheet, course, line=int(what))
    return monthly.with_money(sheet, course)


def _read(request: MemberRequest, desk: Desk, sheet: Sheet) -> HttpResponse:
    """The sheet as a declaration fills it in, and what of the declaration couldn't be read."""
    if not within_limit(request, act="paper", times_a_minute=ALLOWED["times"]):
        return refusals.too_often(request)
    written, _, _ = plan_written(sheet, base=desk.base, pack=_pack(desk))
    plan, problems = into_editor(
        request.FILES.get("declaration"),
        project=desk.project,
        base=written,
        year=desk.adjusts.fiscal_year if desk.adjusts else None,
    )
    if plan is None:
        return _page(request, desk, sheet, of_file=OfFile(problems=told(problems), unread=True))
    filled = sheet_of(plan, year=next_year(business_date()))
    return _page(request, desk, filled, of_file=OfFile(problems=told(problems)))


def _taken(request: MemberRequest, desk: Desk, sheet: Sheet, what: str) -> Sheet:
    """The sheet with a suggestion taken over, by its name."""
    plan, _, _ = plan_written(sheet, base=desk.base, pack=_pack(desk))
    for each in suggested(request.member, desk.project, plan.goal):
        if name_of(each) == what:
            return sheet.with_line(each.indicator)
    return sheet


def _pack(desk: Desk) -> Pack:
    return load_packs()[desk.pack if desk.pack in PACKS else USUAL]


def _look(request: MemberRequest, desk: Desk, sheet: Sheet) -> HttpResponse:
    """Only what is to be said, for a page that asks while somebody types."""
    plan, _, places = plan_written(sheet, base=desk.base, pack=_pack(desk))
    looked = looked_at(plan.goal, pack=desk.pack)
    about(request, desk.adjusts or desk.project)
    context = {"looked": looked, "places": places, "lines": _lines(sheet, looked, places, {})}
    return render(request, "pages/goals/_looked_at.html", context)


def _lines(
    sheet: Sheet, looked: Looked, places: tuple[int, ...], faults: Mapping[str, Said]
) -> list[ShownLine]:
    of_place = {number: place for place, number in enumerate(places)}
    return [
        ShownLine(
            number=number,
            place=of_place[number] + 1 if number in of_place else None,
            given=sheet.of_line(number),
            wrong={
                name.rpartition("-")[0]: said
                for name, said in faults.items()
                if name.endswith(f"-{number}")
            },
            hints=looked.on(of_place[number]) if number in of_place else (),
        )
        for number in range(sheet.lines)
    ]


def _page(
    request: MemberRequest,
    desk: Desk,
    sheet: Sheet,
    *,
    faults: Mapping[str, Said] | None = None,
    of_file: OfFile | None = None,
) -> HttpResponse:
    here = about(request, desk.adjusts or desk.project)
    plan, unwritten, places = plan_written(sheet, base=desk.base, pack=_pack(desk))
    looked = looked_at(plan.goal, pack=desk.pack)
    wrong = {**unwritten, **(faults or {})}
    is_bad = bool(wrong) or (of_file is not None and of_file.unread)
    context: dict[str, Any] = {
        **offered(request.member, desk.project, plan.goal),
        "desk": desk,
        "project": desk.project,
        "won": won_by(desk.winner),
        "given": sheet.given,
        "is_funded": sheet.is_funded,
        "lines": _lines(sheet, looked, places, wrong),
        "groups": sheet.rows(GROUPS, "who", "count", "unit"),
        "activities": sheet.rows(ACTIVITIES, "activity", "money", "leads"),
        "months": [(n, sheet.given.get(f"month-{n}", "")) for n in range(1, MONTHS + 1)],
        "looked": looked,
        "examples": examples(),
        **CHOICES,
        "total": sum((line.weight or 0 for line in plan.goal.indicators), 0),
        "save": here[desk.verb],
        "wrong": wrong,
        "faults": shown(wrong),
        "of_file": of_file,
        "reason": request.POST.get("reason", ""),
        "key": request.POST.get("key", "")[:KEY_MAX] or new_key(),
    }
    if desk.adjusts is not None:
        context["changed"], context["changes"] = changes_between(desk.base, plan)
    return render(request, "pages/goals/editor.html", context, status=422 if is_bad else 200)


# ── the deeds ──


@require_POST
def draft_goals(request: MemberRequest, project: UUID) -> HttpResponse:
    """Save what was written as the unit's draft."""
    thing = readable_project(request, project)
    return _saved(request, _desk_of(request, thing))


@require_POST
def adjust_goals(request: MemberRequest, version: UUID) -> HttpResponse:
    """Save what was written as the draft of an adjustment."""
    return _saved(request, _desk_on(request, readable_thing(request, "goal_version", version)))


def _saved(request: MemberRequest, desk: Desk) -> HttpResponse:
    sheet = sheet_submitted(request.POST)
    plan, unread, places = plan_written(sheet, base=desk.base, pack=_pack(desk))
    if plan.goal.year is None and "year" not in unread:
        unread = {**unread, "year": Said("请填写年度")}
    if unread:
        return _page(request, desk, sheet, faults=unread)
    try:
        version = _do(request, desk, plan)
    except Unsuitable as unsuitable:
        return _page(request, desk, sheet, faults=_at_places(unsuitable.faults, places))
    except AlreadyDone as done:
        messages.info(request, _("这一步已经办过，没有再办一次。"), extra_tags="watch")
        return redirect("goal-version", done.deed.public["version"])
    messages.success(request, _("草稿已保存，只有本单位看得见。"), extra_tags="kept")
    return redirect("goal-version", version.pk)


def _do(request: MemberRequest, desk: Desk, plan: GoalPlan) -> GoalVersion:
    key = request.POST.get("key", "")[:KEY_MAX] or None
    if desk.adjusts is not None:
        reason = request.POST.get("reason", "")
        return actions.adjust_goals(
            by=request.member, version=desk.adjusts, plan=plan, reason=reason, key=key
        )
    return actions.draft_goals(
        by=request.member,
        project=desk.project,
        fiscal_year=plan.goal.year or next_year(business_date()),
        plan=plan,
        pack=desk.pack,
        key=key,
    )


def _at_places(faults: Mapping[str, Said], places: tuple[int, ...]) -> Mapping[str, Said]:
    """Faults of indicators by their place in the list, at the lines where they stand."""
    moved = {}
    for name, said in faults.items():
        head, _, tail = name.rpartition("-")
        at_line = head in AT_LINES and tail.isdigit()
        moved[f"{head}-{places[int(tail)]}" if at_line else name] = said
    return moved
