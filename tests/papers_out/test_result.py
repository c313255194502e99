"""The JSON object of a check: its keys, its types, its sums."""

import json
from decimal import Decimal

import pytest

from gongzhi.city.forms import sample_forms
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.papers.checking import CheckedFile, check_under
from gongzhi.papers.result import as_json, points_number, rate_number, yuan_text

FORM_KEYS = [
    "form_type",
    "layout",
    "pack",
    "project",
    "department",
    "unit",
    "fiscal_year",
    "money_unit",
    "budget_initial",
    "budget_adjusted",
    "executed",
    "execution_rate",
    "execution_weight",
    "execution_score",
    "indicators",
    "stated_total",
    "computed_total",
    "grade",
    "findings",
]
INDICATOR_KEYS = [
    "level1",
    "level2",
    "level3",
    "target_text",
    "actual_text",
    "weight",
    "score",
    "computed_score",
    "reason",
    "possibility",
]
FINDING_KEYS = ["code", "certain", "where", "said", "arithmetic", "clause"]
PLACE_KEYS = ["sheet", "table", "page", "row", "column", "indicator"]


def checked_samples() -> CheckedFile:
    results = [check_under(sample.form) for sample in sample_forms()]
    return CheckedFile(
        name="示例.docx",
        problems=(
            Problem(where=Where(page=2), what=Said("没有这个文件"), hint=Said("核对路径和文件名")),
        ),
        forms=tuple(form for form, _ in results),
        reasons=tuple(why for _, why in results),
    )


def spoken(language: str) -> dict:
    return json.loads(json.dumps(as_json([checked_samples()], language), ensure_ascii=False))


def test_every_form_indicator_and_finding_has_the_same_keys_in_the_same_order() -> None:
    [file] = spoken("zh")["files"]

    assert list(file) == ["file", "problems", "forms"]
    for form in file["forms"]:
        assert list(form) == FORM_KEYS
        assert all(list(row) == INDICATOR_KEYS for row in form["indicators"])
        for finding in form["findings"]:
            assert list(finding) == FINDING_KEYS
            assert list(finding["where"]) == PLACE_KEYS


def test_a_problem_says_where_what_and_what_to_do() -> None:
    [problem] = spoken("en")["files"][0]["problems"]

    assert problem["where"]["page"] == 2
    assert problem["what"] == "there is no such file"
    assert problem["hint"] == "check the path and the name"


def test_money_is_text_in_yuan_points_are_numbers_and_rates_are_ratios() -> None:
    forms = {form["project"]: form for form in spoken("zh")["files"][0]["forms"]}
    form = forms["学生营养餐补助"]

    assert form["budget_initial"] is None
    assert form["budget_adjusted"] == form["executed"] == "387664.62"
    assert form["execution_rate"] == 1
    assert form["stated_total"] == 96
    assert form["computed_total"] == 99.8
    assert form["indicators"][5]["computed_score"] == 9.8


def test_a_finding_points_to_its_indicator_from_nought() -> None:
    forms = {form["project"]: form for form in spoken("zh")["files"][0]["forms"]}
    found = {f["code"]: f for f in forms["学生营养餐补助"]["findings"]}

    assert found["S2"]["where"]["indicator"] == 5
    assert found["S2"]["certain"] is True
    assert found["Q1"]["certain"] is False


def test_both_languages_differ_in_words_only() -> None:
    zh, en = spoken("zh"), spoken("en")

    for form, other in zip(zh["files"][0]["forms"], en["files"][0]["forms"], strict=True):
        assert {k: v for k, v in form.items() if k != "findings"} == {
            k: v for k, v in other.items() if k != "findings"
        }
        for finding, translated in zip(form["findings"], other["findings"], strict=True):
            assert finding["where"] == translated["where"]
            assert finding["said"] != translated["said"]


@pytest.mark.parametrize(
    ("points", "number"), [("10.00", 10), ("9.8", 9.8), ("0", 0), ("-1", -1), (None, None)]
)
def test_points_become_json_numbers(points: str | None, number: float | None) -> None:
    made = points_number(None if points is None else Decimal(points))

    assert made == number
    assert json.dumps(made) == json.dumps(number)


def test_money_keeps_its_fen_however_large_it_is() -> None:
    assert yuan_text(Decimal("9999999999999999.99")) == "9999999999999999.99"


def test_rates_are_told_to_a_millionth() -> None:
    assert rate_number(Decimal(1) / Decimal(3)) == 0.333333
