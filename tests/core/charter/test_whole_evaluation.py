"""What is asked of the rules on one verb is what Cedar says to all rules, by the whole schema."""

import json
from functools import cache

import pytest
from cedarpy import PolicySet, is_authorized
from hypothesis import given, settings
from hypothesis import strategies as st

from core.charter.test_filtering import CHARTERS, KINDS, members, things
from gongzhi.core.charter import Charter, Member, Thing, decide
from gongzhi.core.charter.entities import known_by_schema, request_for, thing_entity

ON = CHARTERS["as it ships"].verbs_on
questions = st.sampled_from(sorted(KINDS)).flatmap(
    lambda kind: st.tuples(st.sampled_from(ON[kind] or ("none",)), things([kind]))
)


@cache
def all_rules(charter: Charter) -> PolicySet:
    """The policies as they are written."""
    return PolicySet.from_str("\n".join(charter.texts.policies.values()))


def assert_the_same(charter: Charter, member: Member, verb: str, thing: Thing) -> None:
    """Nothing cut, everything validated; any error denies."""
    entity = json.dumps([thing_entity(thing)])
    known = known_by_schema(charter, member).with_added_json_str(entity, charter.schema)
    asked = request_for(member, verb, thing)
    whole = is_authorized(asked, all_rules(charter), known, charter.schema)
    allowed = bool(whole.allowed) and not whole.diagnostics.errors

    answer = decide(charter, member, verb, thing)
    assert answer.allowed == allowed, (verb, whole.diagnostics.errors)
    matched = set(whole.diagnostics.id_annotations_by_reason.values())
    if matched:
        cited = {number for each in matched for number in charter.by_id[each].clauses}
        assert set(answer.clauses) == cited


@pytest.mark.parametrize("charter", CHARTERS.values(), ids=CHARTERS)
@settings(max_examples=300)
@given(member=members, question=questions)
def test_cutting_the_rules_changes_no_answer(
    charter: Charter, member: Member, question: tuple[str, Thing]
):
    assert_the_same(charter, member, *question)


@pytest.mark.deep
@pytest.mark.parametrize("charter", CHARTERS.values(), ids=CHARTERS)
@settings(max_examples=10_000)
@given(member=members, question=questions)
def test_cutting_the_rules_changes_none_of_ten_thousand_answers(
    charter: Charter, member: Member, question: tuple[str, Thing]
):
    assert_the_same(charter, member, *question)
