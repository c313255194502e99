"""The bar above every page of a demo: which day it is, whom one is, how to become another."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from gongzhi.city.cast import Sitting, sittings
from gongzhi.city.own_files import is_trial
from gongzhi.city.pages.days import Way, last_day, way_now
from gongzhi.city.pages.tours import Strip, strip
from gongzhi.parties.business_date import business_date
from gongzhi.parties.sign_in import may_switch


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """What the bar shows; nobody to become for a browser that isn't on this machine.

    own_files: it is no city's year, but somebody's own files.
    """

    today: date
    last: date
    way: Way | None
    cast: tuple[Sitting, ...]
    own_files: bool
    tour: Strip | None


def bar(request: HttpRequest) -> Mapping[str, object]:
    """Context of every page of a demo: the bar, asked for once, where it is shown."""

    def shown() -> Bar:
        today = business_date()
        return Bar(
            today=today,
            last=last_day(today),
            way=way_now(),
            cast=sittings(on=today) if may_switch(request) else (),
            own_files=is_trial(),
            tour=strip(request, today=today),
        )

    return {"demo_bar": SimpleLazyObject(shown)}
