"""The one score of a panel: laws of weights, gaps that must be answered, what a kind changed."""

from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.evaluating.rules import Scope
from gongzhi.core.scoring.panel import ABSENT, WHOLE_SCORE, Judged, PanelRules, score_panel
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.words import say

EVALUATION = load_evaluation("mof-2020-10")
FRAME = EVALUATION.frames["project"]
RULES = EVALUATION.panel(Scope.PROJECT)
TOTALS = st.integers(0, 10000).map(lambda cents: Decimal(cents) / 100)
KINDS = st.sampled_from([kind for kind, weight in RULES.weights.items() if weight])
SEVERAL = st.lists(st.tuples(KINDS, TOTALS), min_size=1, max_size=8)
RULE = st.sampled_from(sorted(ABSENT))


def judged(pairs):
    return [
        Judged(kind=kind, evaluator=str(at), total=total) for at, (kind, total) in enumerate(pairs)
    ]


def whole(evaluator, *, share="1", kind="finance", **other):
    points = {line.code: line.weight * Decimal(share) for line in FRAME.lines}
    points |= {code: Decimal(value) for code, value in other.items()}
    return Judged(kind=kind, evaluator=evaluator, total=sum(points.values()), points=points)


@given(SEVERAL, RULE)
def test_the_score_lies_between_the_lowest_and_the_highest(pairs, absent):
    panel = score_panel(judged(pairs), frame=FRAME, rules=replace(RULES, absent=absent))
    assert panel.lowest <= panel.score <= panel.highest
    assert sum(each.weight for each in panel.kinds) == 1


@given(SEVERAL, RULE, st.randoms())
def test_the_order_of_evaluators_changes_nothing(pairs, absent, chance):
    rules = replace(RULES, absent=absent)
    turned = judged(pairs)
    chance.shuffle(turned)
    assert score_panel(turned, frame=FRAME, rules=rules) == score_panel(
        judged(pairs), frame=FRAME, rules=rules
    )


@given(SEVERAL, st.integers(0, 7))
def test_a_higher_total_never_lowers_the_score(pairs, at):
    better = list(pairs)
    kind, total = better[at % len(pairs)]
    better[at % len(pairs)] = (kind, min(total + 5, Decimal(100)))
    before = score_panel(judged(pairs), frame=FRAME, rules=RULES)
    assert score_panel(judged(better), frame=FRAME, rules=RULES).score >= before.score


def test_gaps_must_be_answered_before_the_score_counts():
    panel = score_panel(
        [whole("甲"), whole("乙", share="0.9", kind="social", benefit="5")],
        frame=FRAME,
        rules=RULES,
    )
    assert [gap.line for gap in panel.gaps] == [WHOLE_SCORE, "benefit"]
    assert not panel.counts(())
    assert not panel.counts({"benefit"})
    assert panel.counts({"benefit", WHOLE_SCORE})
    assert all(say(gap.said, "en") != gap.said.text for gap in panel.gaps)


def test_a_gap_at_the_limit_is_none():
    pair = [("finance", Decimal(90)), ("social", Decimal(80))]
    assert score_panel(judged(pair), frame=FRAME, rules=RULES).gaps == ()


def test_what_a_kind_changed_can_be_told():
    panel = score_panel(
        judged([("finance", Decimal(90)), ("social", Decimal(70))]), frame=FRAME, rules=RULES
    )
    assert (panel.score, panel.without["social"]) == (85, 90)


@given(SEVERAL, RULE)
def test_kinds_that_spare_money_never_take_any_away(pairs, absent):
    rules = replace(RULES, absent=absent)
    panel = score_panel(judged(pairs), frame=FRAME, rules=rules)
    others = [pair for pair in pairs if pair[0] not in rules.sparing]
    without = score_panel(judged(others), frame=FRAME, rules=rules).score
    assert rules.sparing == {"social", "citizen"}
    if without is None:
        assert panel.for_money is None
    else:
        assert panel.for_money == max(without, panel.score)


def test_by_which_score_money_goes_is_told():
    low = [("finance", Decimal(90)), ("social", Decimal(70))]
    panel = score_panel(judged(low), frame=FRAME, rules=RULES)
    assert (panel.score, panel.for_money) == (85, 90)
    assert "结果应用按 90 分" in say(panel.money_said, "zh")
    high = [("finance", Decimal(70)), ("social", Decimal(90))]
    assert score_panel(judged(high), frame=FRAME, rules=RULES).for_money == 75
    alone = score_panel(judged(low[1:]), frame=FRAME, rules=RULES)
    assert (alone.score, alone.for_money) == (70, None)
    told = [
        panel.money_said,
        alone.money_said,
        score_panel([], frame=FRAME, rules=RULES).money_said,
    ]
    assert all(say(each, "en") != each.text for each in told)


def test_lines_are_compared_by_their_share_of_the_weight():
    alike = score_panel([whole("甲"), whole("乙", share="0.95")], frame=FRAME, rules=RULES)
    assert alike.order.w is None  # each gives every line the same share
    apart = score_panel(
        [whole("甲", benefit="10", goals="2"), whole("乙", benefit="10", goals="2")],
        frame=FRAME,
        rules=RULES,
    )
    assert apart.order.w == 1
    assert apart.figures.single == 1


def test_one_alone_and_none_are_told():
    alone = score_panel([whole("甲")], frame=FRAME, rules=RULES)
    assert alone.counts(())
    assert "只有一方" in say(alone.said, "zh")
    none = score_panel([], frame=FRAME, rules=RULES)
    assert none.score is None
    assert not none.counts(())
    assert "还没有评分" in say(none.said, "zh")


def test_kinds_without_weight_make_no_score():
    rules = PanelRules(
        weights={"recheck": Decimal(0)},
        absent="equally",
        gap_total=Decimal(10),
        gap_line=Decimal(1),
    )
    assert score_panel([whole("甲", kind="recheck")], frame=FRAME, rules=rules).score is None
