"""The forms of ../shared/data/forms as values, straight from what is expected of a reader."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongzhi.core.terms import Form, FormType, FundRow, Indicator, Where
from real_input import real_input


@dataclass(frozen=True)
class ExpectedForm:
    """A form, the codes that hold on it, the rows they hold for, and those left open."""

    name: str
    form: Form
    findings: frozenset[str]
    rows: Mapping[str, list[int]]
    doubtful: frozenset[str]


def expected_forms() -> list[ExpectedForm]:
    """Every form of every readable file, hostile ones included."""
    folder = real_input("forms")
    paths = sorted([*folder.glob("*.expected.json"), *folder.glob("hostile/*.expected.json")])
    return [form for path in paths for form in _forms(path)]


def _forms(path: Path) -> Iterator[ExpectedForm]:
    record = json.loads(path.read_text(encoding="utf-8"), parse_float=Decimal)
    for position, form in enumerate(record.get("forms") or [record]):
        if "findings" in form:
            yield ExpectedForm(
                name=f"{path.name.removesuffix('.expected.json')}#{position}",
                form=form_of(form),
                findings=frozenset(form["findings"]),
                rows=form["finding_rows"],
                doubtful=frozenset(form["findings_doubtful"]),
            )


def form_of(record: Mapping[str, Any]) -> Form:
    """One expected record as a form; `extra` holds what only the rules need."""
    extra = record["extra"]
    converted = extra.get("converted_scores") or [None] * len(record["indicators"])
    return Form(
        form_type=FormType(record["form_type"]),
        layout=extra["layout"],
        project=record["project"],
        department=record["department"],
        unit=record["unit"],
        fiscal_year=record["fiscal_year"],
        money_unit=record["money_unit"],
        budget_initial=_decimal(record["budget_initial"]),
        budget_adjusted=_decimal(record["budget_adjusted"]),
        executed=_decimal(record["executed"]),
        execution_rate_text=extra["execution_rate_text"],
        execution_weight=_decimal(record["execution_weight"]),
        execution_score=_decimal(record["execution_score"]),
        fund_rows=tuple(_fund_row(row) for row in extra["fund_rows"] or ()),
        goal_text=extra["goal_text"],
        goal_actual_text=extra["goal_actual_text"],
        indicators=tuple(
            _indicator(row, converted=score, number=number)
            for number, (row, score) in enumerate(
                zip(record["indicators"], converted, strict=True), start=1
            )
        ),
        level1_weights=_points(extra["level1_weights"]),
        weight_rule=_points(extra.get("weight_rule")),
        has_total_row=extra["total_row"],
        total_weight=_decimal(extra["total_weight"]),
        stated_total=_decimal(record["stated_total"]),
        stated_grade=extra["grade"],
        where=Where(table=1),
    )


def _indicator(row: Mapping[str, Any], *, converted: Any, number: int) -> Indicator:
    points = {key: _decimal(row[key]) for key in ("weight", "score")}
    texts = {key: value for key, value in row.items() if key not in points}
    return Indicator(
        **texts, **points, converted_score=_decimal(converted), where=Where(table=1, row=number)
    )


def _fund_row(row: Mapping[str, Any]) -> FundRow:
    amounts = {key: _decimal(row[key]) for key in ("initial", "adjusted", "executed")}
    return FundRow(label=row["label"], **amounts)


def _points(printed: Mapping[str, Any] | None) -> dict[str, Decimal]:
    return {name: Decimal(points) for name, points in (printed or {}).items()}


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(value)
