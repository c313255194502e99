"""What waits about posts: reports to look into, and appeals to decide."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Waiting
from gongzhi.forum.models import Hiding, PostReport
from gongzhi.parties.clocks import clause_of
from gongzhi.parties.rooms import Queue, Room

DECIDE = Said("决定对不予显示的申诉")
LOOK_INTO = Said("核查被举报的发言：不予显示，或者继续显示")


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:  # noqa: ARG001 - as rooms do
    """What the member's organisation looks after: appeals that run, posts that were reported."""
    if member.organisation is None:
        return
    own = UUID(member.organisation)
    appealed = Hiding.objects.visible_to(member).filter(owner=own, stage=Hiding.Stage.APPEALED)
    yield Queue.of(_to_decide, appealed.with_facts().select_related("appeal"))
    reported = PostReport.objects.visible_to(member).filter(owner=own, stage="open")
    yield Queue(lambda: _to_look_into(reported.with_facts()), reported)


def _to_decide(hiding: Hiding) -> Waiting:
    return Waiting(
        verb="decide_appeal",
        thing=hiding.thing(),
        said=DECIDE,
        title=str(hiding.hidden_on),
        organisation=str(hiding.owner_id),
        opened_on=hiding.appeal.appealed_on,
        due_on=hiding.appeal.due_on,
        clause=clause_of("decide_appeal"),
    )


def _to_look_into(reports: QuerySet[Any]) -> Iterator[Waiting]:
    """One for each post: the first report of it."""
    first: dict[str, PostReport] = {}
    for report in reports.order_by("pk"):
        first.setdefault(report.post, report)
    for report in first.values():
        yield Waiting(
            verb="keep_post",
            thing=report.thing(),
            said=LOOK_INTO,
            title=str(report.reported_on),
            organisation=str(report.owner_id),
            opened_on=report.reported_on,
            due_on=None,
            clause="5.17",
        )
