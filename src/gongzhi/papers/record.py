"""Forms as plain JSON values and back, exact: how they are kept and cross a pipe.

Version 1. Decimals are strings, so that no digit is lost; what is absent is left out.
"""

from collections.abc import Mapping
from dataclasses import fields
from decimal import Decimal
from enum import StrEnum
from typing import Any

from gongzhi.core.terms import Form, FormType, FundRow, Indicator, Paper, Where
from gongzhi.intake.record import problem_as_record, problem_from_record

Record = dict[str, Any]
VERSION = 1
EXACT = frozenset(
    {
        "budget_initial", "budget_adjusted", "executed", "execution_weight", "execution_score",
        "total_weight", "stated_total", "weight", "score", "converted_score", "initial", "adjusted",
    }
)  # fmt: skip


def form_as_record(form: Form) -> Record:
    """JSON-safe values that `form_from_record` turns back into an equal form."""
    return {"v": VERSION, **_fields_as_record(form)}


def form_from_record(record: Mapping[str, Any]) -> Form:
    """The form that this record was made of."""
    if record.get("v") != VERSION:
        raise ValueError(f"a record of version {record.get('v')!r} is not one of a form")
    values = _exact({name: value for name, value in record.items() if name != "v"})
    return Form(
        **{
            **values,
            "form_type": FormType(values["form_type"]),
            "fund_rows": tuple(_fund_row(row) for row in values.get("fund_rows", ())),
            "indicators": _indicators(values, "indicators"),
            "long_term_indicators": _indicators(values, "long_term_indicators"),
            "level1_weights": _points(values, "level1_weights"),
            "weight_rule": _points(values, "weight_rule"),
            "where": Where(**values.get("where", {})),
        }
    )


def paper_as_record(paper: Paper) -> Record:
    """A whole paper, its forms and its problems."""
    return {
        "v": VERSION,
        "name": paper.name,
        "forms": [form_as_record(form) for form in paper.forms],
        "problems": [problem_as_record(problem) for problem in paper.problems],
    }


def paper_from_record(record: Mapping[str, Any]) -> Paper:
    """The paper that this record was made of."""
    return Paper(
        name=record["name"],
        forms=tuple(form_from_record(form) for form in record["forms"]),
        problems=tuple(problem_from_record(problem) for problem in record["problems"]),
    )


def _fields_as_record(value: Form | FundRow | Indicator | Where) -> Record:
    named = ((field.name, getattr(value, field.name)) for field in fields(value))
    return {name: _plain(held) for name, held in named if held is not None and held != ()}


def _plain(value: object) -> Any:
    if isinstance(value, Form | FundRow | Indicator | Where):
        return _fields_as_record(value)
    if isinstance(value, tuple):
        return [_plain(part) for part in value]
    if isinstance(value, Mapping):
        return {name: _plain(part) for name, part in value.items()}
    if isinstance(value, Decimal):
        return str(value)
    return value.value if isinstance(value, StrEnum) else value


def _exact(values: Mapping[str, Any]) -> Record:
    return {name: Decimal(value) if name in EXACT else value for name, value in values.items()}


def _fund_row(record: Mapping[str, Any]) -> FundRow:
    return FundRow(**{**_exact(record), "where": Where(**record.get("where", {}))})


def _indicators(values: Mapping[str, Any], name: str) -> tuple[Indicator, ...]:
    return tuple(
        Indicator(**{**_exact(row), "where": Where(**row.get("where", {}))})
        for row in values.get(name, ())
    )


def _points(values: Mapping[str, Any], name: str) -> dict[str, Decimal]:
    return {heading: Decimal(points) for heading, points in values.get(name, {}).items()}
