"""A right chosen in a form is the policy that an expert would have written."""

import pytest

from gongzhi.core.charter.granting import Grant, cedar_of
from gongzhi.core.charter.policy_texts import policies_in, with_policy
from gongzhi.rules.charter import ROOM

UNIT = (ROOM / "unit.cedar").read_text(encoding="utf-8")
FILE = """// 一个 // 注释; 里的分号不算
@id("one") @clause("1.1")
permit (principal, action == Action::"a", resource)
when { resource.stage == "a;b" };

@id("two") @clause("1.2")
forbid (principal, action == Action::"b", resource);
"""


def grant(**changed: object) -> Grant:
    chosen = {
        "id": "unit-publishes",
        "clause": "4.3",
        "party": "unit",
        "verbs": ("publish_form",),
        "roles": ("reviewer",),
        "own_unit": True,
        "stages": ("draft",),
    }
    return Grant(**{**chosen, **changed})


def test_a_chosen_right_is_the_policy_of_the_model_text():
    words = policies_in(UNIT)["unit-publishes"].split()
    assert cedar_of(grant()).split() == words


def test_several_roles_verbs_and_stages_are_alternatives():
    written = cedar_of(grant(verbs=("a", "b"), roles=("r", "s"), stages=("x", "y")))
    assert 'action in [Action::"a", Action::"b"]' in written
    assert '(principal.roles.contains("r") || principal.roles.contains("s"))' in written
    assert '["x", "y"].contains(resource.stage)' in written


def test_a_right_without_condition_says_so_by_having_none():
    assert "when" not in cedar_of(grant(roles=(), own_unit=False, stages=()))


@pytest.mark.parametrize("hostile", ['x"); permit (principal, action, resource); //', "甲\n乙"])
def test_what_is_chosen_cannot_break_out_of_its_quotes(hostile: str):
    assert list(policies_in(cedar_of(grant(id=hostile, roles=())))) != []
    assert len(policies_in(cedar_of(grant(party=hostile)))) == 1


def test_policies_are_found_whatever_strings_and_comments_hold():
    found = policies_in(FILE)
    assert list(found) == ["one", "two"]
    assert found["one"].endswith('when { resource.stage == "a;b" };')


def test_a_policy_is_replaced_where_it_stands_and_the_others_stay():
    changed = with_policy(
        FILE, "one", '@id("one") @clause("9.9")\nforbid (principal, action, resource);'
    )
    assert list(policies_in(changed)) == ["one", "two"]
    assert policies_in(changed)["two"] == policies_in(FILE)["two"]
    assert "9.9" in policies_in(changed)["one"]


def test_a_new_policy_stands_at_the_end_and_a_withdrawn_one_is_gone():
    added = with_policy(
        FILE, "three", '@id("three") @clause("1")\nforbid (principal, action, resource);'
    )
    assert list(policies_in(added)) == ["one", "two", "three"]
    assert list(policies_in(with_policy(FILE, "one", None))) == ["two"]
    assert with_policy(FILE, "none", None) == FILE
