"""Gaps between evaluators: who is asked, when one is answered, and when no longer."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.evaluating.gaps import Explained, answered, asked_of
from gongzhi.core.scoring.panel import Gap, Judged
from gongzhi.core.terms import Said

LOW = Judged(kind="finance", evaluator="局", total=Decimal(60))
HIGH = Judged(kind="third_party", evaluator="智库", total=Decimal(80))
UNIT = Judged(kind="self", evaluator="校", total=Decimal(95))
OTHER = ("social", "协会")
PANEL = frozenset({("finance", "局"), ("third_party", "智库"), OTHER})
POINTS = st.decimals(min_value=0, max_value=100, places=2)


def gap(low=LOW, high=HIGH, *, line="", apart="20") -> Gap:
    return Gap(
        line=line, low=low, high=high, apart=Decimal(apart), said=Said("相差"), arithmetic=""
    )


def said(by: tuple[str, str], *, line="", apart="20", closes=False) -> Explained:
    kind, evaluator = by
    return Explained(line=line, kind=kind, evaluator=evaluator, apart=Decimal(apart), closes=closes)


FINANCE, FIRM = ("finance", "局"), ("third_party", "智库")


def test_both_sides_explain_their_points():
    assert answered([gap()], [], able=PANEL) == set()
    assert answered([gap()], [said(FINANCE)], able=PANEL) == set()
    assert answered([gap()], [said(FINANCE), said(FIRM)], able=PANEL) == {""}
    assert answered([gap()], [said(FINANCE), said(OTHER)], able=PANEL) == set()


def test_whoever_commissioned_it_from_another_explains_for_all():
    assert answered([gap()], [said(OTHER, closes=True)], able=PANEL) == {""}


def test_each_line_is_explained_for_itself():
    both = [gap(), gap(line="quality")]
    assert answered(both, [said(FIRM, closes=True)], able=PANEL) == {""}


def test_who_differs_from_the_unit_itself_explains_alone():
    assert asked_of(gap(low=LOW, high=UNIT), able=PANEL) == {FINANCE}
    assert answered([gap(low=LOW, high=UNIT)], [said(FINANCE)], able=PANEL) == {""}


def test_a_gap_between_two_who_cannot_be_asked_is_explained_by_anybody_of_the_panel():
    citizens = Judged(kind="citizen", evaluator="", total=Decimal(60))
    between = gap(low=citizens, high=UNIT)
    assert asked_of(between, able=PANEL) == PANEL
    assert answered([between], [], able=PANEL) == set()
    assert answered([between], [said(OTHER)], able=PANEL) == {""}


@given(POINTS, POINTS)
def test_what_was_explained_stands_until_they_lie_farther_apart(then, now):
    explained = [said(FINANCE, apart=str(then), closes=True)]
    found = answered([gap(apart=str(now))], explained, able=PANEL)
    assert found == ({""} if then >= now else set())
