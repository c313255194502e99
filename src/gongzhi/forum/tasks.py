"""Jobs of the forum, by the business date; twice is like once."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from gongzhi.core.charter import SYSTEM
from gongzhi.forum.actions import invitations
from gongzhi.forum.actions.answers import note_changes as note_what_changed
from gongzhi.forum.actions.attending import MAILING
from gongzhi.forum.actions.meetings import plan_next
from gongzhi.forum.actions.opinion_maps import draw_due_maps
from gongzhi.forum.actions.panels import SOLVING
from gongzhi.forum.actions.remarks import shuffle_remarks
from gongzhi.forum.actions.surveys import close_survey
from gongzhi.forum.actions.topics import close_topic
from gongzhi.forum.actions.votes import close_vote
from gongzhi.forum.models import Meeting, MeetingSeries, Survey, Topic, Vote
from gongzhi.forum.panel_solving import solve, solve_waiting_panels
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


@app.task(name=SOLVING, lock="solve_panels")
def solve_panel(panel: str) -> None:
    """Solve for the lottery of a pool that was just closed."""
    solve(UUID(panel))


@app.periodic(cron="*/10 * * * *")
@app.task(queueing_lock="solve_panels", lock="solve_panels")
def solve_panels(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every ten minutes: solve for the pools whose own job broke off."""
    solve_waiting_panels()


@app.task(name=MAILING, lock="mail_meeting")
def mail_meeting(meeting: str) -> None:
    """Mail a meeting that was planned, moved or called off, or in which somebody took a seat."""
    invitations.send_invitations(identifier=UUID(meeting))


def plan_due_meetings() -> list[Meeting]:
    """Plan the meetings that are due to be planned, as the system, by the rules of their series."""
    today = business_date()
    running = MeetingSeries.objects.filter(stage="running").with_facts()
    planned = (plan_next(series, by=SYSTEM, today=today) for series in running)
    return [meeting for meeting in planned if meeting is not None]


@app.periodic(cron="25 * * * *")
@app.task(queueing_lock="close_what_is_past", lock="close_what_is_past")
def close_what_is_past(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every hour: end topics, surveys and votes whose last day has passed."""
    close_past()


@app.periodic(cron="*/15 * * * *")
@app.task(queueing_lock="draw_opinion_maps", lock="draw_opinion_maps")
def draw_opinion_maps(timestamp: int) -> None:  # noqa: ARG001 - the schedule's moment
    """Every quarter of an hour: draw the maps of topics where enough is new, publish the last."""
    draw_due_maps()


def close_past() -> int:
    """End what nobody has to add anything to, as the system; returns how many ended.

    A vote takes no ballots after its last day; it is counted once enough keepers gave their keys.
    Each is read anew, as whoever holds it may have ended it meanwhile.
    """
    today = business_date()
    topics = _each_anew(Topic.objects.past(today=today))
    surveys = _each_anew(Survey.objects.past(today=today).complete())
    votes = _each_anew(Vote.objects.past(today=today).unlocked())
    ended: list[object] = [close_topic(by=SYSTEM, topic=topic) for topic in topics]
    ended += [close_survey(by=SYSTEM, survey=survey) for survey in surveys]
    ended += [close_vote(by=SYSTEM, vote=vote) for vote in votes]
    return len(ended)


def _each_anew(rows: Any) -> Iterator[Any]:
    """Each row as it stands when it is its turn, if it is still among them."""
    for number in list(rows.values_list("pk", flat=True)):
        yield from rows.with_facts().filter(pk=number)
