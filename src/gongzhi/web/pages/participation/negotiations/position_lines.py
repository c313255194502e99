"""What a side states, line by line, as its page says it to a reader."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.fen import grouped
from gongzhi.forum.models import NegotiationPosition
from gongzhi.forum.negotiation_computing import Bounds, bounds_for, own_bounds, terms_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line: what it is, and what is stated."""

    name: str
    told: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPosition:
    """A position in lines; bounds apart, with who sees them, where the reader is one of those."""

    row: NegotiationPosition
    lines: Sequence[Line]
    bounds: Sequence[Line]
    seen_by: str


def shown_position(row: NegotiationPosition, *, reader: Member, is_mine: bool) -> ShownPosition:
    """A position as its reader sees it."""
    bounds = own_bounds(row) if is_mine else bounds_for(row, reader=reader)
    if not is_mine:
        seen_by = _("这一方只让主持人看到")
    elif terms_of(row).tells_mediator:
        seen_by = _("只有本方和主持人看得到")
    else:
        seen_by = _("只有本方看得到")
    return ShownPosition(
        row=row,
        lines=tuple(_lines(row)),
        bounds=tuple(_bounds(bounds, unit=_unit(row))),
        seen_by=seen_by,
    )


def _lines(row: NegotiationPosition) -> Iterator[Line]:
    terms = terms_of(row)
    for name, amounts, unit in (
        (_("各方案对它值"), row.worth, _unit(row)),
        (_("依法或评估至少应得"), terms.floors, _("元")),
        (_("方案答应补偿"), terms.offered, _("元")),
    ):
        if amounts:
            yield Line(name=name, told=f"{_by_code(amounts)} {unit}")
    if row.points:
        yield Line(name=_("看重"), told=_named(row.points))
    if terms.judgements:
        pairs = [f"{first} : {second} = {times}" for first, second, times in terms.judgements]
        yield Line(name=_("两两比较"), told=_("；").join(pairs))
    if row.scores:
        scored = [f"{code} {_named(scores)}" for code, scores in sorted(row.scores.items())]
        yield Line(name=_("打分"), told=_("；").join(scored))
    if row.accepts:
        yield Line(name=_("可以接受"), told=_("、").join(row.accepts))
    if terms.alike:
        yield Line(name=_("同等对待"), told=f"{terms.alike} {terms.size.normalize():f}")
    if row.evidence:
        yield Line(name=_("依据的材料"), told=row.evidence)


def _bounds(bounds: Bounds, *, unit: str) -> Iterator[Line]:
    for name, amount, counted_in in (
        (_("达不成协议时能得到"), bounds.limit, unit),
        (_("最多付出"), bounds.pays_most, _("元")),
        (_("最多接受"), bounds.gets_most, _("元")),
    ):
        if amount is not None:
            yield Line(name=name, told=f"{grouped(amount)} {counted_in}")


def _unit(row: NegotiationPosition) -> str:
    return _("元") if row.measure == "money" else _("分")


def _by_code(amounts: Mapping[str, str]) -> str:
    return _("；").join(f"{code} {grouped(Decimal(each))}" for code, each in amounts.items())


def _named(told: Mapping[str, str]) -> str:
    return _("、").join(f"{name} {each}" for name, each in told.items())
