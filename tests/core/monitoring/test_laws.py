"""Laws of monitoring, on projects of any shape."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import reduce
from operator import add

from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.monitoring import (
    SIGNALS,
    Contract,
    Course,
    Facts,
    Level,
    Payment,
    Plan,
    Promised,
    Reading,
    cumulated,
    curves,
    day_of,
    said_of,
    sums_of,
    together,
    watch,
)
from gongzhi.rules.packs.monitoring import load_monitoring, monitoring_packs
from gongzhi.words import LANGUAGES, say

YEAR = 2026
RULES = [load_monitoring(name) for name in monitoring_packs()]
DEGREES = RULES[0].words.shares
LATE = {"money_late", "money_early", "below_mark", "goal_late"}
ACCUSING = ("造假", "舞弊", "弄虚", "违法", "腐败", "虚报", "贪")
days = st.dates(date(2025, 11, 1), date(2027, 2, 1))
figures = st.decimals(min_value=0, max_value=10**6, places=2)
names = st.sampled_from(["甲", "乙", "丙", ""])
keys = st.sampled_from(["一", "二", "三"])
payments = st.builds(
    Payment,
    paid_on=days,
    amount=st.decimals(min_value=-(10**4), max_value=10**6, places=2),
    payee=names,
    contract=st.sampled_from(["", "合同一", "合同九"]),
    economic=st.sampled_from(["", "302", "310"]),
)
readings = st.builds(
    Reading,
    indicator=keys,
    read_on=days,
    value=st.none() | figures,
    degree=st.none() | st.sampled_from(Degree),
    source=names,
    settled=st.booleans(),
)
by_month = st.lists(st.decimals(min_value=0, max_value=1, places=2), min_size=12, max_size=12).map(
    lambda shares: tuple(sorted(shares))
)
promises = st.builds(
    Promised,
    key=keys,
    name=st.text(max_size=4),
    target=st.none() | figures,
    less_is_better=st.booleans(),
    course=st.sampled_from(Course),
    weight=st.none() | st.decimals(min_value=0, max_value=50, places=0),
    by_month=st.just(()) | by_month,
    baseline=st.none() | figures,
)
plans = st.builds(
    Plan,
    project=st.just("桥"),
    year=st.just(YEAR),
    money=st.just(())
    | st.lists(figures, min_size=12, max_size=12).map(lambda each: cumulated(tuple(each))),
    indicators=st.lists(promises, max_size=3, unique_by=lambda each: each.key).map(tuple),
    starts_on=st.none() | days,
    ends_on=st.none() | days,
)
facts = st.builds(
    Facts,
    initial=st.none() | figures,
    adjusted=st.none() | figures,
    received=st.none() | figures,
    carried_over=st.none() | figures,
    payments=st.lists(payments, max_size=6).map(tuple),
    contracts=st.lists(
        st.builds(Contract, key=st.just("合同一"), amount=figures, signed_on=days), max_size=1
    ).map(tuple),
    readings=st.lists(readings, max_size=6).map(tuple),
)
rules = st.sampled_from(RULES)


def codes(plan: Plan, known: Facts, *, today: date, pack=RULES[1]) -> set[str]:
    return {each.code for each in watch(plan, known, day=day_of(pack, today=today)).signals}


@settings(max_examples=100)
@given(plan=plans, known=facts, today=days, pack=rules)
def test_a_project_of_any_shape_is_watched_and_said_in_both_languages(plan, known, today, pack):
    shown = watch(plan, known, day=day_of(pack, today=today))
    for language in LANGUAGES:
        sentences = [say(each.said, language) for each in shown.signals]
        assert all(sentences)
        assert say(said_of(shown.curves), language)
        assert not any(word in sentence for word in ACCUSING for sentence in sentences)
    for signal in shown.signals:
        rule = pack.rule_of(signal.clause)
        assert rule is not None
        assert rule.code == signal.code
        assert signal.since <= today
        assert signal.arithmetic
        assert signal.level in Level


@settings(max_examples=40)
@given(plan=plans, known=facts, today=days, data=st.data())
def test_facts_in_another_order_say_the_same(plan, known, today, data):
    shuffled = replace(
        known,
        payments=tuple(data.draw(st.permutations(known.payments))),
        readings=tuple(data.draw(st.permutations(known.readings))),
    )
    day = day_of(RULES[0], today=today)
    assert watch(plan, known, day=day) == watch(plan, shuffled, day=day)


@settings(max_examples=40)
@given(plan=plans, known=facts, today=days, more=payments)
def test_more_paid_never_lowers_the_curve_of_money(plan, known, today, more):
    more = more._replace(amount=abs(more.amount))
    before = curves(plan, known, today=today, degrees=DEGREES)
    paid = replace(known, payments=(*known.payments, more))
    after = curves(plan, paid, today=today, degrees=DEGREES)
    for low, high in zip(before.money, after.money, strict=True):
        assert (low is None) == (high is None)
        assert low is None or low <= high


@settings(max_examples=40)
@given(plan=plans, known=facts, today=days, more=payments)
def test_more_paid_makes_nobody_later(plan, known, today, more):
    more = more._replace(amount=abs(more.amount))
    late = {"money_late", "below_mark", "carry_over_unspent"}
    paid = replace(known, payments=(*known.payments, more))
    assert codes(plan, paid, today=today) & late <= codes(plan, known, today=today) & late


@settings(max_examples=40)
@given(plan=plans, known=facts, today=days)
def test_without_a_plan_and_a_mark_nobody_is_late(plan, known, today):
    bare = replace(plan, money=(), indicators=())
    assert not codes(bare, known, today=today, pack=RULES[0]) & LATE


@settings(max_examples=40)
@given(plan=plans, known=facts, today=days, later=payments)
def test_the_future_says_nothing(plan, known, today, later):
    later = later._replace(paid_on=today + timedelta(days=1))
    read = Reading("一", today + timedelta(days=1), Decimal(1))
    coming = replace(known, payments=(*known.payments, later), readings=(*known.readings, read))
    day = day_of(RULES[1], today=today)
    assert watch(plan, known, day=day) == watch(plan, coming, day=day)


@settings(max_examples=40)
@given(plan=plans, known=facts, today=days, factor=st.sampled_from([2, 100, 10_000]))
def test_another_currency_has_the_same_curves(plan, known, today, factor):
    def times(amount):
        return None if amount is None else amount * factor

    dearer = replace(
        known,
        initial=times(known.initial),
        adjusted=times(known.adjusted),
        payments=tuple(each._replace(amount=each.amount * factor) for each in known.payments),
    )
    planned = replace(plan, money=tuple(amount * factor for amount in plan.money))
    one = curves(plan, known, today=today, degrees=DEGREES)
    other = curves(planned, dearer, today=today, degrees=DEGREES)
    assert (one.money, one.money_planned, one.goals) == (
        other.money, other.money_planned, other.goals,
    )  # fmt: skip


@settings(max_examples=40)
@given(known=st.lists(facts, min_size=1, max_size=4), plan=plans, today=days)
def test_together_lies_between_its_parts(known, plan, today):
    parts = [curves(plan, each, today=today, degrees=DEGREES) for each in known]
    whole = together(parts).curves
    shares = [part.goals_now for part in parts if part.goals_now is not None]
    slack = Decimal("1e-20")
    if whole.goals_now is not None:
        assert min(shares) - slack <= whole.goals_now <= max(shares) + slack
    assert whole.paid == sum(part.paid for part in parts)


@settings(max_examples=40)
@given(known=st.lists(facts, min_size=2, max_size=6), plan=plans, today=days, cut=st.integers(1, 5))
def test_sums_of_parts_add_up_to_the_whole_in_any_order(known, plan, today, cut):
    parts = [sums_of(curves(plan, each, today=today, degrees=DEGREES)) for each in known]
    some, others = parts[:cut], parts[cut:]
    whole = reduce(add, parts).together
    assert nearly(reduce(add, reversed(parts)).together, whole)
    if others:
        assert nearly((reduce(add, others) + reduce(add, some)).together, whole)


def nearly(one, other):
    """Alike but for the last of 28 digits."""
    drawn = [
        [*each.curves.money, *each.curves.goals, *each.curves.money_planned]
        for each in (one, other)
    ]
    close = all(
        a == b or (a is not None and b is not None and abs(a - b) < Decimal("1e-18"))
        for a, b in zip(*drawn, strict=True)
    )
    return close and (one.projects, one.goals_of) == (other.projects, other.goals_of)


def test_a_signal_without_a_threshold_is_off():
    on = {watch.code for watch, _ in day_of(RULES[0], today=date(2026, 6, 30)).watched}
    assert "payment_split" not in on
    assert on < {each.code for each in SIGNALS}
    assert day_of(RULES[0], today=date(2019, 6, 30)).watched == ()
