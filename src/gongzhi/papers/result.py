"""What a check says, as one JSON object; docs/reference/check-json.md describes every key."""

from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from gongzhi.core.audit import CheckedForm
from gongzhi.core.scoring import Earned
from gongzhi.core.terms import Finding, Form, Indicator, Problem, Where
from gongzhi.papers.checking import CheckedFile
from gongzhi.papers.clauses import clause_text
from gongzhi.words import say

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

RATE_STEP = Decimal("0.000001")


def as_json(files: Iterable[CheckedFile], language: str) -> dict[str, Json]:
    """The whole result; keys are stable, what is absent is null."""
    return {"files": [_file(file, language) for file in files]}


def _file(file: CheckedFile, language: str) -> dict[str, Json]:
    return {
        "file": file.name,
        "problems": [_problem(problem, language) for problem in file.problems],
        "forms": [_form(checked, language) for checked in file.forms],
    }


def _problem(problem: Problem, language: str) -> dict[str, Json]:
    return {
        "where": _where(problem.where),
        "what": say(problem.what, language),
        "hint": say(problem.hint, language),
    }


def _form(checked: CheckedForm, language: str) -> dict[str, Json]:
    form = checked.form
    return {
        "form_type": form.form_type.value,
        "layout": form.layout,
        "pack": checked.pack.name,
        **_heading(form),
        "execution_rate": rate_number(checked.execution_rate),
        "execution_weight": points_number(form.execution_weight),
        "execution_score": points_number(form.execution_score),
        "indicators": [
            _indicator(row, score)
            for row, score in zip(form.indicators, checked.row_scores, strict=True)
        ],
        "stated_total": points_number(form.stated_total),
        "computed_total": points_number(checked.computed_total),
        "grade": checked.grade,
        "findings": [_finding(finding, language) for finding in checked.findings],
    }


def _heading(form: Form) -> dict[str, Json]:
    return {
        "project": form.project,
        "department": form.department,
        "unit": form.unit,
        "fiscal_year": form.fiscal_year,
        "money_unit": form.money_unit,
        "budget_initial": yuan_text(form.budget_initial),
        "budget_adjusted": yuan_text(form.budget_adjusted),
        "executed": yuan_text(form.executed),
    }


def _indicator(row: Indicator, score: Earned) -> dict[str, Json]:
    return {
        "level1": row.level1,
        "level2": row.level2,
        "level3": row.level3,
        "target_text": row.target_text,
        "actual_text": row.actual_text,
        "weight": points_number(row.weight),
        "score": points_number(row.score),
        "computed_score": points_number(score.points),
        "reason": row.reason,
        "possibility": row.possibility,
    }


def _finding(finding: Finding, language: str) -> dict[str, Json]:
    return {
        "code": finding.code,
        "certain": finding.certain,
        "where": _where(finding.where),
        "said": say(finding.said, language),
        "arithmetic": finding.arithmetic,
        "clause": clause_text(finding, language),
    }


def _where(where: Where) -> dict[str, Json]:
    return {
        "sheet": where.sheet,
        "table": where.table,
        "page": where.page,
        "row": where.row,
        "column": where.column,
        "indicator": where.indicator,
    }


def yuan_text(amount: Decimal | None) -> str | None:
    """An amount in yuan with two decimals, as text: JSON's numbers can't be trusted with money."""
    return None if amount is None else f"{amount:.2f}"


def points_number(points: Decimal | None) -> int | float | None:
    """Points as a JSON number, whole where they are whole."""
    if points is None:
        return None
    return int(points) if points == points.to_integral_value() else float(points)


def rate_number(rate: Decimal | None) -> int | float | None:
    """A rate as a ratio, to a millionth."""
    return points_number(None if rate is None else rate.quantize(RATE_STEP).normalize())
