"""What a pack must not contradict in itself."""

from decimal import Decimal

from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.scoring.pack import Pack
from gongzhi.rules.entry import Entry

NOTHING, WHOLE = Decimal(0), Decimal(1)


def refuse_incoherent(top: Entry, pack: Pack) -> None:
    """Raise BadRules at the first contradiction."""
    _dates(top, pack)
    _weights(top, pack)
    _names(top, pack)
    _bands(top, pack)
    _grades(top, pack)
    _sources(top, pack)


def _dates(top: Entry, pack: Pack) -> None:
    if pack.in_force_until is not None and pack.in_force_until < pack.in_force_from:
        raise top.fail("in_force_until", "{key} 早于 in_force_from")


def _weights(top: Entry, pack: Pack) -> None:
    """Fixed weights add up to full marks; where some are free, they stay below."""
    fixed = [heading.weight for heading in pack.tree if heading.weight is not None]
    total = sum(fixed, start=pack.execution.weight)
    full = pack.limits.full_marks
    if total > full or (len(fixed) == len(pack.tree) and total != full):
        raise top.fail(
            "level1",
            "执行率与一级指标的权重合计 {total}，应为 {full}",
            {"total": total, "full": full},
        )


def _names(top: Entry, pack: Pack) -> None:
    names = [name for heading in pack.tree for name in (heading.name, *heading.also)]
    for entry, heading in zip(top.tables("level1"), pack.tree, strict=True):
        for name in (heading.name, *heading.also):
            if names.count(name) > 1:
                raise entry.fail("name", "一级指标“{name}”出现两次", {"name": name})


def _bands(top: Entry, pack: Pack) -> None:
    """Each degree once, from the whole down to nothing without gap or overlap."""
    if [band.degree for band in pack.bands] != list(Degree):
        raise top.fail("band", "三档应依次为 full、part、none")
    upper = WHOLE
    for entry, band in zip(top.tables("band"), pack.bands, strict=True):
        if band.high != upper:
            raise entry.fail("high", "{key} 应接上一档，为 {upper}", {"upper": upper})
        upper = band.low
    if upper != NOTHING:
        raise top.fail("band", "最低一档应到 0")


def _grades(top: Entry, pack: Pack) -> None:
    names = [grade.name for grade in pack.grades]
    above: Decimal | None = None
    for entry, grade in zip(top.tables("grade"), pack.grades, strict=True):
        if names.count(grade.name) > 1:
            raise entry.fail("name", "等级“{name}”出现两次", {"name": grade.name})
        if above is not None and grade.least >= above:
            raise entry.fail("least", "{key} 应低于上一等级")
        above = grade.least
    if above != NOTHING:
        raise top.fail("grade", "最低的等级应从 0 分起")


def _sources(top: Entry, pack: Pack) -> None:
    if pack.verified and not pack.cited["weights"].verified:
        raise top.fail("verified", "权重没有核对过，{key} 不能为 true")
