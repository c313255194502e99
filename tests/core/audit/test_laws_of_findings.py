"""Laws of findings, on forms of any shape."""

from collections import Counter
from dataclasses import replace
from itertools import count
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import strategies
from core.expected_forms import expected_forms
from gongzhi.core.audit import check_form
from gongzhi.core.audit.checks import CHECKS
from gongzhi.core.terms import Form
from gongzhi.rules.checks import load_checks
from gongzhi.rules.packs import guess_pack, load_packs
from gongzhi.words import LANGUAGES, say

PACKS = list(load_packs().values())
MILLISECONDS_MAX = 2


@settings(max_examples=300)
@given(form=strategies.forms, pack=st.sampled_from(PACKS))
def test_a_form_of_any_shape_is_checked_and_said_in_both_languages(form, pack):
    checked = check_form(form, pack=pack)
    sayings = [
        *(finding.said for finding in checked.findings),
        *(row.said for row in checked.row_scores),
        checked.scorecard.execution.said,
        checked.scorecard.total.said,
        checked.scorecard.grade_said,
        guess_pack(form).why,
    ]
    assert all(say(said, language) for said in sayings for language in LANGUAGES)


@given(form=strategies.forms)
def test_a_row_has_one_score_and_findings_name_rows_that_exist(form):
    checked = check_form(form, pack=PACKS[0])
    assert len(checked.row_scores) == len(form.indicators)
    for finding in checked.findings:
        position = finding.where.indicator
        assert position is None or 0 <= position < len(form.indicators)


@given(form=strategies.forms, data=st.data())
def test_rows_in_another_order_have_the_same_findings(form, data):
    """Each row keeps its findings, wherever it stands; findings of the whole form stay."""
    rows = tuple(
        replace(row, level3=f"指标{number}", where=replace(row.where, row=number))
        for number, row in zip(count(1), form.indicators, strict=False)
    )
    shuffled = tuple(data.draw(st.permutations(rows)))
    assert found(replace(form, indicators=rows)) == found(replace(form, indicators=shuffled))


def found(form: Form) -> Counter[tuple[str, int | None]]:
    """Codes with the printed row; which row stands for several is left open."""
    one_for_all = {"W2", "W3", "Z1", "H-UNIT"}
    return Counter(
        (
            finding.code,
            None if finding.code in one_for_all else finding.where.indicator is not None
            and finding.where.row,
        )
        for finding in check_form(form, pack=PACKS[0]).findings
    )  # fmt: skip


@given(form=strategies.forms)
def test_the_same_form_has_the_same_findings(form):
    assert check_form(form, pack=PACKS[0]) == check_form(form, pack=PACKS[0])


def test_codes_and_certainty_are_those_of_the_written_rules():
    written = [(rule.code, rule.certain) for rule in load_checks().values()]
    assert [(check.code, check.certain) for check in CHECKS] == written


@pytest.mark.parametrize("word", ["造假", "虚假", "作弊"])
def test_no_finding_accuses_anybody(word):
    texts = [text for rule in load_checks().values() for text in (rule.name.zh, rule.text.zh)]
    assert all(word not in text for text in texts)


def test_a_form_is_checked_within_two_milliseconds():
    forms = [expected.form for expected in expected_forms()]
    best = min(seconds_for(forms) for _ in range(3))
    assert best / len(forms) * 1000 <= MILLISECONDS_MAX


def seconds_for(forms: list[Form]) -> float:
    began = process_time()
    for form in forms:
        check_form(form, pack=PACKS[0])
    return process_time() - began
