"""A draft becomes a Form: the best label wins, money becomes yuan, nothing is computed."""

from dataclasses import replace

from gongzhi.core.terms import FiscalYear, Form, FormType, Indicator, Points
from gongzhi.papers.reader.amounts import points, unit_at_start
from gongzhi.papers.reader.drafts import Draft
from gongzhi.papers.reader.funds import Funds, funds_of
from gongzhi.papers.reader.indicators import Entry
from gongzhi.papers.reader.kinds import Signs, form_type_of, layout_of
from gongzhi.papers.reader.notes import weight_rule
from gongzhi.papers.reader.pairs import Pair
from gongzhi.papers.reader.printed import chosen, key, line, passage
from gongzhi.papers.reader.prose import NOTHING_TOLD, Told, told_in
from gongzhi.papers.reader.titles import year_in, year_of_value
from gongzhi.papers.reader.vocabulary import WORDS

SEALS = ("（盖章）", "(盖章)", "（公章）", "(公章)", "（签章）", "(签章)")
DEPARTMENTS = frozenset({FormType.SELF_EVALUATION_DEPARTMENT, FormType.GOAL_DEPARTMENT})
GOALS = frozenset({FormType.GOAL, FormType.GOAL_DEPARTMENT})


def form_of(draft: Draft) -> Form:
    """The form that a draft describes."""
    told = NOTHING_TOLD if draft.has_identity else told_in([*draft.earlier, *draft.lines])
    signs = Signs(
        titles=draft.titles, words=draft.words, columns=draft.columns,
        fields={pair.field for pair in draft.pairs} | set(draft.goals),
    )  # fmt: skip
    kind = form_type_of(signs)
    funds = funds_of(draft, told, is_goal=kind in GOALS)
    annual, long_term = _indicators(draft, funds)
    form = Form(
        form_type=kind, layout=layout_of(signs, kind), fiscal_year=_year(draft),
        money_unit=funds.unit, budget_initial=funds.initial, budget_adjusted=funds.adjusted,
        executed=funds.executed, execution_rate_text=funds.rate_text,
        execution_weight=funds.weight, execution_score=funds.score, fund_rows=funds.rows,
        indicators=annual, long_term_indicators=long_term,
        goal_text=_goal(draft), goal_actual_text=_goal_actual(draft),
        level1_weights=_level1_weights(draft), weight_rule=weight_rule(draft.notes),
        has_total_row=bool(draft.totals),
        where=replace(draft.where, row=None, column=None),
    )  # fmt: skip
    return _with_totals(_with_names(form, draft, told), draft, told)


def best(draft: Draft, field: str) -> Pair | None:
    """The label that names a field best and has a value: in a table, by rank, by order."""
    named = [pair for pair in draft.pairs if pair.field == field and line(pair.value)]
    return min(named, key=lambda pair: (not pair.in_table, pair.rank), default=None)


def _named(draft: Draft, field: str) -> str | None:
    pair = best(draft, field)
    if pair is None:
        return None
    name = line(pair.value)
    for seal in SEALS:
        name = name.removesuffix(seal)
    return name or None


def _with_names(form: Form, draft: Draft, told: Told) -> Form:
    project = _named(draft, "project") or told.fields.get("project")
    department = _named(draft, "department") or told.fields.get("department")
    unit = _named(draft, "unit") or _organisation(draft) or told.fields.get("unit")
    filler = _named(draft, "filler")
    if form.form_type in DEPARTMENTS and department is None:
        department, unit = unit or filler, None
    if department is None and unit is None:
        unit = filler
    return replace(form, project=project, department=department, unit=unit)


def _organisation(draft: Draft) -> str | None:
    """What stands beside a bare “单位”: a unit of money in most forms, an office in others."""
    values = (line(pair.value) for pair in draft.pairs if pair.field == "money_unit")
    offices = (value for value in values if len(value) > 2 and not unit_at_start(key(value)))
    return next(offices, None)


def _with_totals(form: Form, draft: Draft, told: Told) -> Form:
    weight = next((t.weight for t in draft.totals if t.weight is not None), None)
    score = next((t.score for t in draft.totals if t.score is not None), None)
    grade = next((t.grade for t in draft.totals if t.grade), None)
    stated, named = best(draft, "stated_total"), best(draft, "stated_grade")
    if score is None:
        score = points(stated.value) if stated else told.total
    if grade is None and named:
        grade = chosen(named.value, WORDS.grades)
    if not form.form_type.is_self_evaluation:
        score = grade = None
    return replace(
        form, total_weight=weight, stated_total=score, stated_grade=grade or _told_grade(form, told)
    )


def _told_grade(form: Form, told: Told) -> str | None:
    return told.grade if form.form_type.is_self_evaluation else None


def _indicators(draft: Draft, funds: Funds) -> tuple[tuple[Indicator, ...], tuple[Indicator, ...]]:
    """The annual and the long-term indicators, each knowing its position."""
    entries = [entry for entry in draft.entries if entry not in funds.entries]
    long_term = [entry for entry in entries if entry.long_term]
    annual = [entry for entry in entries if not entry.long_term]
    if not annual:
        return _placed(long_term), ()
    return _placed(annual), _placed(long_term)


def _placed(entries: list[Entry]) -> tuple[Indicator, ...]:
    return tuple(
        replace(entry.indicator, where=replace(entry.indicator.where, indicator=position))
        for position, entry in enumerate(entries)
    )


def _year(draft: Draft) -> FiscalYear | None:
    """The year in a cell of its own, else in the lines above, the sheet's name, the document."""
    named = best(draft, "year")
    project = best(draft, "project")
    return (
        (year_of_value(named.value) if named else None)
        or year_in(draft.lines)
        or (year_of_value(draft.sheet) if draft.sheet else None)
        or year_in(draft.earlier)
        or (year_in([project.value]) if project and "年度" in project.value else None)
    )


def _goal(draft: Draft) -> str | None:
    texts = (
        draft.goals.get("goal_adjusted"), draft.goals.get("goal"),
        *(_passage_of(draft, field) for field in ("goal_adjusted", "goal", "goal_long")),
        draft.goals.get("goal_long"),
    )  # fmt: skip
    return next((text for text in texts if text), None)


def _goal_actual(draft: Draft) -> str | None:
    return draft.goals.get("goal_actual") or _passage_of(draft, "goal_actual")


def _passage_of(draft: Draft, field: str) -> str | None:
    pair = best(draft, field)
    return passage(pair.value) if pair else None


def _level1_weights(draft: Draft) -> dict[str, Points]:
    weights: dict[str, Points] = {}
    for block in draft.blocks:
        for name, printed in block.level1_weights.items():
            weights.setdefault(name, printed)
    return weights
