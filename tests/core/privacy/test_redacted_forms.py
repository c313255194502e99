"""A form made fit to be published."""

from dataclasses import replace

from hypothesis import given

from core.strategies import forms
from gongzhi.core.audit import check_form
from gongzhi.core.privacy import personal_in, redacted_form
from gongzhi.core.terms import Form, FormType
from gongzhi.rules.packs import load_packs

PACK = load_packs()["mof-2020-10"]


def texts(form: Form) -> list[str | None]:
    rows = (*form.indicators, *form.long_term_indicators)
    in_rows = [text for r in rows for text in (r.level3, r.target_text, r.actual_text, r.reason)]
    in_form = [form.project, form.department, form.unit, form.goal_text, form.goal_actual_text]
    return [*in_form, *in_rows]


@given(forms)
def test_nothing_personal_is_left_and_the_figures_stay(form: Form) -> None:
    clean = redacted_form(form)

    assert not any(personal_in(text) for text in texts(clean))
    assert "H-NAME" not in {finding.code for finding in check_form(clean, pack=PACK).findings}
    assert [r.score for r in clean.indicators] == [r.score for r in form.indicators]
    assert clean.executed == form.executed


def test_a_form_without_personal_data_is_itself() -> None:
    form = replace(Form(form_type=FormType.GOAL, layout="any"), project="堤防加固")
    assert redacted_form(form) == form
