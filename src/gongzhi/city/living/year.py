"""The lived year: everything up to a day, done once, however often one asks."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from django.db import transaction

from gongzhi.city.invented import CityYear, the_year
from gongzhi.city.invented.calendar import LIVES_UNTIL
from gongzhi.city.living.asking import Congress
from gongzhi.city.living.attempts import unless_settled
from gongzhi.city.living.beginnings import DRAFTED_ON, PACK, Beginning
from gongzhi.city.living.carrying import Carrying
from gongzhi.city.living.consulting import Consulting
from gongzhi.city.living.deciding import Deciding
from gongzhi.city.living.disclosing import Disclosing
from gongzhi.city.living.earlier import Earlier
from gongzhi.city.living.files import Files
from gongzhi.city.living.happenings import Happening, When, in_order
from gongzhi.city.living.hearing import Hearing
from gongzhi.city.living.judging import Judging
from gongzhi.city.living.meeting import Meetings
from gongzhi.city.living.months import Months
from gongzhi.city.living.negotiating import Negotiating
from gongzhi.city.living.next_year import NextYearsBudget
from gongzhi.city.living.own_evaluations import OwnEvaluating
from gongzhi.city.living.people import settle_in
from gongzhi.city.living.remarking import Remarking
from gongzhi.city.living.reporting import Reporting
from gongzhi.city.living.righting import PuttingRight
from gongzhi.city.living.sitting import Panels
from gongzhi.city.living.speaking import Voices
from gongzhi.city.living.surveying import Surveying
from gongzhi.city.living.tabling import Tabling
from gongzhi.city.living.talking import Talking
from gongzhi.city.living.trading import Trading
from gongzhi.city.living.turns import Turns
from gongzhi.city.living.voting import Voting
from gongzhi.core.monitoring.figures import end_of
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.cycle.models import Aim
from gongzhi.cycle.tasks import follow_up, watch_what_changed
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.asked_once import asked_once
from gongzhi.parties.business_date import business_date
from gongzhi.rules.packs.monitoring import load_monitoring

FIRST = DRAFTED_ON - timedelta(days=1)
NIGHTS = 7  # all projects are seen anew once in so many days


def live_until(
    day: date,
    *,
    city: CityYear | None = None,
    beside: Iterable[Happening] = (),
    after: date | None = None,
) -> None:
    """Do what the year holds up to the end of a day; what was done before isn't done again.

    `beside` is what else happens on the way. Each day is done whole or not at all. Who goes on to
    several days hands in the year, which takes most of a second to invent. `after` is the day that
    was done last where the date has gone on without the year: what was missed is done at once.
    """
    done = (after or business_date()) if Aim.objects.exists() else FIRST
    if day <= done:
        return
    with asked_once():
        due = _held(city or the_year(), done=done, day=day)
        live_through([*due, *beside])
        if day > business_date():
            move_business_date(to=day)


def live_through(happenings: Iterable[Happening]) -> None:
    """Do what happens, in its order and each on its day, which is done whole or not at all."""
    for on, of_day in groupby(in_order(happenings), key=lambda each: each.on):
        with transaction.atomic():
            if on > business_date():
                move_business_date(to=on)
            for each in of_day:
                each.do()


def _held(city: CityYear, *, done: date, day: date) -> list[Happening]:
    """What the year holds after a day that is done, up to the end of another."""
    people = settle_in(city, on=FIRST)
    files = Files(people=people)
    turns = Turns(city=city, people=people)
    happenings = [
        *Beginning(city=city, people=people, files=files).happenings(),
        *Earlier(city=city, files=files).happenings(),
        *Months(city=city, people=people, files=files).happenings(),
        *Tabling(people=people).happenings(),
        *turns.happenings(),
        *OwnEvaluating(city=city, people=people).happenings(),
        *Judging(city=city, people=people).happenings(),
        *Reporting(city=city, people=people).happenings(),
        *Hearing(city=city, people=people).happenings(),
        *Congress(city=city, people=people).happenings(),
        *Meetings(city=city, people=people).happenings(),
        *Consulting(city=city, people=people).happenings(),
        *Trading(people=people).happenings(),
        *Carrying(people=people).happenings(),
        *Negotiating(people=people).happenings(),
        *Voting(people=people).happenings(),
        *Talking(people=people).happenings(),
        *Remarking(people=people).happenings(),
        *Voices(city=city, people=people).happenings(),
        *Surveying(people=people).happenings(),
        *Panels(people=people).happenings(),
        *Deciding(city=city, people=people).happenings(),
        *PuttingRight(city=city, people=people).happenings(),
        *NextYearsBudget(city=city, people=people, files=files).happenings(),
        *Disclosing(city=city, people=people).happenings(),
        *_nights(city, turns, until=day),
    ]
    return [each for each in happenings if done < each.on <= day]


def _nights(city: CityYear, turns: Turns, *, until: date) -> Iterator[Happening]:
    """When projects are seen anew and alerts opened, and what is usually done about them.

    That is each week and at the end of a month, once a round is over: before that nothing follows
    from what is seen. And it is on the last day on the way. Once the year is over only its last
    alerts are followed, each week; projects are seen anew at the end of a month.
    """
    first, weeks = date(city.year, 2, 1), (LIVES_UNTIL - date(city.year, 2, 1)).days
    ends = {end_of(city.year, month) for month in range(1, MONTHS + 1)}
    ends |= {end_of(city.year + 1, month) for month in range(1, LIVES_UNTIL.month + 1)}
    days = ends | {first + timedelta(days=each) for each in range(0, weeks, NIGHTS)}
    round_over = end_of(city.year, min(load_monitoring(PACK).clocks.rounds))
    for day in sorted({day for day in days if day >= round_over} | {until}):
        if day.year == city.year or day in ends | {until}:
            yield Happening(on=day, when=When.NIGHT, do=partial(unless_settled, _see_all))
        yield Happening(on=day, when=When.NIGHT, do=partial(unless_settled, _follow_up))
        yield Happening(on=day, when=When.STEPS, do=partial(turns.usual, day))


def _see_all() -> None:
    watch_what_changed(business_date())


def _follow_up() -> None:
    follow_up(business_date())
