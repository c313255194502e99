"""The steps of a negotiation in sentences, in their order: what was found, and why.

Limits of residents stay with them or the mediator: without `limits_shown` no sentence tells what a
resident gains over its limit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from gongzhi.core.balance.negotiating.amounts import percent, points, worded
from gongzhi.core.balance.negotiating.cautions import cautions
from gongzhi.core.balance.negotiating.negotiated import Firmness, Negotiated
from gongzhi.core.balance.negotiating.talks import Closeness, State, Talks
from gongzhi.core.balance.negotiating.telling_proposals import proposed
from gongzhi.core.balance.negotiating.telling_shortlist import shortlisted
from gongzhi.core.terms import Said, SaidValues, several

SHOWN_MOST = 8
STRONG, SOME = Fraction(7, 10), Fraction(4, 10)
TITLES = (
    Said("依法先定"),
    Said("各方怎么排，分歧在哪里"),
    Said("结果稳不稳"),
    Said("入围的方案"),
    Said("并列的建议"),
    Said("一轮一轮靠近"),
    Said("异议"),
    Said("提醒"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A step by its number (0 is law), its title and its sentences."""

    number: int
    title: Said
    sentences: tuple[Said, ...]


def steps(negotiated: Negotiated, *, limits_shown: bool = True) -> tuple[Step, ...]:
    """All steps in order, the cautions last."""
    table = negotiated.table
    told = (
        (*table.stated.notes, *table.law.notes),
        tuple(_orders(negotiated)),
        tuple(_firm(negotiated)),
        tuple(shortlisted(negotiated.table, negotiated.shortlist)),
        tuple(proposed(negotiated, limits_shown=limits_shown)),
        tuple(_talked(negotiated)),
        tuple(_objecting(negotiated)),
        cautions(negotiated),
    )
    return tuple(
        Step(number=number, title=title, sentences=sentences)
        for number, (title, sentences) in enumerate(zip(TITLES, told, strict=True))
    )


def order_of(ranks: Sequence[Fraction], names: Sequence[str]) -> str:
    """An order in signs: the best first, equals beside each other; what is far behind left out."""
    places = sorted(range(len(ranks)), key=lambda at: (ranks[at], at))
    parts: list[str] = []
    for number, at in enumerate(places[:SHOWN_MOST]):
        if number:
            parts.append(" ＝ " if ranks[at] == ranks[places[number - 1]] else " ＞ ")
        parts.append(names[at])
    return "".join(parts) + (" ＞ …" if len(places) > SHOWN_MOST else "")


def _orders(negotiated: Negotiated) -> Iterator[Said]:
    table, found = negotiated.table, negotiated.picture
    if found is None:
        return
    names = [option.name for option in table.stated.options]
    for side, ranks in zip(table.case.sides, found.ranks, strict=True):
        yield Said("“{side}”：{order}", {"side": side.name, "order": order_of(ranks, names)})
    yield _agreement(found.concordance.w)
    if found.nearest is not None and found.farthest is not None and len(table.case.sides) > 2:
        for text, pair in (
            (Said("排序最接近的是“{one}”和“{other}”（{share} 的方案对排法相同）"), found.nearest),
            (Said("相差最大的是“{one}”和“{other}”（{share} 的方案对排法相同）"), found.farthest),
        ):
            one, other = table.side(pair.one).name, table.side(pair.other).name
            yield Said(text.text, {"one": one, "other": other, "share": percent(pair.alike)})
    if not found.pairs:
        yield Said("各方和方案太多，没有逐对比较各方的排序")
    yield from _as_one(negotiated)
    best = sorted(table.options, key=lambda o: (-found.acceptable[o], o))
    for option in best[:SHOWN_MOST]:
        share = found.acceptable[option]
        told: SaidValues = {
            "option": names[option],
            "count": int(share * len(table.case.sides)),
            "all": len(table.case.sides),
        }
        yield Said("“{option}”：{all} 方里有 {count} 方可以接受（不低于底线）", told)


def _as_one(negotiated: Negotiated) -> Iterator[Said]:
    """Those who weigh criteria, taken together."""
    found, table = negotiated.together, negotiated.table
    if found is None:
        return
    criteria = [each.name for each in negotiated.case.criteria]
    names = [option.name for option in table.stated.options]
    sides = several(f"“{table.side(at).name}”" for at in found.sides)
    told: SaidValues = {"sides": sides, "weights": _weights(criteria, found.weights)}
    if found.by_judgements:
        yield Said("{sides}合起来的权重（判断的几何平均，AIJ）：{weights}", told)
    else:
        yield Said("{sides}合起来的权重（权重的几何平均，AIP）：{weights}", told)
    if found.by_figures is not None:
        weights = _weights(criteria, found.by_figures)
        text = "只看评分的差别（熵权）：{weights}；这说的是哪里有差别，不是哪里重要"
        yield Said(text, {"weights": weights})
    order = order_of(found.ranks, names)
    yield Said("按合起来的权重和平均评分（TOPSIS）：{order}", {"order": order})


def _weights(criteria: Sequence[str], weights: Sequence[float]) -> str:
    return " ".join(f"{name} {weight:.0%}" for name, weight in zip(criteria, weights, strict=True))


def _agreement(w: Fraction | None) -> Said:
    if w is None:
        return Said("谈不上排序是否一致：方案不到两个，或者每一方都觉得各方案一样")
    told: SaidValues = {"w": f"{float(w):.3f}"}
    if w >= STRONG:
        return Said("各方的排序很一致：肯德尔 W = {w}（1 是完全一致，0 是毫不相干）", told)
    if w >= SOME:
        return Said("各方的排序部分一致：肯德尔 W = {w}（1 是完全一致，0 是毫不相干）", told)
    return Said("各方的排序很不一致：肯德尔 W = {w}（1 是完全一致，0 是毫不相干）", told)


def _firm(negotiated: Negotiated) -> Iterator[Said]:
    for each in negotiated.firmness:
        yield _lead(negotiated, each)
        side = negotiated.table.side(each.side)
        for reach in each.reaches:
            low, high = reach.first
            told: SaidValues = {
                "side": side.name,
                "criterion": negotiated.case.criteria[reach.criterion].name,
                "weight": percent(reach.weight),
                "low": percent(low),
                "high": percent(high),
                "order_low": percent(reach.order[0]),
                "order_high": percent(reach.order[1]),
            }
            if low == 0 and high == 1:
                yield Said(
                    "“{side}”给“{criterion}”的权重（{weight}）怎么变，首选都不变；"
                    "在 {order_low} 至 {order_high} 之间整个排序不变",
                    told,
                )
            else:
                yield Said(
                    "“{side}”给“{criterion}”的权重是 {weight}：在 {low} 至 {high} 之间首选不变，"
                    "在 {order_low} 至 {order_high} 之间整个排序不变",
                    told,
                )


def _lead(negotiated: Negotiated, each: Firmness) -> Said:
    table = negotiated.table
    side, options = table.side(each.side), table.stated.options
    told: SaidValues = {"side": side.name, "first": options[each.first].name}
    if each.second is None:
        return Said("“{side}”只有“{first}”可选", told)
    told["second"] = options[each.second].name
    if not each.lead:
        return Said("“{side}”看“{first}”与“{second}”一样好", told)
    told["lead"] = worded(each.lead, side)
    return Said("“{side}”首选“{first}”，比“{second}”多 {lead}：估值差到这么多，首选才会变", told)


def _talked(negotiated: Negotiated) -> Iterator[Said]:
    found = negotiated.talks
    if found is None:
        return
    for number, each in enumerate(found.rounds):
        told: SaidValues = {"round": number, "level": f"{float(each.level):.3f}"}
        if number:
            yield Said("第 {round} 轮：共识程度 {level}", told)
        else:
            yield Said("协商之前，按各方写的价值：共识程度 {level}（1 是完全一致）", told)
    yield _standing(negotiated, found)
    last = found.rounds[-1]
    if found.standing is State.GOING_ON and last.level < 1:
        yield _feedback(negotiated, last)
    for number, code, reason in found.dissents:
        told = {"round": number, "side": negotiated.case.side(code).name, "reason": reason}
        yield Said("第 {round} 轮“{side}”保留意见：{reason}", told)


def _standing(negotiated: Negotiated, found: Talks) -> Said:
    case = negotiated.case
    needed: SaidValues = {"needed": f"{case.close_enough:.2f}", "rounds": len(case.rounds)}
    if found.standing is State.REACHED:
        return Said("已达到要求的共识程度 {needed}，可以收尾", needed)
    if found.standing is State.ENDED:
        return Said("谈了 {rounds} 轮，未达到要求的共识程度 {needed}；分歧如实记录", needed)
    return Said("还没有达到要求的共识程度 {needed}，请继续协商", needed)


def _feedback(negotiated: Negotiated, last: Closeness) -> Said:
    table = negotiated.table
    told: SaidValues = {
        "side": table.side(last.farthest).name,
        "option": table.stated.options[last.about].name,
        "supports": points(last.supports * 100),
        "others": points(last.others * 100),
    }
    return Said(
        "离其他各方最远的是“{side}”，差在“{option}”：它支持 {supports}，其他各方平均 {others}；"
        "先请它说明理由，再听其他各方的",
        told,
    )


def _objecting(negotiated: Negotiated) -> Iterator[Said]:
    given = negotiated.case.objecting
    if given.until is None:
        yield Said("还没有定异议的期限：请写明到哪一天为止")
    else:
        told: SaidValues = {"until": given.until.isoformat()}
        yield Said("各方可以在 {until} 以前（含当日）提出异议", told)
    if not given.reviewer:
        yield Said("还没有定谁来复核异议：请另派一人，不能是主持协商的人")
    elif given.reviewer == given.mediator:
        yield Said("复核异议的人不能是主持协商的“{name}”：请另派一人", {"name": given.mediator})
    else:
        yield Said("异议由“{name}”复核，不由主持协商的人复核", {"name": given.reviewer})
