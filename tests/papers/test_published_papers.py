"""Really published goal declarations and monitoring sheets, taken for papers of ours."""

from collections.abc import Iterator
from typing import Any

import pytest

from gongzhi.core.official import GoalDeclaration, MonitoringSheet
from gongzhi.papers.forms import GOAL_DECLARATION, MONITORING_SHEET
from gongzhi.papers.receiving import receive
from papers.published import expected_forms, names, paper_of, same
from real_input import real_input

PAPERS = {"goal": GOAL_DECLARATION, "monitoring": MONITORING_SHEET}
LINE = {"level1": "level1", "level2": "level2", "level3": "name"}


def read(form: dict[str, Any], value: GoalDeclaration | MonitoringSheet) -> Iterator[tuple]:
    """What stands in a published form beside what was taken from it."""
    yield from ((key, form[key], getattr(value, key)) for key in ("project", "department", "unit"))
    yield "year", form["fiscal_year"], value.year
    watched = isinstance(value, MonitoringSheet)
    yield (
        "initial",
        form["budget_initial"],
        (value.money.total.initial if watched else value.annual.total),
    )
    lines = {**LINE, "target_text": "target" if watched else "annual"}
    if watched:
        yield "paid", form["executed"], value.money.total.paid
        lines |= {"actual_text": "done", "reason": "reason"}
    else:
        lines |= {"weight": "weight"}
    for number, row in enumerate(form["indicators"]):
        line = value.indicators[number] if number < len(value.indicators) else None
        for key, field in lines.items():
            yield f"{number}.{field}", row.get(key), getattr(line, field, None)
        if watched:
            said = line and (line.likelihood or line.note)
            yield f"{number}.likelihood", row.get("possibility"), said


def compared(without: str = "") -> Iterator[tuple[str, str, Any, Any]]:
    for name in names(without=without):
        for number, form in enumerate(expected_forms(name)):
            if (paper := PAPERS.get(form["form_type"])) is not None:
                taken = paper_of(name).forms[number]
                value = paper.of_forms[taken.form_type](taken)
                for place, wanted, have in read(form, value):
                    yield name, place, wanted, have


def test_nearly_all_that_a_published_paper_states_is_taken_over() -> None:
    real_input("forms")
    found = list(compared(without=".doc"))
    wrong = [each for each in found if not same(each[2], each[3])]
    assert len(found) > 400
    assert len({name for name, *_ in found}) >= 8
    assert wrong == []


@pytest.mark.parametrize("name", ["022-goal-decl-a.docx", "028-goal-simple-b.xls"])
def test_a_published_paper_is_received_and_known_to_be_guessed(name: str) -> None:
    content = (real_input("forms") / name).read_bytes()
    received = receive(GOAL_DECLARATION, name=name, content=content)
    assert [each.exactly for each in received.papers] == [False]
    assert received.papers[0].value.indicators


def test_a_published_paper_of_another_kind_is_refused_by_name() -> None:
    content = (real_input("forms") / "002-std2020-a.docx").read_bytes()
    received = receive(GOAL_DECLARATION, name="自评表.docx", content=content)
    assert received.papers == ()
    assert received.problems[-1].what.values == {"title": "项目支出绩效目标申报表"}
