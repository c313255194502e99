"""The years before the city's year, as the budget office brings them in and they are seen once."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongzhi.city.invented import CityYear
from gongzhi.city.living.attempts import unless_settled
from gongzhi.city.living.beginnings import DRAFTED_ON
from gongzhi.city.living.files import Files
from gongzhi.city.living.happenings import Happening, When
from gongzhi.core.facts import Fact
from gongzhi.cycle.actions.watching import watch_projects


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """The treasury's archive, brought in once the projects that it is about are there.

    A demo of an earlier version, whose year began without it, goes on without it.
    """

    city: CityYear
    files: Files

    def happenings(self) -> Iterator[Happening]:
        """A file of each kind, then each year is seen as it ended, the earliest first."""
        years = [past for of_year in self.city.earlier.values() for _, past in of_year]
        files: tuple[tuple[str, str, list[Fact]], ...] = (
            ("budget", "历年预算", [row for past in years for row in past.budget]),
            ("contract", "历年政府采购合同", [row for past in years for row in past.contracts]),
            ("payment", "历年支付", [row for past in years for row in past.payments]),
        )
        for kind, name, facts in files:
            do = partial(unless_settled, partial(self.files.bring, kind, name, facts))
            yield Happening(on=DRAFTED_ON, when=When.FILES, do=do)
        for year in self.city.earlier:
            yield Happening(on=DRAFTED_ON, when=When.NIGHT, do=partial(watch_projects, year=year))
