"""What waits about panels: to close, draw and answer them; for the drawn, their seat."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.forum.models import Panel, PanelOpinion, PanelVolunteer
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room

CLOSE = Said("截止报名，公布抽选")
DRAW = Said("抽选代表")
ANSWER = Said("答复代表的第 {number} 条意见")
RELEASE = Said("逾期未确认的代表由候补递补")
TAKE = Said("您被抽中当代表，请确认是否出任")


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What the member's organisation has to do with its panels, or the member with a seat."""
    if member.organisation is None:
        if member.person is not None:
            seats = PanelVolunteer.objects.visible_to(member).with_facts()
            mine = seats.filter(person=member.person, stage="offered")
            yield _told(mine.exclude(panel__stage=Panel.Stage.CALLED_OFF), _seat)
        return
    panels = Panel.objects.visible_to(member).with_facts().filter(convener=member.organisation)
    yield _told(panels.filter(stage=Panel.Stage.VOLUNTEERING, until__lt=today), _closing)
    yield _told(panels.filter(stage=Panel.Stage.POOLED, lottery__isnull=False), _drawing)
    opinions = PanelOpinion.objects.visible_to(member).with_facts()
    own = opinions.filter(panel__convener=member.organisation)
    yield _told(own.filter(stage=PanelOpinion.Stage.RECEIVED), _opinion)
    seats = PanelVolunteer.objects.visible_to(member).with_facts()
    offered = seats.filter(panel__convener=member.organisation, stage="offered")
    late = offered.exclude(panel__stage=Panel.Stage.CALLED_OFF).filter(due_on__lt=today)
    yield _told(late, _late_seat)


def _told(rows: QuerySet[Any], as_waiting: Any) -> Queue:
    return Queue.of(as_waiting, rows)


def _closing(panel: Panel) -> Waiting:
    return Waiting(
        verb="close_volunteering",
        thing=panel.thing(),
        said=CLOSE,
        title=str(panel),
        organisation=str(panel.convener_id),
        opened_on=panel.until,
        due_on=panel.meets_on,
        clause=clause_of("close_volunteering"),
    )


def _drawing(panel: Panel) -> Waiting:
    return Waiting(
        verb="hold_panel_draw",
        thing=panel.thing(),
        said=DRAW,
        title=str(panel),
        organisation=str(panel.convener_id),
        opened_on=panel.lottery.closed_on,
        due_on=panel.meets_on,
        clause=clause_of("hold_panel_draw"),
    )


def _opinion(opinion: PanelOpinion) -> Waiting:
    return Waiting(
        verb="answer_panel_opinion",
        thing=opinion.thing(),
        said=Said(ANSWER.text, {"number": opinion.number}),
        title=str(opinion.panel),
        organisation=str(opinion.panel.convener_id),
        opened_on=opinion.submitted_on,
        due_on=opinion.due_on,
        clause=clause_of("answer_panel_opinion"),
    )


def _late_seat(volunteer: PanelVolunteer) -> Waiting:
    assert volunteer.due_on is not None, "an offered seat has its day"
    return Waiting(
        verb="release_panel_seat",
        thing=volunteer.thing(),
        said=RELEASE,
        title=str(volunteer),
        organisation=str(volunteer.panel.convener_id),
        opened_on=volunteer.due_on,
        clause=clause_of("release_panel_seat"),
    )


def _seat(volunteer: PanelVolunteer) -> Waiting:
    return Waiting(
        verb="accept_panel_seat",
        thing=volunteer.thing(),
        said=TAKE,
        title=str(volunteer.panel),
        person=str(volunteer.person_id),
        opened_on=volunteer.panel.lottery.drawn_on or volunteer.panel.announced_on,
        due_on=volunteer.due_on,
        clause=clause_of("accept_panel_seat"),
    )
