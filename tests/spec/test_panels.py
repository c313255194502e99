"""tests/spec/panel: score sheets, and the one score that a panel makes of them."""

from pathlib import Path

import pytest

from gongzhi.core.scoring.panel import PanelRules, score_panel
from gongzhi.core.scoring.sheet import problems_of, score_sheet
from gongzhi.rules.packs import load_packs
from spec.evaluated_in_tables import frame_of, judged_in, sheet_in, weights_in
from spec.tables import EMPTY, number_in, rows_of

PAGES = Path(__file__).parent / "panel"
PACK = load_packs()["mof-2020-10"]


@pytest.mark.parametrize("row", rows_of(PAGES / "sheet.md"))
def test_a_sheet_is_scored_and_mended_as_the_table_says(row):
    sheet = sheet_in(row)
    score = score_sheet(sheet, pack=PACK)
    lines = [problem.line for problem in problems_of(sheet)]
    assert lines == ([] if row["要补"] == EMPTY else [row["要补"]])
    assert score.total == number_in(row["总分"])
    assert score.grade == (None if row["等级"] == EMPTY else row["等级"])


@pytest.mark.parametrize("row", rows_of(PAGES / "absent.md"))
def test_absent_kinds_leave_their_weight_as_the_table_says(row):
    rules = PanelRules(
        weights=weights_in(row), absent=row["办法"], gap_total=PACK.limits.full_marks, gap_line=1
    )
    panel = score_panel(judged_in(row), frame=frame_of([]), rules=rules)
    assert panel.score == number_in(row["得分"])
    assert panel.arithmetic == (None if row["算式"] == EMPTY else row["算式"])
