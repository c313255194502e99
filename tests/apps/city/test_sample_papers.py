"""The demo's forms as files are read back as the forms that they are."""

import pytest

from gongzhi.city.forms import SampleForm, sample_forms
from gongzhi.city.sample_papers import WRITERS
from gongzhi.core.terms import FormType
from gongzhi.papers.reading import read_file

SELF_EVALUATIONS = [s for s in sample_forms() if s.form.form_type is FormType.SELF_EVALUATION]
SAME = (
    "project",
    "department",
    "unit",
    "fiscal_year",
    "budget_initial",
    "budget_adjusted",
    "executed",
    "execution_weight",
    "execution_score",
    "stated_total",
    "goal_text",
)


@pytest.mark.parametrize("ending", WRITERS)
@pytest.mark.parametrize("sample", SELF_EVALUATIONS, ids=lambda sample: sample.record)
def test_a_written_form_is_read_back(sample: SampleForm, ending: str) -> None:
    paper = read_file(f"自评表.{ending}", WRITERS[ending](sample.form))

    [form] = paper.forms
    assert paper.problems == ()
    assert {name: getattr(form, name) for name in SAME} == {
        name: getattr(sample.form, name) for name in SAME
    }
    assert len(form.indicators) == len(sample.form.indicators)
