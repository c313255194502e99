"""A ballot: which projects somebody approves of, gives points to, or puts in an order."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from gongzhi.core.sealed import Sealable
from gongzhi.core.terms import Said

LISTED_MAX = 500
NOTHING = Said("请至少选一个项目")
UNKNOWN = Said("选票上没有 {number} 号项目")
TOO_MANY = Said("最多选 {most} 个项目，您选了 {count} 个")
OVER_BUDGET = Said("您选的项目一共 {cost} 元，超过额度 {budget} 元，请减去一些")
NO_POINTS = Said("{number} 号项目的分数应为 0 到 {most} 的整数")
TOO_MANY_POINTS = Said("一共 {most} 分，您给了 {given} 分")
NO_RANK = Said("{number} 号项目的名次应为 1 到 {most} 的整数")
SAME_RANK = Said("有两个项目都排第 {rank}，请改正")


class BallotKind(StrEnum):
    """How people say what they prefer."""

    APPROVAL = "approval"
    POINTS = "points"
    RANKING = "ranking"


class Way(StrEnum):
    """By which way a ballot came."""

    ACCOUNT = "account"
    LINK = "link"
    PAPER = "paper"


@dataclass(frozen=True, slots=True, kw_only=True)
class BallotRules:
    """What a ballot may say: so many projects, so many points, within the budget or not."""

    kind: BallotKind
    most: int
    points: int = 0
    budget: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A project on the ballot: its number there and what it costs."""

    number: int
    cost: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a ballot says: project numbers, in their order where that counts, points beside them."""

    projects: tuple[int, ...]
    points: tuple[int, ...] = ()

    def record(self) -> dict[str, Sealable]:
        """The ballot as it is sealed."""
        points: dict[str, Sealable] = {"points": list(self.points)} if self.points else {}
        return {"projects": list(self.projects), **points}


def choice_from_record(record: Mapping[str, Sequence[int]]) -> Choice:
    """The ballot that a record says."""
    return Choice(projects=tuple(record["projects"]), points=tuple(record.get("points", ())))


def choice_of(
    given: Mapping[int, str], rules: BallotRules, listed: Sequence[Listed]
) -> Choice | Mapping[int | None, Said]:
    """The ballot that was filled in, or its faults by project; those of the whole by None."""
    filled = {number: text.strip() for number, text in given.items() if text.strip()}
    costs = {each.number: each.cost for each in listed}
    faults: dict[int | None, Said] = {
        number: Said(UNKNOWN.text, {"number": number}) for number in filled if number not in costs
    }
    if faults:
        return faults
    return KINDS[rules.kind](filled, rules, costs)


def _approved(
    filled: Mapping[int, str], rules: BallotRules, costs: Mapping[int, Decimal]
) -> Choice | Mapping[int | None, Said]:
    return _fitting(Choice(projects=tuple(sorted(filled))), rules, costs)


def _pointed(
    filled: Mapping[int, str], rules: BallotRules, costs: Mapping[int, Decimal]
) -> Choice | Mapping[int | None, Said]:
    read = {number: _whole(text, most=rules.points) for number, text in filled.items()}
    wrong: dict[int | None, Said] = {
        number: Said(NO_POINTS.text, {"number": number, "most": rules.points})
        for number, points in read.items()
        if points is None
    }
    if wrong:
        return wrong
    pointed = {number: points for number, points in sorted(read.items()) if points}
    total = sum(pointed.values())
    if total > rules.points:
        return {None: Said(TOO_MANY_POINTS.text, {"most": rules.points, "given": total})}
    choice = Choice(projects=tuple(pointed), points=tuple(pointed.values()))
    return _fitting(choice, rules, costs)


def _ranked(
    filled: Mapping[int, str], rules: BallotRules, costs: Mapping[int, Decimal]
) -> Choice | Mapping[int | None, Said]:
    ranks: dict[int, int] = {}
    wrong: dict[int | None, Said] = {}
    for number, text in sorted(filled.items()):
        rank = _whole(text, most=len(costs))
        if not rank:
            wrong[number] = Said(NO_RANK.text, {"number": number, "most": len(costs)})
        elif rank in ranks:
            wrong[number] = Said(SAME_RANK.text, {"rank": rank})
        else:
            ranks[rank] = number
    if wrong:
        return wrong
    ordered = tuple(number for _, number in sorted(ranks.items()))
    return _fitting(Choice(projects=ordered), rules, costs)


def _fitting(
    choice: Choice, rules: BallotRules, costs: Mapping[int, Decimal]
) -> Choice | Mapping[int | None, Said]:
    count = len(choice.projects)
    if not count:
        return {None: NOTHING}
    if count > rules.most:
        return {None: Said(TOO_MANY.text, {"most": rules.most, "count": count})}
    cost = sum((costs[number] for number in choice.projects), Decimal())
    if rules.budget is not None and cost > rules.budget:
        return {None: Said(OVER_BUDGET.text, {"cost": cost, "budget": rules.budget})}
    return choice


def _whole(text: str, *, most: int) -> int | None:
    """A whole number as somebody typed it, full-width digits too; None where it is none."""
    if not (text.isdecimal() and len(text) <= len(str(most)) + 2):
        return None
    number = int(text)
    return number if number <= most else None


KINDS = {
    BallotKind.APPROVAL: _approved,
    BallotKind.POINTS: _pointed,
    BallotKind.RANKING: _ranked,
}
