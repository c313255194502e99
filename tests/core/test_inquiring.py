"""How far a question or an opinion got, by its points and what was found of their answers."""

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.inquiring import (
    InquiryStage,
    PointState,
    Satisfaction,
    point_state,
    stage_of,
    why_no_answer,
    why_no_assessment,
)

states = st.lists(st.sampled_from(list(PointState)), min_size=1)
findings = st.lists(st.sampled_from([None, *Satisfaction]))


def test_a_point_waits_until_it_is_answered():
    assert point_state([]) is PointState.WAITING
    assert point_state([None]) is PointState.ANSWERED


def test_what_is_unsatisfactory_waits_anew():
    assert point_state([Satisfaction.UNSATISFIED]) is PointState.WAITING
    assert point_state([Satisfaction.UNSATISFIED, None]) is PointState.ANSWERED
    assert point_state([Satisfaction.UNSATISFIED, Satisfaction.MOSTLY]) is PointState.SETTLED


@given(findings, st.sampled_from([None, *Satisfaction]))
def test_only_the_last_answer_counts(earlier, last):
    assert point_state([*earlier, last]) is point_state([last])


@given(states)
def test_an_inquiry_is_as_far_as_its_last_point(points):
    stage = stage_of(points)
    assert (stage is InquiryStage.OPEN) == (PointState.WAITING in points)
    assert (stage is InquiryStage.CLOSED) == (set(points) == {PointState.SETTLED})


@given(states)
def test_the_order_of_points_changes_nothing(points):
    assert stage_of(points) is stage_of(reversed(points))


def test_an_answer_says_what_was_done_and_what_changed():
    assert why_no_answer(PointState.WAITING, done="补签了合同", changed="再没有无合同支付") is None
    assert why_no_answer(PointState.WAITING, done="高度重视", changed=" ") is not None
    assert why_no_answer(PointState.ANSWERED, done="已办", changed="已改") is not None


def test_who_is_not_satisfied_says_why():
    def why(state, satisfaction, reason=""):
        return why_no_assessment(state, satisfaction=satisfaction, reason=reason)

    assert why(PointState.ANSWERED, Satisfaction.SATISFIED) is None
    assert why(PointState.ANSWERED, Satisfaction.UNSATISFIED) is not None
    assert why(PointState.ANSWERED, Satisfaction.UNSATISFIED, "没有写明期限") is None
    assert why(PointState.WAITING, Satisfaction.SATISFIED) is not None
    assert why(PointState.SETTLED, Satisfaction.SATISFIED) is not None
