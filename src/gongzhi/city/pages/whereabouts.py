"""Where the steps of a tour lead: words of the stories become addresses of the site."""

from collections.abc import Callable, Iterable, Mapping
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from django.urls import reverse

from gongzhi.city.invented.calendar import YEAR
from gongzhi.city.invented.consulted import load_processes
from gongzhi.city.invented.met import load_series
from gongzhi.city.invented.panelled import load_panelled
from gongzhi.city.invented.spoken import load_spoken
from gongzhi.city.invented.surveyed import load_surveyed
from gongzhi.city.invented.talked import load_talks
from gongzhi.city.invented.telling import code_named
from gongzhi.city.invented.voted import load_voted
from gongzhi.city.living.sitting import panel_of
from gongzhi.city.living.surveying import survey_of
from gongzhi.city.touring import Step
from gongzhi.cycle.models import (
    Alert,
    Collection,
    Evaluation,
    Feedback,
    GoalVersion,
    Inquiry,
    Project,
    Report,
)
from gongzhi.forum.models import Meeting, Process, Topic, Voice, Vote, VoteProposal
from gongzhi.parties.models import Organisation

Found = object | None
EFFECT = "effect"  # a project and an indicator, asked for in the query


def _project(key: str) -> Found:
    return Project.objects.filter(code=code_named(key)).values_list("pk", flat=True).first()


def _alert(name: str) -> Found:
    key, _, month = name.partition("/")
    rows = Alert.objects.filter(project__code=code_named(key), fiscal_year=YEAR, round=int(month))
    return rows.values_list("pk", flat=True).first()


def _goals(name: str) -> Found:
    key, _, year = name.partition("/")
    rows = GoalVersion.objects.in_force().filter(project__code=code_named(key))
    return rows.filter(fiscal_year=year or YEAR).values_list("pk", flat=True).first()


def _call(month: str) -> Found:
    rows = Collection.objects.filter(fiscal_year=YEAR, month=int(month))
    return rows.values_list("pk", flat=True).first()


def _unit(code: str) -> Found:
    return Organisation.objects.filter(code=code).values_list("pk", flat=True).first()


def _evaluation(name: str) -> Found:
    key, _, kind = name.partition("/")
    rows = Evaluation.objects.filter(project__code=code_named(key), fiscal_year=YEAR, kind=kind)
    return rows.that_stand().values_list("pk", flat=True).first()


def _report(key: str) -> Found:
    rows = Report.objects.filter(project__code=code_named(key), fiscal_year=YEAR)
    return rows.order_by("-stage", "id").values_list("pk", flat=True).first()


def _feedback(key: str) -> Found:
    rows = Feedback.objects.filter(project__code=code_named(key), fiscal_year=YEAR)
    return rows.exclude(source="audit").values_list("pk", flat=True).first()


def _audit(key: str) -> Found:
    rows = Feedback.objects.filter(project__code=code_named(key), fiscal_year=YEAR)
    return rows.filter(source="audit").values_list("pk", flat=True).first()


def _inquiry(key: str) -> Found:
    rows = Inquiry.objects.filter(project__code=code_named(key), fiscal_year=YEAR)
    return rows.exclude(stage="withdrawn").values_list("pk", flat=True).first()


# What the stories' participation is about is known by its own key, and found by its own words.


def _process(key: str) -> Found:
    told = _told(load_processes(), key)
    rows = Process.objects.exclude(stage="withdrawn").filter(title=told.title)
    return rows.values_list("pk", flat=True).first()


def _voice(key: str) -> Found:
    told = _told(load_spoken(), key)
    rows = Voice.objects.filter(project__code=told.project, text=told.text)
    return rows.values_list("pk", flat=True).first()


def _topic(key: str) -> Found:
    told = _told(load_talks(), key)
    rows = Topic.objects.filter(project__code=told.project, question=told.question)
    return rows.values_list("pk", flat=True).first()


def _meeting(name: str) -> Found:
    key, _, day = name.partition("/")
    told = _told(load_series(), key)
    rows = Meeting.objects.filter(series__title=told.title, held_on=day)
    return rows.exclude(stage="cancelled").values_list("pk", flat=True).first()


def _panel(key: str) -> Found:
    panel = panel_of(_told(load_panelled(), key))
    return panel.pk if panel else None


def _survey(key: str) -> Found:
    survey = survey_of(_told(load_surveyed(), key))
    return survey.pk if survey else None


def _vote(key: str) -> Found:
    told = _told(load_voted(), key)
    rows = Vote.objects.filter(organisation__code=told.holder, title=told.title)
    return rows.values_list("pk", flat=True).first()


def _proposal(name: str) -> Found:
    key, _, number = name.partition("/")
    told = _told(load_voted(), key)
    of_it = {"vote__organisation__code": told.holder, "vote__title": told.title}
    title = told.proposals[int(number) - 1].title
    rows = VoteProposal.objects.filter(title=title, **of_it)
    return rows.values_list("pk", flat=True).first()


def _winner(name: str) -> Found:
    rows = GoalVersion.objects.in_force().filter(project__won_in=_proposal(name))
    return rows.values_list("pk", flat=True).first()


class _HasKey(Protocol):
    @property
    def key(self) -> str: ...


Keyed = TypeVar("Keyed", bound=_HasKey)


def _told(told: Iterable[Keyed], key: str) -> Keyed:
    """What the stories tell under a key; a tour names nothing else."""
    return next(each for each in told if each.key == key)


FINDING: Mapping[str, Callable[[str], Found]] = {
    "project": _project,
    "alert": _alert,
    "goals": _goals,
    "call": _call,
    "clause": lambda number: number,
    "part": lambda number: number,
    "story": lambda code: code,
    "unit": _unit,
    "evaluation": _evaluation,
    "report": _report,
    "feedback": _feedback,
    "audit": _audit,
    "inquiry": _inquiry,
    "process": _process,
    "voice": _voice,
    "topic": _topic,
    "meeting": _meeting,
    "panel": _panel,
    "survey": _survey,
    "vote": _vote,
    "proposal": _proposal,
    "winner": _winner,
}


def address_of(step: Step) -> str:
    """The address of a step; empty while what it is about isn't there."""
    if not step.about:
        return f"{reverse(step.page)}{step.rest}"
    kind, _, name = step.about.partition(":")
    if kind == EFFECT:
        key, _, indicator = name.partition("/")
        asked = urlencode({"project": _project(key) or "", "indicator": indicator})
        return f"{reverse(step.page)}?{asked}{step.rest}"
    found = FINDING[kind](name)
    return f"{reverse(step.page, args=[found])}{step.rest}" if found is not None else ""
