"""What lies far apart waits on desks until it is explained; then the score counts."""

from datetime import timedelta
from decimal import Decimal

import pytest

import city_hall
from apps.cycle.evaluated import (
    YEAR,
    assignment,
    bureau_of,
    evaluator,
    handed_in,
    marks,
    sent,
)
from gongzhi.core.charter import VISITOR
from gongzhi.cycle.actions import evaluations, gaps, hearing
from gongzhi.cycle.evaluation_waiting import waiting_for
from gongzhi.cycle.models import Evaluation, GapExplanation
from gongzhi.cycle.panels import panel_for, whole_panel
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable

pytestmark = pytest.mark.django_db
WHY_APART = "一方看了现场，另一方只看了材料"


@pytest.fixture
def bureau(region):
    return bureau_of(region)


@pytest.fixture
def firms(region):
    return [evaluator(code, kind="evaluator", within=region) for code in ("F1", "F2", "F3")]


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit, score="38")
    unit.project.refresh_from_db()
    return unit


@pytest.fixture
def apart(disclosed, bureau, firms) -> list[Evaluation]:
    """Two evaluations, opened, forty-five points apart; a third lies between them."""
    rows = [
        evaluations.choose_evaluation(
            by=bureau.first,
            assignment=assignment(disclosed, firm.organisation, kind="third_party"),
            commissioner=bureau.organisation,
        )
        for firm in firms
    ]
    for row, firm, share in zip(rows, firms, ("0.5", "0.95", "0.7"), strict=True):
        handed_in(row, firm, share=share)
    for row in rows:
        row.refresh_from_db()
    return rows


def waits(member) -> list[str]:
    found = waiting_for(member, today=business_date())
    return [each.thing.id for each in found if each.verb == "explain_gap"]


def test_a_score_with_gaps_does_not_count_before_they_are_explained(apart, bureau, disclosed):
    panel = whole_panel(apart[0])
    assert panel.score.score is not None
    assert not panel.counts
    lines = [gap.line for gap in panel.unanswered]
    assert lines[0] == ""
    for line in lines:
        gaps.explain_gap(by=bureau.first, evaluation=apart[0], line=line, reason=WHY_APART)
    panel = whole_panel(apart[0])
    assert panel.counts
    assert {each.text for each in panel.explanations} == {WHY_APART}
    assert GapExplanation.objects.filter(closes=True).count() == len(lines)


def test_both_sides_and_the_commissioner_find_it_on_their_desks(apart, bureau, firms):
    assert waits(firms[0].first) == [str(apart[0].pk)]
    assert waits(firms[1].first) == [str(apart[1].pk)]
    assert set(waits(bureau.first)) == {str(apart[0].pk), str(apart[1].pk)}
    assert waits(firms[2].first) != [str(apart[1].pk)]
    (waiting,) = [
        each
        for each in waiting_for(firms[0].first, today=business_date())
        if each.verb == "explain_gap"
    ]
    assert waiting.due_on > business_date() + timedelta(days=10)


def test_each_side_explains_its_own_points(apart, firms):
    panel = whole_panel(apart[0])
    for line in [gap.line for gap in panel.unanswered]:
        for row, firm in list(zip(apart, firms, strict=True))[:2]:
            if row in whole_panel(row).asked_of(_gap(row, line)):
                gaps.explain_gap(by=firm.first, evaluation=row, line=line, reason=WHY_APART)
    assert whole_panel(apart[0]).counts
    assert waits(firms[0].first) == waits(firms[1].first) == []


def _gap(row, line):
    return next(gap for gap in whole_panel(row).score.gaps if gap.line == line)


def test_who_has_said_it_is_asked_no_more_but_the_other_is(apart, firms):
    for gap in whole_panel(apart[0]).unanswered:
        if apart[0] in whole_panel(apart[0]).asked_of(gap):
            gaps.explain_gap(
                by=firms[0].first, evaluation=apart[0], line=gap.line, reason=WHY_APART
            )
    assert waits(firms[0].first) == []
    assert waits(firms[1].first) == [str(apart[1].pk)]


def test_nobody_explains_what_lies_close_or_what_others_gave(apart, firms):
    with pytest.raises(Unsuitable):
        gaps.explain_gap(by=firms[0].first, evaluation=apart[0], line="nothing", reason=WHY_APART)
    with pytest.raises(Unsuitable):
        gaps.explain_gap(by=firms[0].first, evaluation=apart[0], line="", reason=" ")
    with pytest.raises(Unsuitable):
        gaps.explain_gap(by=firms[2].first, evaluation=apart[2], line="", reason=WHY_APART)
    with pytest.raises(Refused):
        gaps.explain_gap(by=firms[1].first, evaluation=apart[0], line="", reason=WHY_APART)


def test_what_was_explained_is_asked_again_once_they_lie_farther_apart(
    apart, bureau, firms, disclosed
):
    line = next(gap.line for gap in whole_panel(apart[0]).unanswered if gap.line)
    gaps.explain_gap(by=bureau.first, evaluation=apart[0], line=line, reason=WHY_APART)
    sent(apart[1], bureau.first)
    objection = hearing.object_to_evaluation(
        by=disclosed.officer, evaluation=apart[1], line=line, reason="漏看了批复"
    )
    weight = next(mark.points for mark in marks(apart[1], share="1") if mark.line == line)
    assert line in whole_panel(apart[0]).answered
    hearing.answer_objection(
        by=firms[1].second,
        evaluation=apart[1],
        objection=objection.pk,
        outcome="upheld",
        reason="已补看",
        points=Decimal(weight),
    )
    assert line not in whole_panel(apart[0]).answered
    apart[1].refresh_from_db()
    assert line in apart[1].gaps["commissioner"]


def test_the_opening_is_proved_after_the_handing_in_that_caused_it(apart):
    deeds = list(Deed.objects.order_by("leaf").values_list("verb", flat=True))
    last = len(deeds) - 1 - deeds[::-1].index("hand_in_evaluation")
    assert set(deeds[last + 1 :]) == {"open_evaluations"}
    handing = Deed.objects.filter(verb="hand_in_evaluation").latest("leaf")
    opened = Deed.objects.filter(verb="open_evaluations")
    assert {each.because for each in opened} >= {handing.pk}


def test_a_visitor_reads_why_points_lie_apart_once_it_is_concluded(apart, bureau, disclosed):
    gaps.explain_gap(by=bureau.first, evaluation=apart[0], line="", reason=WHY_APART)
    assert panel_for(VISITOR, disclosed.project, year=YEAR).explanations == ()
    sent(apart[0], bureau.first)
    hearing.acknowledge_evaluation(by=disclosed.officer, evaluation=apart[0], reason="认可")
    hearing.conclude_evaluation(by=bureau.second, evaluation=apart[0], conclusion="总体良好")
    (read,) = panel_for(VISITOR, disclosed.project, year=YEAR).explanations
    assert read.text == WHY_APART
