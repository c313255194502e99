"""What is planned of a meeting, and what of it doesn't suit, by field."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from gongzhi.core.participating.meetings import MeetingStage
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models import Meeting, Process
from gongzhi.forum.posts import why_not_public
from gongzhi.parties.models import Organisation

MINUTES_MAX, ITEMS_MAX, SEATS_MAX, MEMBERS_MAX = 600, 30, 50, 60
ITEM_MINUTES = 15
NO_TITLE, NO_PLACE = Said("请写明会议名称"), Said("请写明地点")
NO_PROCEDURE = Said("请写明会议的办法：怎么发言，怎么表决")
WRONG_MINUTES = Said("时长应在 1 与 {most} 分钟之间")
WRONG_RULE = Said("请选择每月第几个星期几")
PAST = Said("会议日期应当在今天以后")
SAME_DAY = Said("这一系列当天已经有会")
NOBODY_ELSE = Said("请至少邀请一个其他单位，或者留出居民席位")
MANY = Said("最多 {most} 个")
QUORUM_TOO_HIGH = Said("到会人数不能多于成员数 {most}")
NO_AGENDA = Said("请至少写一项议题")
NOT_DISCLOSED = Said("项目公开以后才能开会讨论")
TWICE = Said("这件事已经在议题里")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """An item to be put on an agenda; about names the open thing that it comes from, if any."""

    title: str
    about: str = ""
    minutes: int = ITEM_MINUTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """When of a day, where, how long and by which procedure; who is invited beside the organiser.

    quorum is the body's own number of members that must be there, if it has one.
    """

    title: str
    begins: time
    minutes: int
    place: str
    procedure: str
    project: Project | None = None
    process: Process | None = None
    invited: tuple[Organisation, ...] = ()
    observers: tuple[Organisation, ...] = ()
    resident_seats: int = 0
    quorum: int | None = None


def faults_of(holding: Holding) -> dict[str, Said]:
    """What of how it is held doesn't suit, by field."""
    faults: dict[str, Said] = {}
    wanted = {"title": NO_TITLE, "place": NO_PLACE, "procedure": NO_PROCEDURE}
    for field, missing in wanted.items():
        text = str(getattr(holding, field)).strip()
        if not text:
            faults[field] = missing
        elif problem := why_not_public(text):
            faults[field] = problem
    return faults | faults_of_members(holding)


def faults_of_members(holding: Holding) -> dict[str, Said]:
    """What of its length, of who is invited and of what it is about doesn't suit."""
    faults: dict[str, Said] = {}
    if not 1 <= holding.minutes <= MINUTES_MAX:
        faults["minutes"] = Said(WRONG_MINUTES.text, {"most": MINUTES_MAX})
    if holding.resident_seats > SEATS_MAX:
        faults["resident_seats"] = Said(MANY.text, {"most": SEATS_MAX})
    if not holding.invited and not holding.observers and not holding.resident_seats:
        faults["invited"] = NOBODY_ELSE
    if len(holding.invited) + len(holding.observers) > MEMBERS_MAX:
        faults["invited"] = Said(MANY.text, {"most": MEMBERS_MAX})
    voting = len({each.pk for each in holding.invited}) + 1 + holding.resident_seats
    if holding.quorum is not None and holding.quorum > voting:
        faults["quorum"] = Said(QUORUM_TOO_HIGH.text, {"most": voting})
    if holding.project is not None and holding.project.stage != Project.Stage.DISCLOSED:
        faults["project"] = NOT_DISCLOSED
    if holding.process is not None and holding.process.label != "public":
        faults["process"] = NOT_DISCLOSED
    return faults


def faults_of_day(meeting: Meeting, *, today: date) -> dict[str, Said]:
    """Whether it can be held on its day."""
    if meeting.held_on <= today:
        return {"held_on": PAST}
    others = Meeting.objects.filter(series=meeting.series, held_on=meeting.held_on)
    same = others.exclude(stage=MeetingStage.CANCELLED).exclude(pk=meeting.pk)
    return {"held_on": SAME_DAY} if meeting.series is not None and same.exists() else {}


def faults_of_agenda(agenda: Sequence[Topic]) -> dict[str, Said]:
    """What of the items doesn't suit; a thing stands on an agenda once."""
    if len(agenda) > ITEMS_MAX:
        return {"agenda": Said(MANY.text, {"most": ITEMS_MAX})}
    named = [topic.about for topic in agenda if topic.about]
    if len(set(named)) < len(named):
        return {"agenda": TWICE}
    if any(not topic.title.strip() for topic in agenda):
        return {"title": NO_AGENDA}
    for topic in agenda:
        if problem := why_not_public(topic.title):
            return {"title": problem}
    if any(not 1 <= topic.minutes <= MINUTES_MAX for topic in agenda):
        return {"minutes": Said(WRONG_MINUTES.text, {"most": MINUTES_MAX})}
    return {}
