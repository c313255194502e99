"""The whole fiscal year of 云河市, from chance that is handed in: same chance, same year."""

from collections.abc import Iterable, Iterator
from datetime import date
from hashlib import sha256
from random import Random

from gongzhi.city.invented.calendar import YEAR, calls
from gongzhi.city.invented.catalogue import load_aims, load_bodies, load_seats
from gongzhi.city.invented.earlier import with_earlier
from gongzhi.city.invented.following import submitted_on
from gongzhi.city.invented.projects import drafts, venture_of
from gongzhi.city.invented.slips import with_slips
from gongzhi.city.invented.telling import tell
from gongzhi.city.invented.values import CityYear, Submission
from gongzhi.core.monitoring.plan import MONTHS

SEED = 2026


def the_year() -> CityYear:
    """The demo's year."""
    return invent(Random(SEED))  # noqa: S311 - a story, no secret


def invent(chance: Random) -> CityYear:
    """A year of the city."""
    submitted = _submitted(chance)
    ventures = tuple(
        with_earlier(
            venture_of(draft, submitted=submitted, chance=Random(chance.getrandbits(64))),  # noqa: S311
            season=draft.season,
        )
        for draft in list(drafts(chance=chance))
    )
    stories, told = tell(submitted=submitted, chance=chance)
    return CityYear(
        year=YEAR,
        bodies=load_bodies(),
        aims=load_aims(),
        seats=load_seats(),
        calls=calls(),
        submissions=tuple(_submissions(submitted)),
        ventures=(*told, *with_slips(ventures, chance=chance)),
        stories=stories,
    )


def digest(city: CityYear) -> str:
    """A fingerprint of everything in a year, to compare two by."""
    told = sha256()
    for part in _parts(city):
        told.update(repr(part).encode())
    return told.hexdigest()


def _parts(city: CityYear) -> Iterable[object]:
    yield from (city.bodies, city.aims, city.seats, city.calls, city.submissions, city.stories)
    yield from city.ventures


def _submitted(chance: Random) -> dict[str, dict[int, date]]:
    """When each unit hands in the readings of each month."""
    return {
        body.code: submitted_on(range(1, MONTHS + 1), after=body.reports_after, chance=chance)
        for body in load_bodies()
        if body.functional
    }


def _submissions(submitted: dict[str, dict[int, date]]) -> Iterator[Submission]:
    for unit, months in submitted.items():
        for month, day in months.items():
            yield Submission(unit=unit, month=month, submitted_on=day)
