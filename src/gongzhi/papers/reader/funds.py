"""The money of a form, from its block, from labels, from a row of indicators or from prose."""

from dataclasses import dataclass, replace

from gongzhi.core.terms import FundRow, Money, Points
from gongzhi.papers.reader.amounts import points, unit_at_start
from gongzhi.papers.reader.drafts import Draft
from gongzhi.papers.reader.indicators import Entry
from gongzhi.papers.reader.money import MoneyBlock, money_of_pairs
from gongzhi.papers.reader.pairs import Pair
from gongzhi.papers.reader.printed import key, line
from gongzhi.papers.reader.prose import Told
from gongzhi.papers.reader.vocabulary import WORDS

TOP_LEVEL = tuple(f"({number})" for number in "一二三四五六七八九")


@dataclass(frozen=True, slots=True, kw_only=True)
class Funds:
    """The money as the form has it; entries: lines of indicators that are about the budget."""

    unit: str | None = None
    initial: Money | None = None
    adjusted: Money | None = None
    executed: Money | None = None
    rate_text: str | None = None
    weight: Points | None = None
    score: Points | None = None
    rows: tuple[FundRow, ...] = ()
    entries: tuple[Entry, ...] = ()
    assumed_unit: bool = False


def funds_of(draft: Draft, told: Told, *, is_goal: bool) -> Funds:
    """What the form says about its money, wherever it says it."""
    unit = _unit(draft, told)
    block = next((block for block in draft.money if block.rows), None) or MoneyBlock()
    rows = block.rows or _rows_elsewhere(draft, told, unit=unit)
    if is_goal:
        return _goal_funds(rows, unit=unit)
    total = rows[0] if rows else FundRow(label="")
    funds = Funds(
        unit=unit, initial=total.initial, adjusted=total.adjusted, executed=total.executed,
        rate_text=block.rate_text, weight=block.weight, score=block.score, rows=rows,
        assumed_unit=unit is None and _has_amounts(rows),
    )  # fmt: skip
    return _with_labels(_with_entries(funds, draft), draft)


def _unit(draft: Draft, told: Told) -> str | None:
    """The unit that the form states: over its money, above its table, in a label, in a value."""
    stated = draft.money_unit or draft.unit_of_lines or draft.unit_in_labels
    if stated:
        return stated
    values = (pair.value for pair in draft.pairs if pair.field in {"amount", "adjusted"})
    own = (unit_at_start(key(value[:40]).lstrip("0123456789.,")) for value in values)
    funds = (entry.fund for entry in draft.entries if entry.fund)
    return (
        next((unit for unit in own if unit), None)
        or told.money_unit
        or (draft.unit_in_rows if any(funds) else None)
    )


def _rows_elsewhere(draft: Draft, told: Told, *, unit: str | None) -> tuple[FundRow, ...]:
    named = money_of_pairs(draft.pairs, unit=unit)
    if named:
        return (_row_of_labels(named),)
    own = [entry.fund for entry in draft.entries if entry.fund]
    if own:
        first, *rest = own
        for other in rest:
            first = replace(
                first,
                initial=first.initial or other.initial,
                adjusted=first.adjusted or other.adjusted,
                executed=first.executed or other.executed,
            )
        return (first,)
    return (told.fund,) if told.fund else ()


def _row_of_labels(named: dict[str, tuple[Money, Pair]]) -> FundRow:
    """One row of what labels name; an amount without more words is the year's budget."""
    first = min(named.values(), key=lambda found: found[1].rank)[1]
    figures = {field: money for field, (money, _) in named.items()}
    return FundRow(
        label=line(first.label).rstrip("：:"), where=first.where,
        initial=figures.get("initial"), executed=figures.get("executed"),
        adjusted=figures.get("adjusted", figures.get("amount")),
    )  # fmt: skip


def _goal_funds(rows: tuple[FundRow, ...], *, unit: str | None) -> Funds:
    """What a goal form asks for: its total; where only parts have figures, their sum."""
    if not rows:
        return Funds(unit=unit)
    asked = _budget(rows[0])
    top = [row for row in rows if key(row.label).startswith(TOP_LEVEL)]
    if len(top) > 1 and key(rows[0].label).startswith(TOP_LEVEL):
        figures = [figure for row in top if (figure := _budget(row)) is not None]
        asked = sum(figures[1:], figures[0]) if figures else None
    return Funds(unit=unit, initial=asked, assumed_unit=unit is None and asked is not None)


def _budget(row: FundRow) -> Money | None:
    return row.adjusted if row.initial is None else row.initial


def _has_amounts(rows: tuple[FundRow, ...]) -> bool:
    return any(row.initial or row.adjusted or row.executed for row in rows)


def _with_entries(funds: Funds, draft: Draft) -> Funds:
    """With the points of lines that are about the budget, where the block itself has none."""
    about_budget = [entry for entry in draft.entries if entry.execution]
    own = [entry for entry in about_budget if entry.fund] or about_budget
    if not own or (funds.weight is not None and not any(entry.fund for entry in own)):
        return funds
    lines = [entry.indicator for entry in own]
    weight = next((row.weight for row in lines if row.weight is not None), funds.weight)
    score = next((row.score for row in lines if row.score is not None), funds.score)
    rate = next((row.actual_text for row in lines if row.actual_text), None)
    has_funds = any(entry.fund for entry in own)
    return replace(
        funds,
        weight=weight,
        score=score,
        entries=tuple(about_budget),
        rate_text=funds.rate_text or (None if has_funds else rate),
    )


def _with_labels(funds: Funds, draft: Draft) -> Funds:
    """With the rate and the points that labels in the block of money name."""
    beside = [pair for pair in draft.pairs if pair.section in WORDS.money_sections]
    figures = {
        pair.field: points(pair.value) for pair in beside if pair.field in {"weight", "score"}
    }
    rate = next((line(p.value) for p in draft.pairs if p.field == "rate" and p.value), None)
    return replace(
        funds,
        rate_text=funds.rate_text or rate,
        weight=figures.get("weight") if funds.weight is None else funds.weight,
        score=figures.get("score") if funds.score is None else funds.score,
    )
