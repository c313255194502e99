"""A story as its page shows it: what has happened by the log, what is open, what is to come."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby
from typing import Any

from django.db.models import Q, QuerySet

from gongzhi.city.invented.asked import load_asked
from gongzhi.city.invented.carried import load_carried
from gongzhi.city.invented.catalogue import load_bodies
from gongzhi.city.invented.judged import judged_deeds
from gongzhi.city.invented.market import AskedOfMarket, SaidOfMarket, load_market, load_market_said
from gongzhi.city.invented.negotiated import load_negotiated
from gongzhi.city.invented.next_year import load_next_year
from gongzhi.city.invented.reported import Reported, load_reported
from gongzhi.city.invented.stepwise import Stepwise
from gongzhi.city.invented.told_results import Letter, load_letters
from gongzhi.city.invented.values import Deed, Shows, Story
from gongzhi.city.invented.voted import ToldVote, load_voted
from gongzhi.core.charter import Member
from gongzhi.core.terms import Said, Text
from gongzhi.core.waiting import Clock
from gongzhi.cycle.alerts_due import dues_of, unfinished
from gongzhi.cycle.models import (
    Alert,
    AlertStep,
    Evaluation,
    EvaluationStep,
    Feedback,
    FormVersion,
    GoalVersion,
    Inquiry,
    Project,
    Reading,
    Rectification,
    Report,
    ResultProposal,
    Watched,
)
from gongzhi.forum.models import JointProject, MarketQuestion, Vote
from gongzhi.parties.models import Deed as DoneDeed
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.activity import Event, events
from gongzhi.web.pages.monitoring.alerts import clock_for
from gongzhi.web.pages.monitoring.seen import NAMES, Level, level_of

TELL = "tell"
# What the stories call by another word than the charter's verb.
VERBS = {"settle_reading": "settle_readings", "adjust_goal": "adjust_goals"}
# What is of a project by itself, and not for everybody to see at once.
OWN: Mapping[str, Any] = {
    "form_version": FormVersion,
    "evaluation": Evaluation,
    "inquiry": Inquiry,
    "result_proposal": ResultProposal,
    "feedback": Feedback,
    "report": Report,
    "market_question": MarketQuestion,
    "joint_project": JointProject,
    "vote": Vote,
}
# What is done piece by piece, dozens of times in a day, and tells no story.
PIECEMEAL = ("key_ballot_paper",)
APPEARS = Said("监控提示：{signal}")
GOES = Said("监控提示消失：{signal}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Something of a story on a day: a deed of the log, or a sentence of the narrator."""

    on: date
    said: Said | Text
    who: str = ""
    text: str = ""
    project: str = ""
    event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenAlert:
    """An alert that still waits for somebody, and until when."""

    alert: Alert
    level: Level
    clock: Clock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A project of a story as it stands today."""

    project: Project
    level: Level
    signals: Sequence[Said]
    alerts: Sequence[OpenAlert]


@dataclass(frozen=True, slots=True, kw_only=True)
class ComingDay:
    """A day that is still to come, with what the story has for it."""

    on: date
    moments: Sequence[Moment]


def deeds_of(story: Story) -> tuple[Deed, ...]:
    """What a story holds for its days, and how its projects are judged once the year is over."""
    asked = (deed for each in load_asked() if each.story == story.code for deed in each.deeds())
    turned: tuple[Reported | Letter, ...] = (*load_reported(), *load_letters())
    then = (deed for each in turned if each.project in story.projects for deed in each.deeds())
    anew = load_next_year().deeds(story.projects)
    spoken: list[AskedOfMarket | SaidOfMarket | Stepwise | ToldVote] = [*load_market()]
    spoken += [load_carried(), load_negotiated(), *load_market_said(), *load_voted()]
    heard = (deed for each in spoken if each.project in story.projects for deed in each.deeds())
    return (*story.deeds, *judged_deeds(story.code), *asked, *then, *anew, *heard)


def projects_of(stories: Iterable[Story]) -> Mapping[str, Project]:
    """The projects of stories that are there by now, by their codes."""
    codes = [code for story in stories for code in story.projects]
    rows = Project.objects.filter(code__in=codes).select_related("unit__region")
    return {row.code: row for row in rows}


def standings(projects: Mapping[str, Project], *, year: int) -> list[Standing]:
    """How projects of stories stand today, as the finance bureau sees them."""
    rows = list(projects.values())
    watched = Watched.objects.filter(project__in=rows, fiscal_year=year)
    seen = {row.project_id: row for row in watched}
    waiting = list(unfinished(Alert.objects.with_facts().filter(project__in=rows)))
    dues = dues_of(waiting)
    alerts = [
        OpenAlert(alert=row, level=level_of(row.level), clock=clock_for(row, dues[row.pk]))
        for row in waiting
        if row.fiscal_year == year
    ]
    return [
        Standing(
            project=row,
            level=level_of(seen[row.pk].level if row.pk in seen else ""),
            signals=_names_of(seen.get(row.pk)),
            alerts=[each for each in alerts if each.alert.project_id == row.pk],
        )
        for row in rows
    ]


def past(
    story: Story, projects: Mapping[str, Project], *, member: Member, today: date
) -> list[Moment]:
    """What has happened: every deed of the log about the story, and what the narrator says."""
    told = [_told(deed, projects) for deed in story.deeds if deed.told and deed.on <= today]
    done = list(_done(projects, member))
    return sorted([*done, *told], key=lambda each: each.on)


def coming(story: Story, projects: Mapping[str, Project], *, today: date) -> list[ComingDay]:
    """What the story has for the days to come, as long as nobody does otherwise."""
    moments = [
        *(_foreseen(deed, projects) for deed in deeds_of(story) if deed.on > today),
        *(_shown(shows, projects) for shows in story.shows if shows.on > today),
    ]
    in_order = sorted(moments, key=lambda each: each.on)
    return [
        ComingDay(on=day, moments=list(of_day))
        for day, of_day in groupby(in_order, key=lambda each: each.on)
    ]


def _done(projects: Mapping[str, Project], member: Member) -> Iterator[Moment]:
    rows = list(projects.values())
    names = {row.thing().name: row.name for row in rows}
    named = {str(row.pk): row.name for row in rows}  # as facts of deeds name them
    for kind, things in _things(rows, member).items():
        whose = "feedback__project__name" if kind == "rectification" else "project__name"
        for pk, name in things.order_by().values_list("pk", whose):
            names[f"{kind}:{pk}"] = name
    read = Q(verb="add_reading", public__project__in=[str(row.pk) for row in rows])
    about = DoneDeed.objects.filter(Q(on__in=list(names)) | read)
    deeds = list(about.exclude(verb__in=PIECEMEAL).order_by("id"))
    reasons = _reasons(rows) | _words(rows, member)
    for event in events(member, deeds):
        deed = event.deed
        steps = reasons.get((deed.on, deed.verb))
        yield Moment(
            on=deed.business_date,
            said=event.verb,
            who=event.organisation,
            text=steps.pop(0) if steps else "",
            project=names.get(deed.on) or named.get(deed.public.get("project"), ""),
            event=event,
        )


def _things(rows: Sequence[Project], member: Member) -> Mapping[str, QuerySet[Any]]:
    """What the deeds of a story are about, besides its projects; as far as the member sees it."""
    return {
        "alert": Alert.objects.filter(project__in=rows),
        "goal_version": GoalVersion.objects.filter(project__in=rows),
        "reading": Reading.objects.filter(project__in=rows).exclude(source="unit"),
        **{
            kind: model.objects.visible_to(member).filter(project__in=rows)
            for kind, model in OWN.items()
        },
        "rectification": Rectification.objects.visible_to(member).filter(
            feedback__project__in=rows
        ),
    }


def _reasons(rows: Sequence[Project]) -> dict[tuple[str, str], list[str]]:
    """What was written with the steps of alerts: the n-th step of a verb is its n-th deed."""
    found: dict[tuple[str, str], list[str]] = {}
    steps = AlertStep.objects.filter(alert__project__in=rows).order_by("id")
    for alert, verb, reason in steps.values_list("alert", "verb", "reason"):
        found.setdefault((f"alert:{alert}", verb), []).append(reason)
    return found


def _words(rows: Sequence[Project], member: Member) -> dict[tuple[str, str], list[str]]:
    """The same of evaluations, as far as the member may read what was said."""
    found: dict[tuple[str, str], list[str]] = {}
    steps = EvaluationStep.objects.visible_to(member).filter(evaluation__project__in=rows)
    for step in steps.order_by("id"):
        key = (f"evaluation:{step.evaluation_id}", step.verb)
        found.setdefault(key, []).append(step.words)
    return found


def _told(deed: Deed, projects: Mapping[str, Project]) -> Moment:
    assert deed.told is not None, "only what is told has a sentence"
    return Moment(
        on=deed.on,
        said=deed.told,
        who=_names().get(deed.by, ""),
        text=deed.text if deed.verb == TELL else "",
        project=_name(projects, deed.project),
    )


def _foreseen(deed: Deed, projects: Mapping[str, Project]) -> Moment:
    verb = VERBS.get(deed.verb, deed.verb)
    named = charter_in_force().verb_names.get(verb, Said(verb))
    return Moment(
        on=deed.on,
        said=deed.told or named,
        who=_names().get(deed.by, ""),
        project=_name(projects, deed.project),
    )


def _shown(shows: Shows, projects: Mapping[str, Project]) -> Moment:
    said = GOES if shows.gone else APPEARS
    return Moment(
        on=shows.on,
        said=Said(said.text, {"signal": NAMES[shows.signal]}),
        project=_name(projects, shows.project),
    )


def _names_of(seen: Watched | None) -> list[Said]:
    codes = [each["code"] for each in seen.signals] if seen else []
    return [NAMES[code] for code in dict.fromkeys(codes)]


def _name(projects: Mapping[str, Project], code: str) -> str:
    return projects[code].name if code in projects else ""


@cache
def _names() -> Mapping[str, str]:
    return {body.code: body.name.zh for body in load_bodies()}
