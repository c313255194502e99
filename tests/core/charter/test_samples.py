"""Rights tried out on samples: no right in the model text is dead, none is for the asking."""

from gongzhi.core.charter.samples import asks_for_nothing, somebody_may
from gongzhi.rules.charter import load_charter

MODEL = load_charter()
# Anybody may share a result (6.4), ask to be admitted (2.10) and say whether a page is understood
# (5.1); each citizen may propose to change the rules (11.3).
FOR_THE_ASKING = {
    "anybody-applies-for-admission",
    "anybody-says-what-is-understood",
    "anybody-shares-a-result",
    "citizen-proposes-amendments",
}


def test_every_right_can_be_used_by_somebody():
    assert [verb for verb in sorted(MODEL.verbs) if not somebody_may(MODEL, verb)] == []


def test_a_right_that_is_forbidden_to_whoever_has_it_is_found_out():
    bare = MODEL.restricted_to(frozenset())
    assert not somebody_may(bare, "draft_form")
    assert somebody_may(bare, "register_region")


def test_every_right_asks_for_something():
    permits = [p for p in MODEL.policies if p.permits and p.party != "system"]
    assert {p.id for p in permits if asks_for_nothing(MODEL, p)} <= FOR_THE_ASKING
