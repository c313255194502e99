"""What an agenda can be made of: the matters that are open, each kind told by its own function.

An agenda is public, so only what everybody may read is offered. A new kind of open matter is a
function here and its line in OFFERS.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from gongzhi.core.charter import VISITOR
from gongzhi.core.inquiring import InquiryStage
from gongzhi.core.participating.voices import VoiceStage
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Alert, Inquiry, Project
from gongzhi.forum.models import ActionItem, MeetingSeries, Topic, Voice

ALERTS_OPEN = ("open", "unanswered", "answered", "planned", "reported")
OFFERED_MAX = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Whose open matters are looked for: those of a series, and of a project."""

    series: MeetingSeries | None
    project: Project | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """An open matter: its name as a thing, what it is called, and of what kind it is."""

    about: str
    title: str
    kind: Said


def offers_of(frame: Frame) -> list[Offer]:
    """All open matters, those of the last meeting first."""
    found = [offer for offered in OFFERS for offer in offered(frame)]
    return found[:OFFERED_MAX]


def undone_items(frame: Frame) -> Iterator[Offer]:
    """What was to be done since earlier meetings of the series and isn't."""
    if frame.series is None:
        return
    undone = ActionItem.objects.visible_to(VISITOR).undone()
    for item in undone.filter(meeting__series=frame.series):
        yield Offer(about=item.thing().name, title=item.what, kind=Said("上次议定的事"))


def open_alerts(frame: Frame) -> Iterator[Offer]:
    """Warnings about the project that nobody has closed."""
    if frame.project is None:
        return
    alerts = Alert.objects.visible_to(VISITOR).filter(project=frame.project, stage__in=ALERTS_OPEN)
    for alert in alerts.select_related("project__unit__region"):
        yield Offer(about=alert.thing().name, title=str(alert), kind=Said("还没有办结的预警"))


def open_inquiries(frame: Frame) -> Iterator[Offer]:
    """What the people's congress asks about the project, once it is public."""
    if frame.project is None:
        return
    asked = Inquiry.objects.visible_to(VISITOR).filter(
        project=frame.project, stage=InquiryStage.OPEN
    )
    for inquiry in asked.with_facts():
        yield Offer(about=inquiry.thing().name, title=inquiry.title, kind=Said("人大的询问和意见"))


def unanswered_voices(frame: Frame) -> Iterator[Offer]:
    """What somebody asks about the project and nobody has answered.

    It is called by its number: its own words stay where they may be hidden or withdrawn.
    """
    if frame.project is None:
        return
    voices = Voice.objects.visible_to(VISITOR).filter(
        project=frame.project, stage__in=[VoiceStage.RECEIVED, VoiceStage.ASKED]
    )
    for voice in voices.with_facts().order_by("due_on", "pk"):
        title = f"{voice.fiscal_year} №{voice.number}"
        yield Offer(about=voice.thing().name, title=title, kind=Said("等待答复的意见"))


def open_talks(frame: Frame) -> Iterator[Offer]:
    """Questions about the project to which statements are still collected."""
    if frame.project is None:
        return
    topics = Topic.objects.visible_to(VISITOR).filter(project=frame.project, stage="open")
    for topic in topics.with_facts():
        yield Offer(about=topic.thing().name, title=topic.question, kind=Said("正在征集的议题"))


# One line for each kind of open matter.
OFFERS: tuple[Callable[[Frame], Iterator[Offer]], ...] = (
    undone_items,
    open_alerts,
    open_inquiries,
    unanswered_voices,
    open_talks,
)
