"""Citizens together: no figure of few, no single one told apart, exact means."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.evaluating.citizens import LEVELS, heard, points_of
from gongzhi.rules.packs.evaluation import load_evaluation

RULES = load_evaluation("mof-2020-10")
FRAME = RULES.frame_of("citizen")
CODES = [line.code for line in FRAME.lines]
TOTALS = st.lists(st.decimals(min_value=0, max_value=100, places=2), max_size=60)


def test_levels_are_shares_of_the_lines_weights():
    assert points_of(dict.fromkeys(CODES, LEVELS), frame=FRAME) == 100
    assert points_of(dict.fromkeys(CODES, 0), frame=FRAME) == 0
    assert points_of({"service": 4, "change": 2, "openness": 0}, frame=FRAME) == 65


def test_a_line_without_a_level_or_beyond_it_gives_nothing():
    assert points_of(dict.fromkeys(CODES[1:], 1), frame=FRAME) is None
    assert points_of(dict.fromkeys(CODES, LEVELS + 1), frame=FRAME) is None


@given(TOTALS)
def test_of_few_no_figure_is_told_and_of_enough_the_mean_counts(totals):
    found = heard(totals, rules=RULES.citizens)
    assert found.count == len(totals)
    assert (found.mean is None) == (len(totals) < RULES.citizens.shown_least)
    assert found.counts == (len(totals) >= RULES.citizens.enough)
    if found.mean is not None:
        assert min(totals) <= found.mean <= max(totals)


def test_the_spread_is_the_standard_deviation_of_a_sample():
    rules = replace(RULES.citizens, shown_least=1, enough=2)
    found = heard([Decimal(60), Decimal(80)], rules=rules)
    assert (found.mean, found.spread) == (Decimal("70.00"), Decimal("14.1"))
