"""A part of the rules that isn't adopted gives no right; what is forbidden stays forbidden."""

from dataclasses import replace

from core.charter.asked import cases, in_office, member, thing
from gongzhi.core.charter import SYSTEM, VISITOR, decide
from gongzhi.core.charter.filtering import FALSE, readable
from gongzhi.rules.charter import load_charter

EVERY = frozenset(load_charter().parts)
OFFICER = in_office("government", roles={"officer"}, unit="A")
PROJECT = thing("registered project of A")


def test_a_right_sleeps_until_its_part_is_adopted():
    without_the_cycle = load_charter().restricted_to(EVERY - {"4"})

    assert decide(load_charter(), OFFICER, "draft_form", PROJECT)
    assert not decide(without_the_cycle, OFFICER, "draft_form", PROJECT)
    assert decide(without_the_cycle.restricted_to(EVERY), OFFICER, "draft_form", PROJECT)


def test_the_platform_runs_where_nothing_is_adopted():
    bare = load_charter().restricted_to(frozenset())

    assert bare.in_force == {"3", "11", "12"}
    assert decide(bare, SYSTEM, "register_region", thing("installation"))
    assert readable(bare, VISITOR, "project") == FALSE


def test_what_is_forbidden_needs_no_adoption():
    bare = load_charter().restricted_to(frozenset())
    author = in_office("government", roles={"reviewer"}, unit="A", person="author")

    answer = decide(bare, author, "publish_form", thing("draft form_version of A"))

    assert answer.clauses == ("3.3",)


def test_no_policy_is_lost_when_parts_are_adopted():
    everything = load_charter().restricted_to(EVERY)

    for case in cases():
        asked = (member(case.who), case.verb, thing(case.what))
        assert decide(everything, *asked) == decide(load_charter(), *asked), case.line


def test_an_unknown_part_changes_nothing():
    assert load_charter().restricted_to(EVERY | {"99"}).in_force == EVERY


def test_the_text_stays_whole_while_rights_sleep():
    bare = load_charter().restricted_to(frozenset())

    assert bare.version == load_charter().version
    asleep = [policy.id for policy in bare.policies if not bare.is_awake(policy)]
    assert "unit-drafts" in asleep
    assert all(policy.source for policy in bare.policies)


def test_conditions_are_told_apart_one_by_one():
    drafting = next(p for p in load_charter().policies if p.id == "unit-drafts")
    assert len(drafting.conditions) == 2
    assert replace(drafting, conditions=()) == drafting
