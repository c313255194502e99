"""The demo's forms: published figures under anonymous names, and a few that are invented."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from gongzhi.core.terms import Form, FormType, FundRow, Indicator

FIGURES = Path(__file__).parent / "published_forms.toml"
INVENTED = Path(__file__).parent / "invented_forms.toml"


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleForm:
    """A form of the demo and the number of the published record that its figures come from."""

    record: str
    form: Form


@cache
def sample_forms() -> tuple[SampleForm, ...]:
    """All forms of the demo whose figures were published, in the order of the file."""
    return tuple(
        SampleForm(record=record, form=_form(table)) for record, table in _tables(FIGURES).items()
    )


def sample_form(record: str, *, changes: Mapping[str, Any] | None = None) -> Form:
    """The form of a record, as published or invented, or with changed entries."""
    known = _tables(FIGURES) | _tables(INVENTED)
    return _form({**known[record], **(changes or {})})


@cache
def _tables(file: Path) -> dict[str, dict[str, Any]]:
    tables = tomllib.loads(file.read_text(encoding="utf-8"), parse_float=Decimal)["form"]
    return {table["record"]: table for table in tables}


def _form(table: Mapping[str, Any]) -> Form:
    funds = tuple(_fund_row(row) for row in table["funds"])
    total = funds[0] if funds else FundRow(label="")
    asked = table.get("budget_initial")
    return Form(
        form_type=FormType(table["form_type"]),
        layout=table["layout"],
        project=table.get("project"),
        department=table.get("department"),
        unit=table.get("unit"),
        fiscal_year=table.get("fiscal_year"),
        money_unit=table.get("money_unit"),
        budget_initial=_money(asked) if asked else total.initial,
        budget_adjusted=total.adjusted,
        executed=total.executed,
        execution_rate_text=table.get("execution_rate_text"),
        execution_weight=_points(table.get("execution_weight", "")),
        execution_score=_points(table.get("execution_score", "")),
        fund_rows=funds,
        goal_text=table.get("goal_text"),
        goal_actual_text=table.get("goal_actual_text"),
        indicators=tuple(_indicator(row) for row in table["indicators"]),
        level1_weights=_weights(table.get("level1_weights", {})),
        weight_rule=_weights(table.get("weight_rule", {})),
        has_total_row=table.get("has_total_row", False),
        total_weight=_points(table.get("total_weight", "")),
        stated_total=_points(table.get("stated_total", "")),
        stated_grade=table.get("stated_grade"),
    )


def _fund_row(row: Sequence[str]) -> FundRow:
    label, initial, adjusted, executed = row
    return FundRow(
        label=label, initial=_money(initial), adjusted=_money(adjusted), executed=_money(executed)
    )


def _indicator(row: Sequence[Any]) -> Indicator:
    filled = [*row, *[""] * (9 - len(row))]
    level1, level2, level3, target, actual, weight, score, reason, possibility = filled
    return Indicator(
        level1=level1 or None,
        level2=level2 or None,
        level3=level3 or None,
        target_text=target or None,
        actual_text=actual or None,
        weight=_points(weight),
        score=_points(score),
        reason=reason or None,
        possibility=possibility or None,
    )


def _money(text: str) -> Decimal | None:
    return Decimal(text).quantize(Decimal("0.01")) if text else None


def _points(value: "int | Decimal | str") -> Decimal | None:
    return None if value == "" else Decimal(value)


def _weights(table: Mapping[str, "int | Decimal"]) -> dict[str, Decimal]:
    return {name: Decimal(points) for name, points in table.items()}
