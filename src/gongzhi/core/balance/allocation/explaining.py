"""Why a project gets what it gets: the rule that binds it, in words, from amounts and prices."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from gongzhi.core.balance.allocation.allocated import Binding, Granted, LimitUse
from gongzhi.core.balance.allocation.asked import (
    HUNDRED,
    LIMITED,
    Asked,
    Band,
    Limit,
    Request,
)
from gongzhi.core.balance.allocation.ranges import Ranges, groups_of_score
from gongzhi.core.balance.allocation.steps import Solved
from gongzhi.core.fen import FEN, grouped
from gongzhi.core.terms import Money, Ratio, Said, SaidValues

PRICED = 1e-7
TENTH, HUNDREDTH = Decimal("0.1"), Decimal("0.01")


class Explaining:
    """Everything that a reason is told from."""

    def __init__(
        self, asked: Asked, ranges: Ranges, solved: Solved, amounts: Sequence[int]
    ) -> None:
        self._asked, self._ranges, self._solved, self._amounts = asked, ranges, solved, amounts
        self._prices = {(row.kind, row.place): price for row, price in solved.prices if price}
        self.price = max(0.0, -self._price("total"))  # in this order: no -0.0
        self._dear = {
            kind: [abs(self._price(kind, place)) for place in range(len(asked.limits))]
            for kind in ("least", "most")
        }
        self._price_told = _figure(self.price)
        self._limits_of: dict[int, list[int]] = {}
        for place, limit in enumerate(asked.limits):
            for at in asked.members[limit.of, limit.name]:
                self._limits_of.setdefault(at, []).append(place)
        self._better = self._just_better()

    def _price(self, kind: str, place: int = -1) -> float:
        return self._prices.get((kind, place), 0.0)

    def _just_better(self) -> dict[int, int]:
        """For each project who of those better in its department grows least."""
        found: dict[int, int] = {}
        if not self._asked.rules.ordered:
            return found
        for groups in groups_of_score(self._asked.requests, self._ranges):
            least: int | None = None
            for group in groups:
                if least is not None:
                    found.update(dict.fromkeys(group, least))
                nearest = min(group, key=self._growth_of)
                if least is None or self._growth_of(nearest) <= self._growth_of(least):
                    least = nearest
        return found

    def _growth_of(self, at: int) -> float:
        return self._amounts[at] / int(self._ranges.base[at])

    # ── projects ──

    def granted(self, at: int) -> Granted:
        """A project's amount with its reason."""
        ranges, amount = self._ranges, self._amounts[at]
        binding, said = self._bound(at)
        full = amount >= int(ranges.high[at])
        return Granted(
            request=self._asked.requests[at],
            amount=amount * FEN,
            floor=int(ranges.low[at]) * FEN,
            ceiling=int(ranges.high[at]) * FEN,
            weight=float(ranges.weight[at]),
            worth=self._worth(at),
            binding=binding,
            said=said,
            more=self._no_more(at) if binding is Binding.FLOOR and not full else None,
        )

    def _worth(self, at: int) -> float:
        """What one more yuan would bring here."""
        low, high = int(self._ranges.low[at]), int(self._ranges.high[at])
        amount, weight = self._amounts[at], float(self._ranges.weight[at])
        if amount >= high:
            return 0.0
        if amount < low:
            return weight
        segments = self._asked.rules.segments
        part = min(int((amount - low) * len(segments) / (high - low)), len(segments) - 1)
        return weight * float(segments[part])

    def _bound(self, at: int) -> tuple[Binding, Said]:
        request, ranges, amount = self._asked.requests[at], self._ranges, self._amounts[at]
        band = self._asked.rules.band_of(request)
        if request.fixed is not None:
            return Binding.SET, Said("由人定的数，不按规则算")
        if ranges.rigid[at]:
            return Binding.RIGID, Said("刚性支出，不随评价增减")
        low, high = int(ranges.low[at]), int(ranges.high[at])
        if not self._solved.going[at] or (request.may_stop and not high and request.minimum):
            return Binding.STOPPED, _stopped(request, low=low)
        if amount < low:
            return Binding.SHORT, Said(
                "钱不够，比下限少 {short} 元", {"short": grouped((low - amount) * FEN)}
            )
        if amount >= high:
            return self._at_most(request, band, high=high)
        if amount <= low:
            return self._nothing(at) if not low else (Binding.FLOOR, self._at_least(request, band))
        return self._between(at)

    def _nothing(self, at: int) -> tuple[Binding, Said]:
        if abs(self._price("held", at)) > PRICED and at in self._better:
            return Binding.ORDER, self._held(at)
        return self._used_up(at)

    def _at_most(self, request: Request, band: Band, *, high: int) -> tuple[Binding, Said]:
        step = self._asked.step
        if high * FEN > request.asked - step:
            return Binding.ALL, Said("申请多少给多少")
        return Binding.CEILING, _of_band(
            "到了等级“{grade}”的上限：基数的 {share}%", band.ceiling, band
        )

    def _at_least(self, request: Request, band: Band) -> Said:
        if request.minimum > request.base * band.floor:
            return Said("给到最低需要：{minimum} 元", {"minimum": grouped(request.minimum)})
        if request.asked < request.base * band.floor:
            return Said("申请多少给多少")
        return _of_band("按等级“{grade}”的下限：基数的 {share}%", band.floor, band)

    def _between(self, at: int) -> tuple[Binding, Said]:
        held, lifted = abs(self._price("held", at)), abs(self._price("lifted", at))
        if held > PRICED and at in self._better:
            return Binding.ORDER, self._held(at)
        kept = self._dearest(at, kind="least")
        if kept is not None and self._worth(at) < self.price - PRICED:
            values = _named(self._asked.limits[kept])
            return Binding.KEPT, Said("为保住{of}“{name}”的下限", values)
        if lifted > PRICED:
            return Binding.LIFTED, Said("同部门得分更低的也有这样的增幅，不能比它少")
        return self._used_up(at)

    def _held(self, at: int) -> Said:
        better = self._better[at]
        values: SaidValues = {
            "name": self._asked.requests[better].name,
            "growth": _percent(Decimal(self._amounts[better]) / int(self._ranges.base[better]) - 1),
        }
        return Said("同部门得分更高的“{name}”增长 {growth}%，不能比它多", values)

    def _dearest(self, at: int, *, kind: str) -> int | None:
        """The limit of the project with the highest price, if one has any."""
        dear = self._dear[kind]
        best = max(self._limits_of.get(at, ()), key=dear.__getitem__, default=None)
        return best if best is not None and dear[best] > PRICED else None

    def _used_up(self, at: int) -> tuple[Binding, Said]:
        ceiling = self._dearest(at, kind="most")
        if ceiling is not None:
            values = _named(self._asked.limits[ceiling])
            return Binding.LIMIT, Said("{of}“{name}”的上限用完了", values)
        return Binding.TOTAL, self._out_of_money(at)

    def _no_more(self, at: int) -> Said:
        if abs(self._price("held", at)) > PRICED and at in self._better:
            return self._held(at)
        return self._used_up(at)[1]

    def _out_of_money(self, at: int) -> Said:
        values: SaidValues = {"worth": _figure(self._worth(at)), "price": self._price_told}
        return Said("总额用完了：这里多一元值 {worth}，总额的最后一元值 {price}", values)

    # ── limits ──

    def use(self, place: int, *, used: int) -> LimitUse:
        """A limit with what stands under it."""
        limit = self._asked.limits[place]
        least, most = self._price("least", place), self._price("most", place)
        price = max(abs(least), abs(most))
        return LimitUse(
            limit=limit, used=used * FEN, price=price, said=_said_of(limit, used * FEN, price=price)
        )


def _said_of(limit: Limit, used: Money, *, price: float) -> Said:
    values: SaidValues = {**_named(limit), "used": grouped(used), "price": _figure(price)}
    if limit.least is not None and used < limit.least:
        text = "{of}“{name}”：{used} 元，比下限少 {lacks} 元"
        return Said(text, {**values, "lacks": grouped(limit.least - used)})
    if price <= PRICED:
        return Said("{of}“{name}”：{used} 元，限额没有妨碍什么", values)
    if limit.most is not None and used > limit.most - FEN * HUNDRED:
        return Said("{of}“{name}”：{used} 元，上限用完；上限多一元，加权值多 {price}", values)
    return Said("{of}“{name}”：{used} 元，刚到下限；下限少一元，加权值多 {price}", values)


def _stopped(request: Request, *, low: int) -> Said:
    values: SaidValues = {"minimum": grouped(max(request.minimum, low * FEN))}
    if request.minimum > request.asked:
        return Said("停止：申请的少于最低需要的 {minimum} 元", values)
    return Said("停止：少于 {minimum} 元办不下去，这笔钱用在别处更值", values)


def _of_band(text: str, share: Ratio, band: Band) -> Said:
    if not band.grade:
        unjudged = "没有评价的项目，到了上限：基数的 {share}%"
        return Said(unjudged, {"share": _percent(share)})
    return Said(text, {"grade": Said(band.grade), "share": _percent(share)})


def _named(limit: Limit) -> SaidValues:
    return {"of": LIMITED[limit.of], "name": limit.name}


def _percent(share: Ratio) -> str:
    value = (share * HUNDRED).quantize(TENTH, rounding=ROUND_HALF_UP)
    return str(value.quantize(Decimal(1)) if value == value.to_integral_value() else value)


def _figure(value: float) -> str:
    return str(Decimal(repr(round(value, 6))).quantize(HUNDREDTH, rounding=ROUND_HALF_UP))
