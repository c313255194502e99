"""Jobs of the forum; twice is like once."""

from procrastinate.contrib.django import app

from gongzhi.forum.actions.answers import note_changes as note_what_changed
from gongzhi.forum.actions.remarks import shuffle_remarks
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
