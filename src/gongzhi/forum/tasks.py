"""Jobs of the forum, by the business date; twice is like once."""

from procrastinate.contrib.django import app

from gongzhi.core.charter import SYSTEM
from gongzhi.forum.actions.answers import note_changes as note_what_changed
from gongzhi.forum.actions.meetings import plan_next
from gongzhi.forum.actions.remarks import shuffle_remarks
from gongzhi.forum.models import Meeting, MeetingSeries
from gongzhi.parties.business_date import business_date


@app.periodic(cron="13 * * * *")
@app.task(name="gongzhi.forum.tasks.shuffle_remarks", queueing_lock="shuffle_remarks")
def shuffle_rows_of_remarks(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every hour: put rows of anonymous remarks of days that are over into an order of chance."""
    shuffle_remarks(until=business_date())


@app.periodic(cron="*/5 * * * *")
@app.task(queueing_lock="note_changes", lock="note_changes")
def note_changes(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every five minutes: note what approved or returned goals did to what voices changed."""
    note_what_changed()


@app.periodic(cron="20 6 * * *")
@app.task(queueing_lock="plan_next_meetings", lock="plan_next_meetings")
def plan_next_meetings(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every morning: plan the next meeting of each series that has none."""
    plan_due_meetings()


def plan_due_meetings() -> list[Meeting]:
    """Plan the meetings that are due to be planned, as the system, by the rules of their series."""
    today = business_date()
    running = MeetingSeries.objects.filter(stage="running").with_facts()
    planned = (plan_next(series, by=SYSTEM, today=today) for series in running)
    return [meeting for meeting in planned if meeting is not None]
