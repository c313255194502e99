"""How units disclose their year: one gathers, another examines each piece and publishes."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from gongzhi.city.invented import CityYear
from gongzhi.city.invented.disclosed import Disclosed, load_disclosed
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.disclosure.stages import PackStage, Verdict
from gongzhi.cycle.actions.disclosures import Decision, draft_pack, publish_pack, review_pack
from gongzhi.cycle.models import DisclosurePack


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosing:
    """The disclosures of the year, for those who gather, examine and publish them."""

    city: CityYear
    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each in three steps, as far as nobody did otherwise by hand."""
        for each in load_disclosed().of(self.city):
            yield decided_on(each.drafted_on, partial(self._draft, each))
            yield decided_on(each.reviewed_on, partial(self._review, each))
            yield decided_on(each.published_on, partial(self._publish, each))

    def _draft(self, each: Disclosed) -> None:
        draft_pack(
            by=self.people.member(each.unit, "officer"),
            organisation=self.people.organisations[each.unit],
            fiscal_year=self.city.year,
            occasion=each.occasion,
            because=each.because,
        )

    def _review(self, each: Disclosed) -> None:
        told, pack = load_disclosed(), self._pack(each, PackStage.DRAFT)
        cleared = Decision(verdict=Verdict.CLEARED, reason=told.cleared)
        review_pack(
            by=self.people.member(each.unit, "reviewer"),
            pack=pack,
            decisions=dict.fromkeys(pack.pieces.values_list("pk", flat=True), cleared),
            checked=True,
            review=told.review,
        )

    def _publish(self, each: Disclosed) -> None:
        pack = self._pack(each, PackStage.REVIEWED)
        publish_pack(by=self.people.member(each.unit, "reviewer"), pack=pack)

    def _pack(self, each: Disclosed, stage: PackStage) -> DisclosurePack:
        """The unit's pack that waits for this step; raises DoesNotExist where there is none."""
        found: DisclosurePack = DisclosurePack.objects.with_facts().get(
            organisation__code=each.unit,
            fiscal_year=self.city.year,
            occasion=each.occasion,
            stage=stage,
        )
        return found
