"""Why posts are hidden: only for categories, counted whole; the appeal has a last day."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.moderating import HidingStage, moderated, why_no_appeal
from gongzhi.rules.participation.moderation import category_of, load_moderation, moderation_rules

RULES = moderation_rules(on=date(2026, 6, 1))
CODES = [each.code for each in RULES.categories]


@given(st.lists(st.tuples(st.sampled_from(CODES), st.sampled_from(HidingStage))))
def test_each_hiding_is_counted_once_under_its_category(stages):
    counts = moderated(stages, rules=RULES)
    assert [each.category.code for each in counts] == CODES
    assert sum(each.hidden for each in counts) == len(stages)
    appealed = [stage for _, stage in stages if stage is not HidingStage.HIDDEN]
    assert sum(each.appealed for each in counts) == len(appealed)


def test_an_appeal_comes_until_its_last_day():
    last = date(2026, 6, 10)
    assert why_no_appeal(last_day=last, today=last) is None
    assert why_no_appeal(last_day=last, today=date(2026, 6, 11)) is not None


def test_no_category_is_a_view():
    """The categories are the clause's own five (5.17)."""
    assert CODES == ["personal", "secret", "insult", "advertising", "off_topic"]
    assert category_of("insult").name.zh == "侮辱诽谤"
    assert all(each.appeal_days == 10 for each in load_moderation())
