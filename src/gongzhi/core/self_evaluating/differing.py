"""Where a self-evaluation says otherwise than the facts: each place needs a reason.

What no fact tells is filled in freely. Points are compared with those that follow by the pack from
what the sheet itself states, so that a changed result changes its points without a second reason.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.official import MoneyLine
from gongzhi.core.official.money import LABELS
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.self_evaluating.points import computed
from gongzhi.core.self_evaluating.sheet import EvaluatedIndicator, SelfEvaluation
from gongzhi.core.terms import Money, Said

NAMES = {
    "initial": Said("年初预算数"),
    "adjusted": Said("全年预算数"),
    "paid": Said("全年执行数"),
}
Held = Decimal | str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """A place where the sheet says otherwise: its field, its name, both values.

    Values are money in yuan, points, or texts; None is nothing stated, or nothing that follows.
    """

    field: str
    said: Said
    fact: Held
    stated: Held

    @property
    def is_money(self) -> bool:
        """Whether the values are amounts."""
        return self.field.partition("-")[0] in NAMES


def differences(
    stated: SelfEvaluation, *, facts: SelfEvaluation, pack: Pack
) -> tuple[Difference, ...]:
    """Every place where a sheet says otherwise than the facts, in the order of the form."""
    return (*_money(stated, facts), *_texts(stated, facts), *_points(stated, pack))


def _money(stated: SelfEvaluation, facts: SelfEvaluation) -> Iterator[Difference]:
    for source, told in facts.money.named.items():
        ours = stated.money.named[source]
        label = LABELS.named[source].removeprefix("其中：")
        for name, fact, said in _amounts(told, ours):
            if fact is not None and fact != said:
                values = {"source": Said(label), "amount": NAMES[name]}
                yield Difference(
                    field=f"{name}-{source}",
                    said=Said("{source}的{amount}", {**values}),
                    fact=fact,
                    stated=said,
                )


def _amounts(
    told: MoneyLine, ours: MoneyLine
) -> tuple[tuple[str, Money | None, Money | None], ...]:
    return (
        ("initial", told.initial, ours.initial),
        ("adjusted", told.adjusted, ours.adjusted),
        ("paid", told.paid, ours.paid),
    )


def _texts(stated: SelfEvaluation, facts: SelfEvaluation) -> Iterator[Difference]:
    if facts.goal and canonical(stated.goal) != canonical(facts.goal):
        yield Difference(
            field="goal", said=Said("预期目标"), fact=facts.goal, stated=stated.goal or None
        )
    places = {line.heads: number for number, line in enumerate(stated.indicators)}
    known = {line.heads: line for line in facts.indicators}
    for line in facts.indicators:
        if line.heads not in places:
            yield _promise_left_out(line, len(stated.indicators))
    for number, line in enumerate(stated.indicators):
        fact = known.get(line.heads)
        if fact is not None:
            yield from _of_line(line, fact, number)
        elif facts.indicators:
            said = Said("指标“{name}”没有承诺过", {"name": line.name})
            yield Difference(field=f"name-{number}", said=said, fact=None, stated=line.name)


def _promise_left_out(line: EvaluatedIndicator, place: int) -> Difference:
    said = Said("漏了承诺过的指标“{name}”", {"name": line.name})
    return Difference(field=f"name-{place}", said=said, fact=line.name, stated=None)


def _of_line(
    line: EvaluatedIndicator, fact: EvaluatedIndicator, number: int
) -> Iterator[Difference]:
    named = {"name": line.name}
    for field, ours, theirs, said in (
        ("target", line.target, fact.target, Said("“{name}”的年度指标值", {**named})),
        ("done", line.done, fact.done, Said("“{name}”的实际完成值", {**named})),
    ):
        if theirs and canonical(ours) != canonical(theirs):
            yield Difference(field=f"{field}-{number}", said=said, fact=theirs, stated=ours or None)
    if fact.weight is not None and line.weight != fact.weight:
        yield Difference(
            field=f"weight-{number}",
            said=Said("“{name}”的分值", {**named}),
            fact=fact.weight,
            stated=line.weight,
        )


def _points(stated: SelfEvaluation, pack: Pack) -> Iterator[Difference]:
    """Points that a person gave other than those that follow."""
    card = computed(stated, pack=pack)
    given, follows = stated.execution_score, card.execution.points
    if given is not None and given != follows:
        said = Said("预算执行率的得分")
        yield Difference(field="score-execution", said=said, fact=follows, stated=given)
    for number, (line, earned) in enumerate(zip(stated.indicators, card.rows, strict=True)):
        if line.score is not None and line.score != earned.points:
            said = Said("“{name}”的得分", {"name": line.name})
            yield Difference(
                field=f"score-{number}", said=said, fact=earned.points, stated=line.score
            )
