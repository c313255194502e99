"""Jobs that join rooms: reminding people of what waits for them in any room."""

from collections.abc import Iterator

from procrastinate.contrib.django import app

from gongzhi.core.waiting import Urgency
from gongzhi.desk.actions import notices
from gongzhi.desk.models import Notice
from gongzhi.desk.telling import reminder_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import member_in
from gongzhi.parties.models import Office
from gongzhi.web.waiting import waiting_items

TOLD = (Urgency.SOON, Urgency.OVERDUE)


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="remind_members")
def remind_members(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every hour: tell whoever may do it of what is due soon or overdue, once for each stage."""
    notices.remind_members(reminders=reminders())


def reminders() -> Iterator[Notice]:
    """What is due soon or overdue, for whoever holds each office."""
    today = business_date()
    for office in Office.objects.held(on=today).with_facts():
        member = member_in(office)
        for item in waiting_items(member, today=today):
            if item.mine and item.clock.urgency in TOLD:
                urgency = item.clock.urgency
                yield reminder_of(item.waiting, to=member, urgency=urgency, on=today)
