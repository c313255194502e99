"""Files that the city's systems export, brought in as any installation would."""

from collections.abc import Sequence
from dataclasses import dataclass

from gongzhi.city.living.people import People
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.template import facts_as_csv
from gongzhi.connectors.trying import Wanted, mappings_for
from gongzhi.core.facts import Fact
from gongzhi.core.terms import Problem
from gongzhi.cycle.actions.deliveries import File, collect_facts, straight_from


@dataclass(frozen=True, slots=True, kw_only=True)
class Files:
    """The budget office's hand at the import."""

    people: People

    def bring(self, kind: str, name: str, facts: Sequence[Fact]) -> None:
        """Bring facts of a kind in as a file of that name; none, no file."""
        if not facts:
            return
        content = "".join(facts_as_csv(kind, facts)).encode()
        listing = open_source(f"{name}.csv", content)
        assert not isinstance(listing, Problem), f"{name}: {listing}"
        mappings, _ = mappings_for(listing, Wanted())
        file = File(listing=listing, mappings=mappings)
        by = self.people.budget
        delivery = straight_from(file, by=by, organisation=self.people.bureau)
        collect_facts(by=by, delivery=delivery, file=file)
