"""The demo city's own goals go out as papers and come back as they were."""

from collections.abc import Iterator, Sequence
from itertools import islice

import pytest

from gongzhi.city.invented import CityYear
from gongzhi.core.goals import DraftGoal
from gongzhi.core.official import Filler, GoalDeclaration, declared, taken_from
from gongzhi.intake.opening import open_document
from gongzhi.papers.forms import GOAL_DECLARATION, as_docx, as_xlsx
from gongzhi.papers.receiving import found_in

THIRTY = 30


def papers(city: CityYear) -> Iterator[tuple[DraftGoal, GoalDeclaration]]:
    """Every project's goals, and the declaration of them."""
    for venture in city.ventures:
        by = Filler(code=venture.code, department="主管部门", unit="实施单位")
        yield venture.goal, declared(venture.goal, by=by)


def read(ending: str, content: bytes) -> Sequence[GoalDeclaration]:
    found, rest = found_in(open_document(f"x.{ending}", content), GOAL_DECLARATION)
    assert rest == []
    assert [told for each in found for told in each.problems] == []
    return [each.value for each in found]


@pytest.mark.parametrize(("ending", "write"), [("docx", as_docx), ("xlsx", as_xlsx)])
def test_thirty_projects_of_the_city_come_back_as_they_went_out(
    city: CityYear, ending: str, write
) -> None:
    chosen = list(islice(papers(city), THIRTY))
    back = read(ending, write(GOAL_DECLARATION, [paper for _, paper in chosen]))
    assert back == [paper for _, paper in chosen]
    for value, (goal, _) in zip(back, chosen, strict=True):
        assert taken_from(value, known=goal) == goal


@pytest.mark.deep
def test_all_projects_of_the_city_come_back_as_they_went_out(city: CityYear) -> None:
    whole = list(papers(city))
    for start in range(0, len(whole), THIRTY):
        some = [paper for _, paper in whole[start : start + THIRTY]]
        assert read("xlsx", as_xlsx(GOAL_DECLARATION, some)) == some
