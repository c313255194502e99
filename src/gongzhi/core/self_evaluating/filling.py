"""A self-evaluation filled in from facts: what is unknown stays empty and is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from gongzhi.core.goals import DraftGoal
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.monitoring import Curves, Facts
from gongzhi.core.official import Filler, MoneyLine, Sources
from gongzhi.core.official.money import NO_MONEY
from gongzhi.core.official.monitored import NO_WORDS, done_text
from gongzhi.core.scoring.pack import Pack
from gongzhi.core.self_evaluating.sheet import EvaluatedIndicator, SelfEvaluation
from gongzhi.core.terms import Money, Said

SATISFACTION = "满意"
NO_SURVEYS: Mapping[str, "Survey"] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """How satisfaction was found out: of whom, of how many, who answered, by which instrument."""

    who: str = ""
    asked: int | None = None
    answered: int | None = None
    how: str = ""

    @property
    def text(self) -> str:
        """The survey in the words of the form; "" where nothing is known of it."""
        parts = (
            f"调查对象：{self.who}" if self.who else "",
            f"调查 {self.asked} 人" if self.asked is not None else "",
            f"收回有效答卷 {self.answered} 份" if self.answered is not None else "",
            f"方式：{self.how}" if self.how else "",
        )
        return "；".join(filter(None, parts))


@dataclass(frozen=True, slots=True, kw_only=True)
class Missing:
    """Something that no fact tells: the field it belongs to, and what it is called."""

    field: str
    said: Said


def prefilled(
    goal: DraftGoal,
    *,
    facts: Facts,
    curves: Curves,
    pack: Pack,
    by: Filler,
    words: Mapping[str, str] = NO_WORDS,
    surveys: Mapping[str, Survey] = NO_SURVEYS,
) -> SelfEvaluation:
    """What is known of a project's year, without points: those follow from it by the pack.

    A budget that nobody adjusted is the year's budget. words are what was read of indicators
    without a figure, by key.
    """
    read = {each.promised.key: each for each in curves.indicators}
    return SelfEvaluation(
        project=goal.project,
        code=by.code,
        department=by.department,
        unit=by.unit,
        year=curves.year,
        money=_by_source(goal, _total(facts, curves)),
        execution_weight=pack.execution.weight,
        goal=goal.text,
        indicators=tuple(
            EvaluatedIndicator(
                level1=each.level1,
                level2=each.level2,
                name=each.name,
                target=each.target_text,
                done=done_text(each, progress=read.get(each.key), words=words.get(each.key, "")),
                weight=each.weight,
                reason=surveys[each.key].text if each.key in surveys else "",
            )
            for each in goal.indicators
        ),
    )


def missing(sheet: SelfEvaluation) -> Iterator[Missing]:
    """What the sheet doesn't say yet, in the order of the form."""
    total = sheet.money.total
    for field, held, name in (
        ("initial-total", total.initial, Said("年初预算数")),
        ("adjusted-total", total.adjusted, Said("全年预算数")),
        ("paid-total", total.paid, Said("全年执行数")),
    ):
        if held is None:
            yield Missing(field=field, said=name)
    for field, text, name in (
        ("goal", sheet.goal, Said("预期目标")),
        ("goal_done", sheet.goal_done, Said("实际完成情况")),
    ):
        if not text:
            yield Missing(field=field, said=name)
    for number, line in enumerate(sheet.indicators):
        yield from _missing_of(line, number)


def is_satisfaction(line: EvaluatedIndicator) -> bool:
    """Whether a line is about satisfaction, for which one has to ask people."""
    return any(SATISFACTION in canonical(head) for head in line.heads)


def _missing_of(line: EvaluatedIndicator, number: int) -> Iterator[Missing]:
    named = {"name": line.name}
    if not line.done:
        yield Missing(field=f"done-{number}", said=Said("“{name}”的实际完成值", {**named}))
    if line.weight is None:
        yield Missing(field=f"weight-{number}", said=Said("“{name}”的分值", {**named}))
    if is_satisfaction(line) and not line.reason:
        said = Said("“{name}”问了谁、多少人、怎么问", {**named})
        yield Missing(field=f"reason-{number}", said=said)


def _total(facts: Facts, curves: Curves) -> MoneyLine:
    adjusted = facts.adjusted if facts.adjusted is not None else facts.initial
    is_known = adjusted is not None or bool(facts.payments)
    return MoneyLine(
        initial=facts.initial, adjusted=adjusted, paid=curves.paid if is_known else None
    )


def _by_source(goal: DraftGoal, total: MoneyLine) -> Sources[MoneyLine]:
    """The whole, and its sources as the goals declared them, if they make the budget together.

    A source that gave everything was adjusted and spent as the whole; of others one can't say.
    """
    funds = goal.funds
    parts = {"fiscal": funds.fiscal, "carried": funds.carried, "other": funds.other}
    told = [amount for amount in parts.values() if amount is not None]
    if not told or sum(told) != total.initial:
        return replace(NO_MONEY, total=total)
    lines = {name: _part(amount, total) for name, amount in parts.items()}
    return Sources(total=total, **lines)


def _part(amount: Money | None, total: MoneyLine) -> MoneyLine:
    if amount is None:
        return MoneyLine()
    return total if amount == total.initial else MoneyLine(initial=amount)
