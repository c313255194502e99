"""What was asked of whom and what became of it, of all kinds of the forum, by one query each.

The counts are those that everybody may know; posts that aren't shown aren't counted. Answers of a
survey count once its results are published, as before that only who holds it knows how many came.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from django.db.models import (
    Case,
    Count,
    Expression,
    F,
    FilteredRelation,
    IntegerField,
    Model,
    Q,
    Sum,
    Value,
    When,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast, ExtractYear

from gongzhi.core.charter import VISITOR
from gongzhi.core.participating.health import Asked, AskedKind, Column, Fate
from gongzhi.core.participating.meetings import WERE_THERE, AttendanceStage, MeetingStage
from gongzhi.core.participating.processes import ProcessStage
from gongzhi.forum.models import (
    ActionItem,
    AdoptedChange,
    Attendance,
    Meeting,
    Panel,
    PanelOpinion,
    PanelVolunteer,
    Statement,
    Survey,
    Topic,
    Voice,
)
from gongzhi.forum.posts import shown_only

Rows: TypeAlias = Any  # what of a queryset has the columns of an asking
ROWS = Count("pk")
NEVER = Value(value=False)
NOTHING = Value(None, output_field=IntegerField())


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """A kind of what is asked: its rows with their fate, and the things that lists lead to.

    Rows have the columns asked_in (a year), asked_of (an organisation), within (a process), fate,
    in_time, moved (a figure) and whole: the thing on whose page they stand.
    """

    rows: Callable[[], Rows]
    whole: type[Model]
    count: Expression = ROWS


def all_asked() -> list[Asked]:
    """Everything that was asked, of all years, counted by what pages tell apart."""
    return [each for kind, asking in ASKING.items() for each in _counted(kind, asking)]


def _counted(kind: AskedKind, asking: Asking) -> list[Asked]:
    columns = ("asked_in", "asked_of", "within", "fate", "in_time", "moved")
    counted = asking.rows().order_by().values(*columns).annotate(number=asking.count)
    return [
        Asked(
            kind=kind,
            year=row["asked_in"],
            office=str(row["asked_of"]),
            process=str(row["within"] or ""),
            fate=Fate(row["fate"]),
            in_time=None if row["in_time"] is None else bool(row["in_time"]),
            changed=row["moved"],
            count=row["number"],
        )
        for row in counted
        if row["number"]
    ]


def asked_things(
    kinds: Collection[AskedKind], column: Column, *, year: int, office: str = "", process: str = ""
) -> Rows:
    """The things behind a number of the table, each with its fate and how many of it."""
    wanted = Q(asked_in=year, fate__in=[*map(str, column.fates)])
    if column.in_time is not None:
        wanted &= Q(in_time=int(column.in_time))
    if column.changed is not None:
        wanted &= Q(moved=column.changed)
    if office:
        wanted &= Q(asked_of=office)
    if process:
        wanted &= Q(within=process)
    first, *others = (_things(kind, wanted) for kind in kinds)
    return first.union(*others, all=True).order_by("kind_asked", "-whole", "fate")


def _things(kind: AskedKind, wanted: Q) -> Rows:
    asking = ASKING[kind]
    rows = asking.rows().filter(wanted).annotate(kind_asked=Value(str(kind))).order_by()
    return rows.values("kind_asked", "whole", "fate").annotate(number=asking.count)


def _fate(*when: When) -> Case:
    return Case(*when, default=Value(str(Fate.OPEN)))


def _when(fate: Fate, condition: Q) -> When:
    return When(condition, then=Value(str(fate)))


def _in_time(*, answered: str, due: str) -> Case:
    """Whether an answer came by its day; nothing where none came."""
    return Case(
        When(Q(**{f"{answered}__isnull": True}), then=NOTHING),
        When(Q(**{f"{answered}__lte": F(due)}), then=Value(1)),
        default=Value(0),
        output_field=IntegerField(),
    )


def _over(process: str) -> Q:
    """The process that it was part of has ended."""
    return Q(**{f"{process}__stage__in": [ProcessStage.CONCLUDED, ProcessStage.WITHDRAWN]})


def _voices() -> Rows:
    visible = shown_only(Voice.objects.visible_to(VISITOR))
    first = FilteredRelation("answers", condition=Q(answers__supplements=False))
    return visible.alias(first=first).annotate(
        asked_in=F("fiscal_year"),
        asked_of=F("addressed"),
        within=F("process"),
        whole=F("pk"),
        fate=_fate(
            _when(Fate.ADOPTED, Q(first__outcome="adopted")),
            _when(Fate.PARTLY, Q(first__outcome="partly")),
            _when(Fate.REFUSED, Q(first__outcome="declined")),
            _when(Fate.WITHDRAWN, Q(stage=Voice.Stage.WITHDRAWN)),
            _when(Fate.MERGED, Q(stage=Voice.Stage.MERGED)),
            _when(Fate.UNHEARD, _over("process")),
        ),
        in_time=_in_time(answered="first__answered_on", due="first__due_on"),
        moved=Case(
            When(change__end=AdoptedChange.End.APPROVED, then=Value(value=True)), default=NEVER
        ),
    )


def _opinions() -> Rows:
    visible = shown_only(PanelOpinion.objects.visible_to(VISITOR))
    return visible.annotate(
        asked_in=ExtractYear("submitted_on"),
        asked_of=F("panel__convener"),
        within=F("panel__process"),
        whole=F("pk"),
        fate=_fate(
            _when(Fate.ADOPTED, Q(outcome=PanelOpinion.Outcome.ADOPTED)),
            _when(Fate.PARTLY, Q(outcome=PanelOpinion.Outcome.PARTLY)),
            _when(Fate.REFUSED, Q(outcome=PanelOpinion.Outcome.REFUSED)),
            _when(Fate.UNHEARD, _over("panel__process")),
        ),
        in_time=_in_time(answered="answered_on", due="due_on"),
        moved=NEVER,
    )


def _tasks() -> Rows:
    return ActionItem.objects.visible_to(VISITOR).annotate(
        asked_in=ExtractYear("assigned_on"),
        asked_of=F("organisation"),
        within=F("meeting__process"),
        whole=F("pk"),
        fate=_fate(
            _when(Fate.DONE, Q(stage=ActionItem.Stage.CLOSED)),
            _when(Fate.UNHEARD, Q(stage=ActionItem.Stage.DROPPED)),
        ),
        in_time=Case(
            When(stage=ActionItem.Stage.DROPPED, then=NOTHING),
            default=_in_time(answered="closed_on", due="due_on"),
        ),
        moved=NEVER,
    )


def _statements() -> Rows:
    visible = shown_only(Statement.objects.visible_to(VISITOR))
    return visible.annotate(
        asked_in=ExtractYear("submitted_on"),
        asked_of=F("topic__owner"),
        within=F("topic__process"),
        whole=F("topic"),
        fate=_fate(
            _when(Fate.WITHDRAWN, Q(withdrawn_on__isnull=False)),
            _when(Fate.DONE, Q(topic__process__stage=ProcessStage.CONCLUDED)),
            _when(Fate.UNHEARD, Q(topic__process__stage=ProcessStage.WITHDRAWN)),
            _when(Fate.UNHEARD, Q(topic__process=None, topic__stage=Topic.Stage.CLOSED)),
        ),
        in_time=NOTHING,
        moved=NEVER,
    )


def _surveys() -> Rows:
    visible = Survey.objects.visible_to(VISITOR).filter(stage=Survey.Stage.PUBLISHED)
    return visible.annotate(
        asked_in=ExtractYear("opens_on"),
        asked_of=F("organisation"),
        within=F("process"),
        whole=F("pk"),
        fate=Value(str(Fate.DONE)),
        in_time=NOTHING,
        moved=Case(When(result__reading__isnull=False, then=Value(value=True)), default=NEVER),
    )


def _meeting_seats() -> Rows:
    meetings = Meeting.objects.visible_to(VISITOR).order_by()
    gone = [AttendanceStage.DECLINED, AttendanceStage.ABSENT]
    return Attendance.objects.filter(meeting__in=meetings).annotate(
        asked_in=ExtractYear("meeting__held_on"),
        asked_of=F("meeting__organiser"),
        within=F("meeting__process"),
        whole=F("meeting"),
        fate=_fate(
            _when(Fate.WITHDRAWN, Q(stage__in=gone)),
            _when(Fate.UNHEARD, Q(meeting__stage=MeetingStage.CANCELLED)),
            _when(Fate.DONE, Q(meeting__stage=MeetingStage.PUBLISHED, stage__in=[*WERE_THERE])),
            _when(Fate.UNHEARD, Q(meeting__stage=MeetingStage.PUBLISHED)),
        ),
        in_time=NOTHING,
        moved=NEVER,
    )


def _panel_seats() -> Rows:
    drawn = PanelVolunteer.Stage
    panels = Panel.objects.visible_to(VISITOR).order_by()
    offered = [drawn.OFFERED, drawn.SEATED, drawn.DECLINED]
    return PanelVolunteer.objects.filter(panel__in=panels, stage__in=offered).annotate(
        asked_in=ExtractYear("panel__announced_on"),
        asked_of=F("panel__convener"),
        within=F("panel__process"),
        whole=F("panel"),
        fate=_fate(
            _when(Fate.WITHDRAWN, Q(stage=drawn.DECLINED)),
            _when(Fate.UNHEARD, Q(panel__stage=Panel.Stage.CALLED_OFF)),
            _when(Fate.DONE, Q(stage=drawn.SEATED)),
        ),
        in_time=NOTHING,
        moved=NEVER,
    )


def _answers_published() -> Expression:
    told = KeyTextTransform("count", "result__figures")
    return Sum(Cast(told, IntegerField()))


ASKING: Mapping[AskedKind, Asking] = {
    AskedKind.VOICE: Asking(rows=_voices, whole=Voice),
    AskedKind.OPINION: Asking(rows=_opinions, whole=PanelOpinion),
    AskedKind.TASK: Asking(rows=_tasks, whole=ActionItem),
    AskedKind.STATEMENT: Asking(rows=_statements, whole=Topic),
    AskedKind.SURVEY: Asking(rows=_surveys, whole=Survey, count=_answers_published()),
    AskedKind.MEETING_SEAT: Asking(rows=_meeting_seats, whole=Meeting),
    AskedKind.PANEL_SEAT: Asking(rows=_panel_seats, whole=Panel),
}
