"""The findings of really published forms, built from what a reader is expected to read.

Certain codes hold exactly as expected. Advisory codes agree on 90 % and more in both
directions; every disagreement would have to be explained in EXPLAINED.
"""

from collections import defaultdict

import pytest

from core.expected_forms import ExpectedForm, expected_forms
from gongzhi.core.audit import CHECKS, CheckedForm, check_form
from gongzhi.rules.packs import guess_pack

CERTAIN = {check.code for check in CHECKS if check.certain}
# (form, code): why ours differs. None does.
EXPLAINED: dict[tuple[str, str], str] = {}
LEAST_AGREEMENT = 0.9


@pytest.fixture(scope="module")
def checked() -> list[tuple[ExpectedForm, CheckedForm]]:
    return [
        (expected, check_form(expected.form, pack=guess_pack(expected.form).pack))
        for expected in expected_forms()
    ]


def codes(form: CheckedForm, *, certain: bool) -> set[str]:
    return {finding.code for finding in form.findings if finding.certain is certain}


def compared(form: CheckedForm) -> set[str]:
    return {code for code in codes(form, certain=False) if not code.startswith("H-")}


def test_no_certain_code_is_missed(checked):
    missed = {
        expected.name: (expected.findings & CERTAIN) - codes(form, certain=True)
        for expected, form in checked
    }
    assert {name: found for name, found in missed.items() if found} == {}


def test_no_certain_code_is_a_false_alarm(checked):
    alarms = {
        expected.name: codes(form, certain=True) - expected.findings - expected.doubtful
        for expected, form in checked
    }
    assert {name: found for name, found in alarms.items() if found} == {}


def test_advisory_codes_agree_on_nine_tenths_both_ways(checked):
    missed, alarms, agreed = set(), set(), 0
    for expected, form in checked:
        wanted, found = expected.findings - CERTAIN, compared(form)
        agreed += len(wanted & found)
        missed |= {(expected.name, code) for code in wanted - found}
        alarms |= {(expected.name, code) for code in found - wanted - expected.doubtful}
    assert missed | alarms == set(EXPLAINED)
    assert agreed >= LEAST_AGREEMENT * (agreed + max(len(missed), len(alarms)))


def test_codes_hold_on_the_expected_rows(checked):
    for expected, form in checked:
        rows = defaultdict(list)
        for finding in form.findings:
            rows[finding.code].append(finding.where.indicator)
        assert {code: rows[code] for code in expected.rows} == expected.rows, expected.name


def test_every_finding_of_a_row_says_where_it_stands(checked):
    for expected, form in checked:
        for finding in form.findings:
            if finding.where.indicator is not None:
                indicator = expected.form.indicators[finding.where.indicator]
                assert finding.where.row == indicator.where.row


def test_hints_are_never_certain(checked):
    hints = [code for _, form in checked for code in codes(form, certain=True) if "H-" in code]
    assert hints == []


def test_a_stated_total_is_held_against_the_sum_of_its_parts(checked):
    totals = {
        expected.name: (form.form.stated_total, form.computed_total)
        for expected, form in checked
        if expected.name.startswith(("008-yn14-a", "012-hb2080-a", "031-poverty-a"))
    }
    shown = {name: tuple(map(float, pair)) for name, pair in totals.items()}
    assert shown == {
        "008-yn14-a#0": (96, 99.8),
        "012-hb2080-a#0": (100, 120),
        "031-poverty-a#0": (100, 110),
    }


def test_a_table_that_is_cut_off_gets_no_total(checked):
    cut = next(form for expected, form in checked if expected.name == "067-transfer-scored#0")
    assert (cut.form.stated_total, cut.computed_total, cut.grade) == (100, None, None)
