"""What is asked of an allocation: who asks for how much, the rules by grade, the limits.

Amounts are yuan, to the fen. Floor and ceiling of a project are its grade's shares of this year's
money; nobody gets more than asked. Rigid spending stays what it is. The weight of a project's yuan
is (score ÷ 100)² × need.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from gongzhi.core.fen import FEN, is_whole_fen
from gongzhi.core.terms import Money, Points, Ratio, Said, SaidValues, several

PROJECTS_MAX, LIMITS_MAX = 50_000, 5_000
MOST_MONEY = Decimal(10) ** 14
HUNDRED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A project that asks for money: this year's, what it asks for, how it was judged.

    need weighs its yuan; fixed is what somebody set it to; minimum is what it can't do without:
    less than that means stopping it, which only may happen where may_stop is set.
    """

    id: str
    name: str
    department: str
    base: Money
    asked: Money
    field: str = ""
    region: str = ""
    score: Points | None = None
    grade: str | None = None
    need: Decimal = Decimal(1)
    rigid: bool = False
    may_stop: bool = False
    minimum: Money = Decimal(0)
    fixed: Money | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """What a grade allows: at least and at most so large a share of this year's money."""

    grade: str
    floor: Ratio
    ceiling: Ratio
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationRules:
    """The rules of a place: bands by grade, what the parts of a range are worth, the order.

    segments: the range from floor to ceiling in equal parts, each worth so much of the first yuan.
    ordered: within a department whoever has the better score never grows less. regional_least: a
    region's money per head is at least this share of what all would have per head if every project
    grew like the total; no more than its projects may get.
    """

    bands: Mapping[str, Band]
    unjudged: Band
    unjudged_score: Points = Decimal(70)
    segments: tuple[Ratio, ...] = (Decimal(1), Decimal("0.6"), Decimal("0.3"))
    ordered: bool = True
    regional_least: Ratio | None = None
    address: str = ""

    def band_of(self, request: Request) -> Band:
        """What a project's grade allows."""
        return self.bands[request.grade] if request.grade is not None else self.unjudged


class LimitOf(StrEnum):
    """What a limit is for."""

    DEPARTMENT = "department"
    FIELD = "field"
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """Money of a department, field or region: at least and at most so much together.

    A floor gives way where money is short, and that is told; a firm one never does. Ceilings never
    do.
    """

    of: LimitOf
    name: str
    least: Money | None = None
    most: Money | None = None
    firm: bool = False


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Everything that an allocation is made from.

    heads are the people of each region; step is the smallest amount (a fen, a yuan).
    """

    requests: tuple[Request, ...]
    total: Money
    rules: AllocationRules
    limits: tuple[Limit, ...] = ()
    heads: Mapping[str, int] = field(default_factory=dict)
    step: Money = FEN

    @cached_property
    def members(self) -> Mapping[tuple[LimitOf, str], list[int]]:
        """The places of the projects that each department, field and region has."""
        names = {
            LimitOf.DEPARTMENT: [each.department for each in self.requests],
            LimitOf.FIELD: [each.field for each in self.requests],
            LimitOf.REGION: [each.region for each in self.requests],
        }
        found: dict[tuple[LimitOf, str], list[int]] = {}
        for of, named in names.items():
            by_name: dict[str, list[int]] = {}
            for at, name in enumerate(named):
                by_name.setdefault(name, []).append(at)
            found.update(((of, name), inside) for name, inside in by_name.items() if name)
        return found


def faults_of(asked: Asked) -> Iterator[Said]:
    """What is wrong with what is asked, each with its place; nothing where all is well."""
    if not asked.requests:
        yield Said("没有项目")
    if len(asked.requests) > PROJECTS_MAX:
        yield Said("超过 {most} 个项目", {"most": PROJECTS_MAX})
        return
    if len(asked.limits) > LIMITS_MAX:
        yield Said("超过 {most} 条限额", {"most": LIMITS_MAX})
        return
    if not _is_money(asked.total):
        yield Said("总额应是不小于零、最多两位小数的金额")
    yield from _faults_of_requests(asked)
    yield from _faults_of_limits(asked)
    if asked.rules.regional_least is not None:
        regions = {each.region for each in asked.requests if each.region}
        for region in sorted(regions - set(asked.heads)):
            yield Said("地区“{name}”没有人口数，区域均衡算不了", {"name": region})


def _faults_of_requests(asked: Asked) -> Iterator[Said]:
    seen: set[str] = set()
    for each in asked.requests:
        told: SaidValues = {"name": each.id}
        if each.id in seen:
            yield Said("项目编号“{name}”出现两次", told)
        seen.add(each.id)
        given = ((each.base, BASE), (each.asked, WANTED), (each.minimum, MINIMUM))
        for amount, what in (*given, (each.fixed or Decimal(0), SET)):
            if not _is_money(amount):
                values: SaidValues = {**told, "what": what}
                yield Said("项目“{name}”的{what}应是不小于零、最多两位小数的金额", values)
        score = each.score
        if score is not None and not (score.is_finite() and 0 <= score <= HUNDRED):
            yield Said("项目“{name}”的得分应在 0 到 100 之间", told)
        if not (each.need.is_finite() and each.need >= 0):
            yield Said("项目“{name}”的需求系数应不小于零", told)
        if each.grade is not None and each.grade not in asked.rules.bands:
            known = several(asked.rules.bands)
            values = {**told, "grade": each.grade, "known": known}
            yield Said("项目“{name}”的等级“{grade}”不在规则里；有：{known}", values)


def _faults_of_limits(asked: Asked) -> Iterator[Said]:
    seen: set[tuple[str, str]] = set()
    known = asked.members
    for limit in asked.limits:
        told: SaidValues = {"of": LIMITED[limit.of], "name": limit.name}
        if (limit.of, limit.name) in seen:
            yield Said("{of}“{name}”的限额出现两次", told)
        seen.add((limit.of, limit.name))
        given = [amount for amount in (limit.least, limit.most) if amount is not None]
        if not all(map(_is_money, given)):
            yield Said("{of}“{name}”的限额应是不小于零、最多两位小数的金额", told)
        elif limit.least is not None and limit.most is not None and limit.least > limit.most:
            yield Said("{of}“{name}”的下限大于上限", told)
        if (limit.of, limit.name) not in known:
            yield Said("{of}“{name}”有限额，但没有项目", told)
    for region, heads in asked.heads.items():
        if heads <= 0:
            yield Said("地区“{name}”的人口应大于零", {"name": region})


LIMITED: Mapping[LimitOf, Said] = {
    LimitOf.DEPARTMENT: Said("部门"),
    LimitOf.FIELD: Said("领域"),
    LimitOf.REGION: Said("地区"),
}
BASE, WANTED, MINIMUM = Said("基数"), Said("申请数"), Said("最低需要")
SET = Said("定的数")


def _is_money(amount: Money) -> bool:
    return amount.is_finite() and 0 <= amount <= MOST_MONEY and is_whole_fen(amount)
