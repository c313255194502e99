"""A proposal for next year's money: the base, steps with their reasons, the result.

Every yuan between base and result belongs to a step that names its sum and its clause: base + steps
= result, to the fen, never below nothing. The product proposes; people decide, and say why where
they decide otherwise.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from gongzhi.core.fen import FEN, grouped, is_whole_fen
from gongzhi.core.indicators.reach import plain
from gongzhi.core.results.rules import (
    GradeEffect,
    InstitutionFormula,
    OpenEffect,
    ResultRules,
    TiedPart,
    UseOfResult,
)
from gongzhi.core.terms import Money, Points, Ratio, Said, SaidValues, Text

NOTHING = Decimal(0)
WHOLE = Decimal(1)
HUNDRED = 100
HUNDREDTH_OF_PERCENT = Decimal("0.0001")
USES = {
    UseOfResult.PREFER: Said("优先保障"),
    UseOfResult.KEEP: Said("按需保障"),
    UseOfResult.REDUCE: Said("压减并整改"),
    UseOfResult.CANCEL: Said("取消，或者暂停到整改完成"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultFacts:
    """What is known of a project when next year's money is proposed; None is what nobody knows.

    base is what the proposal starts from, in yuan, to the fen: what the unit asks for, or this
    year's budget; the caller says which.
    """

    base: Money
    grade: str | None = None
    score: Points | None = None
    execution: Ratio | None = None
    rectifications_open: int = 0
    duties_unmet: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultStep:
    """One difference in yuan, its reason in words and figures, and its clause."""

    code: str
    amount: Money
    said: Said
    arithmetic: str
    clause: str
    name: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultNote:
    """Something that could not be judged; name is the figure's that is missing, if it is one."""

    said: Said
    name: Text | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultProposal:
    """What is proposed: base + steps = result.

    use is None where there is no grade to go by; notes are what could not be judged.
    """

    base: Money
    steps: tuple[ResultStep, ...]
    result: Money
    use: UseOfResult | None
    said: Said
    notes: tuple[ResultNote, ...] = ()
    rules: str = ""

    @property
    def difference(self) -> Money:
        """What the steps make together."""
        return self.result - self.base


def propose(facts: ResultFacts, *, rules: ResultRules) -> ResultProposal:
    """What the rules propose for a project."""
    effect = rules.grades.get(facts.grade) if facts.grade is not None else None
    steps = _kept_above_nothing(facts.base, _cuts(facts, effect=effect, rules=rules))
    use = effect.use if effect is not None else None
    return _proposal(facts.base, steps=steps, use=use, notes=_unjudged(facts), rules=rules)


def propose_for_institution(
    facts: ResultFacts,
    *,
    formula: InstitutionFormula,
    reached: Mapping[str, Ratio | None],
    rules: ResultRules,
) -> ResultProposal:
    """What a formula leaves of an institution's budget, by figures from 0 to 1.

    It stands in place of grade and execution; what is still open takes its share besides. Figures
    are taken to hundredths of a per cent. One that nobody knows withholds nothing, and the
    proposal says so.
    """
    base = facts.base
    _refuse_bad_base(base)
    tied = (_withheld(base, part=part, formula=formula, reached=reached) for part in formula.parts)
    steps = [step for step in tied if step is not None]
    kept = _kept_above_nothing(base, [*steps, *_of_everything_open(facts, rules=rules)])
    notes = tuple(
        ResultNote(said=Said("没有这项数据，挂钩的这一部分不扣"), name=part.name)
        for part in formula.parts
        if reached.get(part.measure) is None
    )
    return _proposal(base, steps=kept, use=None, notes=notes, rules=rules)


def why_not_decided(amount: Money, *, proposal: ResultProposal, reason: str) -> Said | None:
    """Why a decision can't be taken like this, in words; None where it can."""
    if amount < 0:
        return Said("金额不能小于零")
    if not is_whole_fen(amount):
        return Said("金额最多两位小数")
    if amount != proposal.result and not reason.strip():
        values: SaidValues = {"proposed": grouped(proposal.result), "decided": grouped(amount)}
        return Said("决定 {decided} 元与建议 {proposed} 元不一致，请写明理由", values)
    return None


def _proposal(
    base: Money,
    *,
    steps: tuple[ResultStep, ...],
    use: UseOfResult | None,
    notes: tuple[ResultNote, ...],
    rules: ResultRules,
) -> ResultProposal:
    difference = sum((step.amount for step in steps), start=NOTHING)
    result = base + difference
    values: SaidValues = {"base": base, "less": -difference, "result": result}
    text = (
        "以 {base} 元为基数，减 {less} 元，建议 {result} 元"
        if difference
        else "建议 {result} 元，与基数相同"
    )
    return ResultProposal(
        base=base,
        steps=steps,
        result=result,
        use=use,
        said=Said(text, values),
        notes=notes,
        rules=rules.address,
    )


def _cuts(
    facts: ResultFacts, *, effect: GradeEffect | None, rules: ResultRules
) -> Iterator[ResultStep]:
    """What the rules take away, one after another; each of the base."""
    _refuse_bad_base(facts.base)
    yield from _of_grade(facts.base, effect)
    yield from _of_execution(facts, rules=rules)
    yield from _of_everything_open(facts, rules=rules)


def _of_everything_open(facts: ResultFacts, *, rules: ResultRules) -> Iterator[ResultStep]:
    yield from _of_open(
        facts,
        code="rectification",
        count=facts.rectifications_open,
        effect=rules.rectification,
        text="有 {count} 项整改没有完成，减基数的 {cut}%",
    )
    yield from _of_open(
        facts,
        code="duty",
        count=facts.duties_unmet,
        effect=rules.duties,
        text="有 {count} 项义务没有履行，减基数的 {cut}%",
    )


def _of_grade(base: Money, effect: GradeEffect | None) -> Iterator[ResultStep]:
    if effect is None or not effect.cut:
        return
    values: SaidValues = {"grade": Said(effect.grade), "cut": _percent(effect.cut)}
    said = Said("评价等级为{grade}，减基数的 {cut}%", values)
    yield _cut(base, effect.cut, code="grade", said=said, clause=effect.clause)


def _of_execution(facts: ResultFacts, *, rules: ResultRules) -> Iterator[ResultStep]:
    rate = facts.execution
    if rate is None:
        return
    effect = next((each for each in rules.executions if rate < each.below), None)
    if effect is None or not effect.cut:
        return
    values: SaidValues = {
        "rate": _percent(rate),
        "below": _percent(effect.below),
        "cut": _percent(effect.cut),
    }
    said = Said("预算执行率 {rate}%，低于 {below}%，减基数的 {cut}%", values)
    yield _cut(facts.base, effect.cut, code="execution", said=said, clause=effect.clause)


def _of_open(
    facts: ResultFacts, *, code: str, count: int, effect: OpenEffect, text: str
) -> Iterator[ResultStep]:
    cut = min(effect.each * count, effect.most)
    if cut:
        values: SaidValues = {"count": count, "cut": _percent(cut)}
        yield _cut(facts.base, cut, code=code, said=Said(text, values), clause=effect.clause)


def _withheld(
    base: Money,
    *,
    part: TiedPart,
    formula: InstitutionFormula,
    reached: Mapping[str, Ratio | None],
) -> ResultStep | None:
    """What a part of the tied money withholds; None where it withholds nothing."""
    figure = reached.get(part.measure)
    if figure is None or figure >= part.full:
        return None
    value = figure.quantize(HUNDREDTH_OF_PERCENT, rounding=ROUND_HALF_UP)
    got = min(max((value - part.floor) / (part.full - part.floor), NOTHING), WHOLE)
    exact = base * formula.tied * part.share * (WHOLE - got)
    amount = _fen(exact)
    if not amount:
        return None
    values: SaidValues = {
        "value": _percent(value),
        "floor": _percent(part.floor),
        "full": _percent(part.full),
        "missing": _percent(WHOLE - got),
    }
    said = Said(
        "达到 {value}%（{floor}% 以下全扣，{full}% 起不扣），扣挂钩资金的 {missing}%", values
    )
    figures = (
        f"{plain(base)} × {_percent(formula.tied)}% × {_percent(part.share)}% × "
        f"({_percent(part.full)}% − {_percent(max(value, part.floor))}%) ÷ "
        f"({_percent(part.full)}% − {_percent(part.floor)}%) {_equals(exact)} {plain(amount)}"
    )
    return ResultStep(
        code=part.measure,
        amount=-amount,
        said=said,
        arithmetic=figures,
        clause=formula.clause,
        name=part.name,
    )


def _cut(base: Money, share: Ratio, *, code: str, said: Said, clause: str) -> ResultStep:
    amount = _fen(base * share)
    figures = f"{plain(base)} × {_percent(share)}% {_equals(base * share)} {plain(amount)}"
    return ResultStep(code=code, amount=-amount, said=said, arithmetic=figures, clause=clause)


def _kept_above_nothing(base: Money, steps: Iterable[ResultStep]) -> tuple[ResultStep, ...]:
    """The steps as far as there is money left to take; the last one says how much was left."""
    left, kept = base, []
    for step in steps:
        taken = min(-step.amount, left)
        if not taken:
            continue
        figures = step.arithmetic
        if taken < -step.amount:
            figures = f"{figures} > {plain(left)} → {plain(taken)}"
        kept.append(replace(step, amount=-taken, arithmetic=figures))
        left -= taken
    return tuple(kept)


def _unjudged(facts: ResultFacts) -> tuple[ResultNote, ...]:
    notes = []
    if facts.grade is None:
        notes.append(ResultNote(said=Said("没有评价等级，等级的后果没有计算")))
    if facts.execution is None:
        notes.append(ResultNote(said=Said("没有预算执行率，执行的后果没有计算")))
    return tuple(notes)


def _refuse_bad_base(base: Money) -> None:
    assert base >= 0, "a base isn't negative"
    assert is_whole_fen(base), "money has two decimals"


def _equals(exact: Decimal) -> str:
    """The sign before an amount to the fen: whether rounding changed it."""
    return "=" if exact == _fen(exact) else "≈"


def _fen(amount: Decimal) -> Money:
    return amount.quantize(FEN, rounding=ROUND_HALF_UP)


def _percent(share: Ratio) -> str:
    """A share in per cent, to hundredths, without idle zeros."""
    return plain((share * HUNDRED).quantize(FEN, rounding=ROUND_HALF_UP))
