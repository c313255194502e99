"""A form kept as a record comes back as it was, to the last digit."""

import json
from dataclasses import fields
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.terms import Form, FormType, FundRow, Indicator, Paper, Problem, Said, Where
from gongzhi.papers.record import (
    form_as_record,
    form_from_record,
    paper_as_record,
    paper_from_record,
)

texts = st.none() | st.text(max_size=20)
decimals = st.none() | st.decimals(allow_nan=False, allow_infinity=False)
counts = st.none() | st.integers(0, 9_999)
places = st.builds(
    Where, sheet=texts, table=counts, page=counts, row=counts, column=counts, indicator=counts
)
fund_rows = st.builds(
    FundRow, label=st.text(max_size=9), initial=decimals, adjusted=decimals, executed=decimals,
    where=places,
)  # fmt: skip
indicators = st.builds(
    Indicator, level1=texts, level2=texts, level3=texts, target_text=texts, actual_text=texts,
    weight=decimals, score=decimals, reason=texts, possibility=texts, converted_score=decimals,
    where=places,
)  # fmt: skip
points = st.dictionaries(st.text(min_size=1, max_size=6), decimals.filter(bool), max_size=3)
forms = st.builds(
    Form, form_type=st.sampled_from(FormType), layout=st.text(max_size=9), project=texts,
    department=texts, unit=texts, fiscal_year=counts, money_unit=texts, budget_initial=decimals,
    budget_adjusted=decimals, executed=decimals, execution_rate_text=texts,
    execution_weight=decimals, execution_score=decimals, goal_text=texts, goal_actual_text=texts,
    fund_rows=st.lists(fund_rows, max_size=2).map(tuple),
    indicators=st.lists(indicators, max_size=2).map(tuple),
    long_term_indicators=st.lists(indicators, max_size=2).map(tuple),
    level1_weights=points, weight_rule=points, has_total_row=st.booleans(),
    total_weight=decimals, stated_total=decimals, stated_grade=texts, where=places,
)  # fmt: skip


@settings(max_examples=40)
@given(forms)
def test_a_form_comes_back_from_json_as_it_was(form: Form) -> None:
    record = json.loads(json.dumps(form_as_record(form)))

    assert form_from_record(record) == form


@given(decimals.filter(lambda number: number is not None))
def test_not_even_a_trailing_zero_is_lost(number: Decimal) -> None:
    form = Form(form_type=FormType.GOAL, layout="generic", stated_total=number)

    assert str(form_from_record(form_as_record(form)).stated_total) == str(number)


def test_a_record_holds_every_field_of_a_form() -> None:
    form = Form(form_type=FormType.GOAL, layout="generic")

    names = {field.name for field in fields(Form)}
    assert set(form_as_record(form)) <= names | {"v"}
    assert form_as_record(form)["v"] == 1


def test_a_record_of_another_version_is_refused() -> None:
    with pytest.raises(ValueError, match="version 2"):
        form_from_record({"v": 2, "form_type": "goal", "layout": "generic"})


@settings(max_examples=40)
@given(forms)
def test_a_paper_comes_back_with_its_problems(form: Form) -> None:
    problem = Problem(
        where=Where(sheet="表1", row=3),
        what=Said("{what}不是数字", {"what": Said("得分")}),
        hint=Said("请检查第 {row} 行", {"row": 3}),
    )
    paper = Paper(name="表.xlsx", forms=(form,), problems=(problem,))

    assert paper_from_record(json.loads(json.dumps(paper_as_record(paper)))) == paper
