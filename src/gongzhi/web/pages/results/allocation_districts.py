"""Next year's money between districts: which one a unit is in, how even it is by heads.

A district is the division just below the one that holds all units that wait. What is done by units
of the whole is for everybody: it is counted to no district, and said by itself.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gongzhi.core.balance.allocation import Allocation
from gongzhi.core.balance.equity import Equity, Share, equity_of
from gongzhi.core.charter import Member
from gongzhi.core.fen import grouped
from gongzhi.core.terms import Money, Said
from gongzhi.parties.models import Region
from gongzhi.web.shown import Cell, Column, Table

WHOLE = ""  # the district of units that serve all of them
NOT_COUNTED = Said("全境单位的 {count} 个项目、{amount} 元惠及所有地区，不算到哪一个地区头上", {})


@dataclass(frozen=True, slots=True, kw_only=True)
class District:
    """A division that has projects of its own: its name, and its people where they are told."""

    name: str
    people: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evenness:
    """How even the districts' money is by heads, before and after; and what isn't counted."""

    before: Equity
    after: Equity
    uncounted: Said | None

    @property
    def table(self) -> Table:
        """Each district's people, its money and its money per head, this year and next."""
        was = {each.share.name: each for each in self.before.places}
        heads = (
            _("人口"),
            _("今年（元）"),
            _("下年（元）"),
            _("今年人均（元）"),
            _("下年人均（元）"),
        )
        return Table(
            caption=_("各地区分到的钱，算到每个人"),
            columns=(
                Column(name=_("地区")),
                *(Column(name=name, numeric=True) for name in (*heads, _("人均相差（元）"))),
            ),
            rows=tuple(
                (
                    Cell(text=each.share.name),
                    *(
                        Cell(text=text, numeric=True)
                        for text in (
                            f"{each.share.heads:,.0f}",
                            grouped(was[each.share.name].share.amount),
                            grouped(each.share.amount),
                            f"{was[each.share.name].per_head:,.2f}",
                            f"{each.per_head:,.2f}",
                            f"{each.per_head - was[each.share.name].per_head:+,.2f}",
                        )
                    ),
                )
                for each in self.after.places
            ),
        )


def districts_of(regions: Iterable[Region]) -> Mapping[str, str]:
    """The key of the district that each region lies in, or WHOLE, by the region's own key."""
    lines = {str(each.pk): tuple(reversed(each.line())) for each in regions}
    shortest = min(map(len, lines.values()), default=0)
    shared = 0
    while shared < shortest and len({line[shared] for line in lines.values()}) == 1:
        shared += 1
    return {
        key: line[shared] if len(line) > shared else WHOLE for key, line in lines.items()
    }  # fmt: skip


def districts_named(keys: Iterable[str], *, reader: Member) -> Mapping[str, District]:
    """Names and people of districts, by key, in the order of their codes."""
    known = Region.objects.visible_to(reader).filter(pk__in=[key for key in keys if key])
    rows = list(known.order_by("code"))
    often = Counter(row.name for row in rows)
    return {
        str(row.pk): District(
            name=row.name if often[row.name] == 1 else f"{row.name}（{row.code}）",
            people=row.people,
        )
        for row in rows
    }


def evenness_of(found: Allocation, heads: Mapping[str, int]) -> Evenness | None:
    """Between districts with these heads; None where there is nothing to compare."""
    if len(heads) < 2:
        return None
    rows = found.granted
    before = _equity(((each.request.region, each.request.base) for each in rows), heads)
    after = _equity(((each.request.region, each.amount) for each in rows), heads)
    if isinstance(before, Said) or isinstance(after, Said):
        return None
    rest = [each.amount for each in rows if each.request.region not in heads]
    amount = sum(rest, start=Money(0))
    told = Said(NOT_COUNTED.text, {"count": len(rest), "amount": grouped(amount)})
    return Evenness(before=before, after=after, uncounted=told if rest else None)


def _equity(amounts: Iterable[tuple[str, Money]], heads: Mapping[str, int]) -> Equity | Said:
    sums = dict.fromkeys(heads, Money(0))
    for name, amount in amounts:
        if name in sums:
            sums[name] += amount
    return equity_of(
        [
            Share(name=name, amount=float(sums[name]), heads=float(number))
            for name, number in heads.items()
        ]
    )
