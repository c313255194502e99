"""tests/spec/audit: one page for each finding code, row by row.

The last column but one says whether the code holds, and on which rows (counted from 1).
"""

from pathlib import Path

import pytest

from gongzhi.core.audit import check_form
from gongzhi.rules.packs import load_packs
from spec.forms_in_tables import form_in
from spec.tables import cases

PAGES = Path(__file__).parent / "audit"


@pytest.mark.parametrize(("code", "row"), cases(PAGES))
def test_a_code_holds_where_the_table_says(code, row):
    checked = check_form(form_in(row), pack=load_packs()["mof-2020-10"])
    found = [finding for finding in checked.findings if finding.code == code]
    rows = [each.where.indicator + 1 for each in found if each.where.indicator is not None]
    holds, _, expected_rows = row["结论"].partition("：")
    assert bool(found) == {"有": True, "无": False}[holds]
    assert not expected_rows or rows == [int(part) for part in expected_rows.split("、")]
