"""Whether a number that was kept is what its rows come to now; if not, which rows came since."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from gongzhi.core.figure import Figure, Unit
from gongzhi.core.terms import Said
from gongzhi.cycle.auditing import is_as_approved
from gongzhi.cycle.models import Delivery, GoalVersion
from gongzhi.cycle.recomputing import Newer
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed
from gongzhi.web.pages.figures.answer import (
    CHANGED,
    HOLDS,
    UNKNOWN,
    WRONG,
    Check,
    ShownPart,
    in_words,
    text_of,
)
from gongzhi.web.places import place_of

# Shares are kept to six places, estimates are told to a tenth of a point.
CLOSE = Decimal("0.000002")
SLACK = {Unit.MONEY: Decimal(0), Unit.NUMBER: Decimal(0), Unit.SHARE: CLOSE, Unit.GAP: CLOSE}
EQUAL = Said("刚才按 {day} 的规则从原始数据重新计算，得数相同")
EQUAL_STILL = Said("刚才按 {day} 的规则从原始数据重新计算，得数相同；此后来的数据没有改变它")
MOVED = Said("{day} 以后又来了数据，现在重新计算得 {now}")
ALTERED = Said("现在重新计算得 {now}，与保存的数不符，而此后没有新的数据：请核对存证")
NO_NUMBER = Said("没有这个数：还没有预算、计划或者读数")
NOT_KEPT = Said("这一天的数没有保存：是刚才从现有的数据按 {day} 的规则算出的")


AS_APPROVED = Said("和批复时存证的绩效目标相同")
NOT_AS_APPROVED = Said("和批复时存证的绩效目标不同：被改动过，请核对存证")
UNSEALED = Said("没有找到批复它的存证")


def promised(version: GoalVersion, deeds: Iterable[Deed]) -> Check:
    """Whether goals still say what their approval sealed."""
    is_same = is_as_approved(version, deeds)
    if is_same is None:
        return Check(state=UNKNOWN, said=UNSEALED)
    if is_same:
        return Check(state=HOLDS, said=AS_APPROVED)
    return Check(state=WRONG, said=NOT_AS_APPROVED)


def is_close(first: Decimal, second: Decimal, *, unit: Unit) -> bool:
    """Whether two numbers are the same, as far as one is kept."""
    return abs(first - second) <= SLACK[unit]


def checked(
    figure: Figure, kept: Decimal | None, *, on: date, since: tuple[ShownPart, ...]
) -> Check:
    """What making the number again has shown."""
    day = on.isoformat()
    if kept is None and figure.value is None:
        return Check(state=UNKNOWN, said=NO_NUMBER)
    if kept is None:
        return Check(state=UNKNOWN, said=Said(NOT_KEPT.text, {"day": day}))
    if figure.value is not None and is_close(figure.value, kept, unit=figure.unit):
        said = EQUAL_STILL if since else EQUAL
        return Check(state=HOLDS, said=Said(said.text, {"day": day}), since=since)
    now = text_of(figure.value, figure.unit)
    said = Said((MOVED if since else ALTERED).text, {"day": day, "now": now})
    return Check(state=CHANGED if since else WRONG, said=said, since=since)


def shown_since(request: MemberRequest, newer: Iterable[Newer]) -> tuple[ShownPart, ...]:
    """The rows that came since, by kind; those of a file that the reader may read lead to it."""
    found = list(newer)
    wanted = {each.delivery for each in found if each.delivery}
    files = Delivery.objects.visible_to(request.member).in_bulk(wanted)
    shown = []
    for each in found:
        file = files.get(each.delivery) if each.delivery else None
        place = place_of(file) if file else None
        name = in_words(each.kind)
        shown.append(
            ShownPart(
                name=f"{name} · {place.name}" if place else name,
                text=f"{each.count:,}",
                address=place.address if place else "",
            )
        )
    return tuple(shown)
