"""What is wrong with a case, so that nothing can be computed: sentences that name the spot."""

from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal

from gongzhi.core.balance.negotiating.case import (
    AMOUNT_MAX,
    CELLS_MAX,
    COSTS_MAX,
    CRITERIA_MAX,
    OPTIONS_MAX,
    ROUNDS_MAX,
    SIDES_MAX,
    Case,
    Measure,
    Side,
)
from gongzhi.core.fen import grouped, is_whole_fen
from gongzhi.core.terms import Said, SaidValues

SCORE_MOST = 100
SIDES_LEAST, OPTIONS_LEAST = 2, 1
SIDES = Said("至少要有 {least} 方，最多 {most} 方；这里有 {count} 方")
OPTIONS = Said("至少要有 {least} 个方案，最多 {most} 个；这里有 {count} 个")
CELLS = Said("各方与方案相乘不超过 {most}；这里是 {count}，请分组协商或者先筛方案")
MANY = Said("{what}最多 {most} 个；这里有 {count} 个")
TWICE = Said("{what}“{code}”写了两次")
UNKNOWN = Said("“{side}”的{what}提到没有的{kind}“{code}”")
NOT_AMOUNT = Said("“{side}”的{what}不是可用的数：{amount}")
NEGATIVE = Said("“{side}”的{what}不能小于零：{amount}")
NOT_FEN = Said("“{side}”的{what}要精确到分：{amount}")
ABOVE_ZERO = Said("“{side}”的{what}要大于零：{amount}")
SCORE = Said("“{side}”的{what}应在 0 至 100 之间：{amount}")
BOUNDS = Said("“{side}”依法至少得 {floor} 元，又写最多得 {most} 元：两者矛盾")
RESIDENT_PAYS = Said("“{side}”是居民，不向别人付款；请删去最多支付")
RESIDENT_BEARS = Said("“{side}”是居民，不分摊“{cost}”")
NO_WORTH = Said("“{side}”没有写任何方案的价值，也没有按指标打分")
CLOSE = Said("共识程度的要求应在 0 与 1 之间：{amount}")
TIMES = Said("“{side}”对“{first}”与“{second}”的比较应是大于零的数")


def faults(case: Case) -> tuple[Said, ...]:
    """All of them; a case without any can be negotiated."""
    found = [*_sizes(case), *_codes(case)]
    for side in case.sides:
        found += _of_side(side, case)
    found += [*_of_rounds(case), *_of_costs(case)]
    if not (case.close_enough.is_finite() and 0 <= case.close_enough <= 1):
        found.append(Said(CLOSE.text, {"amount": str(case.close_enough)}))
    if not _is_amount(case.subsidy) or case.subsidy < 0:
        what = Said("外部补助")
        told: SaidValues = {"side": case.name, "what": what, "amount": str(case.subsidy)}
        found.append(Said(NEGATIVE.text, told))
    return tuple(found)


def _sizes(case: Case) -> Iterator[Said]:
    sides, options = len(case.sides), len(case.options)
    if not SIDES_LEAST <= sides <= SIDES_MAX:
        yield Said(SIDES.text, {"least": SIDES_LEAST, "most": SIDES_MAX, "count": sides})
    if not OPTIONS_LEAST <= options <= OPTIONS_MAX:
        yield Said(OPTIONS.text, {"least": OPTIONS_LEAST, "most": OPTIONS_MAX, "count": options})
    if sides * options > CELLS_MAX:
        yield Said(CELLS.text, {"most": CELLS_MAX, "count": sides * options})
    for what, count, most in (
        (Said("指标"), len(case.criteria), CRITERIA_MAX),
        (Said("协商轮次"), len(case.rounds), ROUNDS_MAX),
        (Said("共同费用"), len(case.costs), COSTS_MAX),
    ):
        if count > most:
            yield Said(MANY.text, {"what": what, "most": most, "count": count})


def _codes(case: Case) -> Iterator[Said]:
    for what, codes in (
        (Said("一方"), [each.code for each in case.sides]),
        (Said("方案"), [each.code for each in case.options]),
        (Said("指标"), [each.code for each in case.criteria]),
    ):
        for code, times in Counter(codes).items():
            if times > 1:
                yield Said(TWICE.text, {"what": what, "code": code})


def _of_side(side: Side, case: Case) -> Iterator[Said]:
    options = {each.code for each in case.options}
    for what, given in (
        (Said("价值"), side.worth),
        (Said("法定补偿"), side.floors),
        (Said("方案补偿"), side.offered),
        (Said("评分"), side.scores),
    ):
        yield from _unknown(side, what, given, known=options, kind=Said("方案"))
    for code in sorted((side.accepts or frozenset()) - options):
        yield _unknown_one(side, Said("可接受的方案"), code, kind=Said("方案"))
    if not side.worth and not side.scores:
        yield Said(NO_WORTH.text, {"side": side.name})
    yield from _amounts(side)
    yield from _payments(side)
    yield from _criteria(side, case)


def _amounts(side: Side) -> Iterator[Said]:
    values = [*((Said("价值"), each) for each in side.worth.values())]
    if side.limit is not None:
        values.append((Said("底线"), side.limit))
    for what, amount in values:
        if not _is_amount(amount):
            yield _told(NOT_AMOUNT, side, what, amount)
        elif side.measure is Measure.MONEY and not is_whole_fen(amount):
            yield _told(NOT_FEN, side, what, amount)
    for what, amount in ((Said("大小"), side.size), (Said("协商权重"), side.weight)):
        if not _is_amount(amount) or amount <= 0:
            yield _told(ABOVE_ZERO, side, what, amount)


def _payments(side: Side) -> Iterator[Said]:
    paid = [
        *((Said("法定补偿"), each) for each in side.floors.values()),
        *((Said("方案补偿"), each) for each in side.offered.values()),
    ]
    if side.pays_most is not None:
        paid.append((Said("最多支付"), side.pays_most))
    if side.gets_most is not None:
        paid.append((Said("最多所得"), side.gets_most))
    for what, amount in paid:
        if not _is_amount(amount):
            yield _told(NOT_AMOUNT, side, what, amount)
        elif amount < 0:
            yield _told(NEGATIVE, side, what, amount)
        elif not is_whole_fen(amount):
            yield _told(NOT_FEN, side, what, amount)
    if side.is_resident and side.pays_most:
        yield Said(RESIDENT_PAYS.text, {"side": side.name})
    floor = max(side.floors.values(), default=Decimal(0))
    if side.gets_most is not None and floor > side.gets_most:
        amounts: SaidValues = {"floor": grouped(floor), "most": grouped(side.gets_most)}
        yield Said(BOUNDS.text, {"side": side.name, **amounts})


def _criteria(side: Side, case: Case) -> Iterator[Said]:
    known = {each.code for each in case.criteria}
    yield from _unknown(side, Said("权重分"), side.points, known=known, kind=Said("指标"))
    for each in side.judgements:
        for code in sorted({each.first, each.second} - known):
            yield _unknown_one(side, Said("两两比较"), code, kind=Said("指标"))
        if each.times <= 0:
            told = {"side": side.name, "first": each.first, "second": each.second}
            yield Said(TIMES.text, {**told})
    for row in side.scores.values():
        yield from _unknown(side, Said("评分"), row, known=known, kind=Said("指标"))
        for amount in row.values():
            if not amount.is_finite() or not 0 <= amount <= SCORE_MOST:
                yield _told(SCORE, side, Said("评分"), amount)
    for amount in side.points.values():
        if not _is_amount(amount) or amount < 0:
            yield _told(NEGATIVE, side, Said("权重分"), amount)


def _of_rounds(case: Case) -> Iterator[Said]:
    options = {each.code for each in case.options}
    sides = {each.code: each for each in case.sides}
    for each in case.rounds:
        for code, row in each.support.items():
            if code not in sides:
                what, kind = Said("协商轮次"), Said("一方")
                told: SaidValues = {"side": case.name, "what": what, "kind": kind, "code": code}
                yield Said(UNKNOWN.text, told)
                continue
            side = sides[code]
            yield from _unknown(side, Said("支持程度"), row, known=options, kind=Said("方案"))
            for amount in row.values():
                if not amount.is_finite() or not 0 <= amount <= SCORE_MOST:
                    yield _told(SCORE, side, Said("支持程度"), amount)


def _of_costs(case: Case) -> Iterator[Said]:
    sides = {each.code: each for each in case.sides}
    for cost in case.costs:
        for code, amount in cost.needs.items():
            if code not in sides:
                what, kind = Said("共同费用"), Said("一方")
                told: SaidValues = {"side": cost.name, "what": what, "kind": kind, "code": code}
                yield Said(UNKNOWN.text, told)
            elif sides[code].is_resident:
                yield Said(RESIDENT_BEARS.text, {"side": sides[code].name, "cost": cost.name})
            elif not _is_amount(amount) or amount < 0:
                yield _told(NEGATIVE, sides[code], Said("共同费用"), amount)
            elif not is_whole_fen(amount):
                yield _told(NOT_FEN, sides[code], Said("共同费用"), amount)


def _unknown(
    side: Side, what: Said, given: Mapping[str, object], *, known: set[str], kind: Said
) -> Iterator[Said]:
    for code in given:
        if code not in known:
            yield _unknown_one(side, what, code, kind=kind)


def _unknown_one(side: Side, what: Said, code: str, *, kind: Said) -> Said:
    return Said(UNKNOWN.text, {"side": side.name, "what": what, "kind": kind, "code": code})


def _told(text: Said, side: Side, what: Said, amount: Decimal) -> Said:
    return Said(text.text, {"side": side.name, "what": what, "amount": str(amount)})


def _is_amount(amount: Decimal) -> bool:
    return amount.is_finite() and abs(amount) <= AMOUNT_MAX
