"""What answers to a survey come to, and what is withheld (S: small cells can't be computed)."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.participating.surveying import (
    Frame,
    Option,
    Question,
    QuestionKind,
    answers_to,
    faults_of_questions,
    results_of,
)
from gongzhi.core.participating.surveying.suppressing import (
    TOTAL,
    determined,
    table_of,
    withheld,
)
from gongzhi.core.terms import Text
from gongzhi.rules.participation.surveys import load_question_bank, load_surveys

RULES = load_surveys()
BANK = load_question_bank().questions
SAMPLE = Frame(sampled=True, asked=200, population=10_000)
SATISFIED = BANK["overall"].numbered(1)


def strata(*shares: str, number: int = 2) -> Question:
    options = tuple(
        Option(text=Text(zh=f"第{n}层", en=f"Stratum {n}"), share=Decimal(share))
        for n, share in enumerate(shares, start=1)
    )
    return Question(
        number=number,
        kind=QuestionKind.SINGLE,
        text=Text(zh="住在哪里", en="Where"),
        options=options,
    )


def levels(*counts: int) -> list[dict]:
    """Answers to question 1: so many of level 1, of level 2 …"""
    return [{"1": level} for level, n in enumerate(counts, start=1) for _ in range(n)]


def test_a_satisfaction_figure_is_the_mean_of_points_with_its_margin():
    # 100 answers of 10,000 people: 50 very satisfied (1), 50 very dissatisfied (0): mean 0.5,
    # s² = 25/99, margin = 1.96 · √(25/99/100 · 0.99) = 1.96 · 0.05 = 0.098.
    found = results_of([SATISFIED], levels(50, 0, 0, 0, 50), frame=SAMPLE, rules=RULES)
    assert found.satisfaction.value == Decimal("0.5000")
    assert found.satisfaction.margin == Decimal("0.0980")
    assert found.response == Decimal("0.5000")


def test_asking_everybody_leaves_no_margin():
    frame = Frame(sampled=True, asked=40, population=40)
    found = results_of([SATISFIED], levels(10, 0, 10, 0, 20), frame=frame, rules=RULES)
    assert found.satisfaction.margin == 0


def test_who_came_by_themselves_are_no_sample_and_have_no_margin():
    found = results_of(
        [SATISFIED], levels(10, 0, 0, 0, 20), frame=Frame(sampled=False), rules=RULES
    )
    assert found.satisfaction.margin is None
    assert found.response is None


def test_weights_make_the_answers_look_like_the_population():
    # Stratum 1 is half of all people but answered 10 times of 40: its word counts as much.
    where = strata("0.5", "0.5")
    low = [{"1": 1, "2": 1} for _ in range(10)]
    high = [{"1": 5, "2": 2} for _ in range(30)]
    found = results_of([SATISFIED, where], low + high, frame=SAMPLE, rules=RULES)
    assert found.satisfaction.value == Decimal("0.5000")
    # Kish: weights 2 and 2/3: deff = 40 · (10·4 + 30·4/9) / 40² = 1.33; effective 30.
    assert found.weighting.design_effect == Decimal("1.33")
    assert found.weighting.effective == 30


def test_a_stratum_that_nobody_answered_for_leaves_all_unweighted_and_is_named():
    answers = [{"1": 4, "2": 1} for _ in range(20)]
    found = results_of([SATISFIED, strata("0.5", "0.5")], answers, frame=SAMPLE, rules=RULES)
    assert found.weighting.empty == (2,)
    assert found.satisfaction.value == Decimal("0.7500")


def test_of_fewer_than_the_least_nothing_is_told_but_how_many():
    found = results_of([SATISFIED], levels(0, 0, 0, 2, 2), frame=SAMPLE, rules=RULES)
    assert (found.count, found.questions, found.satisfaction) == (4, (), None)


def test_small_cells_are_withheld_and_another_one_with_them():
    found = results_of([SATISFIED], levels(2, 20, 40, 60, 50), frame=SAMPLE, rules=RULES)
    counts = found.questions[0].rows[0].counts
    assert counts[0] is None
    assert counts.count(None) >= 3, "two would follow from the sum and the mean"


def test_a_mean_that_tells_of_the_only_one_who_differs_is_withheld():
    found = results_of([SATISFIED], levels(0, 0, 0, 1, 99), frame=SAMPLE, rules=RULES)
    assert found.satisfaction is None


def test_strata_of_a_scale_show_their_means_and_no_counts():
    answers = [{"1": 1 + n % 5, "2": 1 + n % 2} for n in range(100)]
    found = results_of([SATISFIED, strata("0.5", "0.5")], answers, frame=SAMPLE, rules=RULES)
    whole, first, second = found.questions[0].rows
    assert whole.counts == (20, 20, 20, 20, 20)
    assert first.mean
    assert second.mean
    assert set(first.counts) == {None}


def test_numbers_of_strata_are_told_only_where_none_is_too_small():
    minutes = BANK["minutes"].numbered(3)
    answers = [{"1": 4, "2": 1 + (n < 3), "3": str(n)} for n in range(40)]
    found = results_of(
        [SATISFIED, strata("0.5", "0.5"), minutes], answers, frame=SAMPLE, rules=RULES
    )
    rows = found.questions[2].rows
    assert rows[0].mean
    assert [row.mean for row in rows[1:]] == [None, None]


def test_several_may_be_chosen_and_each_is_a_share_of_who_answered():
    improve = replace(BANK["improve"].numbered(1), required=True)
    answers = [{"1": [1, 2]} for _ in range(10)] + [{"1": [2]} for _ in range(10)]
    row = results_of([improve], answers, frame=SAMPLE, rules=RULES).questions[0].rows[0]
    assert row.counts[:2] == (10, 20)
    assert row.shares[1].value == 1


# ── laws ──

counts = st.integers(0, 12)
tables = st.integers(1, 4).flatmap(
    lambda width: st.lists(
        st.lists(counts, min_size=width + 1, max_size=width + 1), min_size=1, max_size=4
    )
)


@given(tables, st.integers(2, 6))
def test_no_withheld_cell_follows_from_rows_columns_and_totals(rows, least):
    table = table_of(rows)
    hidden = withheld(table, least=least)
    for cell, count in table.counts.items():
        if 0 < count < least and cell != (TOTAL, TOTAL):
            assert cell in hidden
    sums = [
        {cell: Fraction(-1 if n == 0 else 1) for n, cell in enumerate(line)}
        for line in table.lines()
    ]
    inner = {cell for cell in hidden if TOTAL not in cell}
    shown_inner = any(TOTAL not in cell and cell not in hidden for cell in table.counts)
    assert not inner & determined(hidden, sums) or not shown_inner


@settings(max_examples=40)
@given(st.lists(st.lists(st.integers(0, 8), min_size=3, max_size=3), min_size=2, max_size=3))
def test_an_attacker_who_tries_all_tables_finds_several(rows):
    """Against all whole, non-negative tables with the same published cells: none is pinned down."""
    least = 3
    table = table_of(rows)
    hidden = withheld(table, least=least)
    small = [(r, c) for (r, c), n in table.counts.items() if TOTAL not in (r, c) and 0 < n < least]
    if not small or any(TOTAL in cell for cell in hidden):
        return
    unknown = sorted(hidden)
    seen: dict = {cell: set() for cell in small}
    most = max(table.counts[cell] for cell in unknown) + least
    if (most + 1) ** len(unknown) > 6_000:
        return
    for values in product(range(most + 1), repeat=len(unknown)):
        tried = {**table.counts, **dict(zip(unknown, values, strict=True))}
        if all(tried[line[0]] == sum(tried[cell] for cell in line[1:]) for line in table.lines()):
            for cell in small:
                seen[cell].add(tried[cell])
    assert all(len(found) > 1 for found in seen.values())


@given(st.lists(st.integers(1, 5), min_size=5, max_size=60))
def test_a_satisfaction_lies_between_nothing_and_all(given_levels):
    answers = [{"1": level} for level in given_levels]
    found = results_of([SATISFIED], answers, frame=SAMPLE, rules=RULES)
    if found.satisfaction is not None:
        assert 0 <= found.satisfaction.value <= 1
        assert found.satisfaction.margin >= 0


@given(st.lists(st.integers(1, 5), min_size=10, max_size=60), st.randoms(use_true_random=False))
def test_the_order_of_answers_changes_nothing(given_levels, chance):
    answers = [{"1": level} for level in given_levels]
    before = results_of([SATISFIED], answers, frame=SAMPLE, rules=RULES)
    chance.shuffle(answers)
    assert results_of([SATISFIED], answers, frame=SAMPLE, rules=RULES) == before


# ── answers that fit their questions ──


def test_what_fits_is_kept_and_what_is_wrong_is_said_by_question():
    questions = [SATISFIED, BANK["improve"].numbered(2), BANK["minutes"].numbered(3)]
    found, faults = answers_to(questions, {1: ["4"], 2: ["1", "3"], 3: ["很久"]})
    assert found == {"1": 4, "2": [1, 3]}
    assert list(faults) == [3]


@pytest.mark.parametrize(
    ("said", "kept"), [("２．５", "2.5"), ("1,200", "1200"), ("0.50", "0.5"), ("-3", "-3")]
)
def test_numbers_are_understood_as_people_write_them(said, kept):
    assert answers_to([BANK["minutes"].numbered(1)], {1: [said]})[0] == {"1": kept}


@pytest.mark.parametrize("said", ["6", "0", "x", "1e0", "一"])
def test_what_is_no_level_is_refused(said):
    found, faults = answers_to([SATISFIED], {1: [said]})
    assert not found
    assert 1 in faults


def test_a_required_question_left_out_is_said():
    assert 1 in answers_to([SATISFIED], {})[1]
    assert not answers_to([BANK["words"].numbered(1)], {})[1]


@given(st.dictionaries(st.integers(0, 4), st.lists(st.text(max_size=8), max_size=3), max_size=4))
def test_whatever_is_sent_becomes_answers_or_faults(sent):
    questions = [SATISFIED, BANK["age"].numbered(2), BANK["minutes"].numbered(3)]
    found, faults = answers_to(questions, sent)
    assert not {int(key) for key in found} & set(faults)


def test_a_survey_says_what_is_wrong_with_its_questions():
    twice = [SATISFIED, replace(SATISFIED, number=2)]
    assert [f.text for f in faults_of_questions(twice)] == ["满意度只能由一个题目得出"]
    assert [f.text for f in faults_of_questions([strata("0.5", "0.4")])] == [
        "第 {number} 题各选项占总体的比例合计应为 100%"
    ]
    assert not [*faults_of_questions([each.numbered(1) for each in BANK.values()][:1])]
