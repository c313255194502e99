"""The demo's job: living on to a day that somebody asked for."""

from contextlib import suppress
from datetime import date
from functools import cache

from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from gongzhi.city.invented import CityYear, the_year
from gongzhi.city.living import live_until
from gongzhi.city.own_files import is_trial
from gongzhi.city.trial import go_on
from gongzhi.trust.sequencing import sequence
from gongzhi.web.tasks import remind_members


@app.task(name="live_until", queueing_lock="live_until", lock="live_until")
def live_until_day(*, day: str, since: str = "") -> None:  # noqa: ARG001 - shown on the way
    """Let the demo's year go on to the end of a day; since is where it was when somebody asked.

    People are reminded of what is due by that day, as they would be within the hour.
    """
    wanted = date.fromisoformat(day)
    if is_trial():
        go_on(wanted)
    else:
        live_until(wanted, city=invented_once())
    while sequence():
        pass
    with suppress(AlreadyEnqueued):  # it looks at the day when it runs
        remind_members.configure().defer(timestamp=0)


@cache
def invented_once() -> CityYear:
    """The year, which takes a second to invent, for as long as this worker runs."""
    return the_year()
