"""Jobs that join rooms: reminding people of what waits for them in any room."""

from collections.abc import Iterator
from contextlib import suppress

from procrastinate.contrib.django import app

from gongzhi.core.waiting import Urgency
from gongzhi.desk.actions import exports, notices
from gongzhi.desk.models import Notice
from gongzhi.desk.telling import reminder_of
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.members import member_in
from gongzhi.parties.models import Office
from gongzhi.web.papers_at_once import packed_papers
from gongzhi.web.waiting import waiting_items

TOLD = (Urgency.SOON, Urgency.OVERDUE)


@app.periodic(cron="7 * * * *")
@app.task(queueing_lock="remind_members")
def remind_members(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every hour: tell whoever may do it of what is due soon or overdue, once for each stage."""
    notices.remind_members(reminders=reminders())


@app.task(name=exports.PAPERS_JOB)
def make_papers(export: str) -> None:
    """Write many papers, with the rights that whoever asked for them has now."""
    found = exports.to_make(export)
    if found is None:
        return
    with suppress(Refused):  # which stands in the access log
        exports.make_export(export=found, papers=packed_papers(found))


def reminders() -> Iterator[Notice]:
    """What is due soon or overdue, for whoever holds each office."""
    today = business_date()
    for office in Office.objects.held(on=today).with_facts():
        member = member_in(office)
        for item in waiting_items(member, today=today):
            if item.mine and item.clock.urgency in TOLD:
                urgency = item.clock.urgency
                yield reminder_of(item.waiting, to=member, urgency=urgency, on=today)
