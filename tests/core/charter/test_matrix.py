"""The matrix says of every party and deed what the charter answers, and what a change changes."""

from dataclasses import replace

import pytest

from gongzhi.core.charter import Charter, Member, PartyKind, read_charter
from gongzhi.core.charter.matrix import Standing, difference, rights_matrix
from gongzhi.core.charter.policy_texts import with_policy
from gongzhi.rules.charter import load_charter, read_texts

WITHDRAWN = "unit-publishes"


@pytest.fixture(scope="module")
def charter() -> Charter:
    return load_charter()


def changed(file: str, identifier: str, source: str | None) -> Charter:
    texts = read_texts()
    text = with_policy(texts.policies[file], identifier, source)
    return read_charter(replace(texts, policies={**texts.policies, file: text}))


def test_who_reads_what_is_public_has_a_condition(charter: Charter):
    cell = rights_matrix(charter).cell("visitor", "view_form_version")
    assert cell.standing is Standing.CONDITIONAL
    assert cell.clauses == ("6.1",)
    assert len(cell.permits[0].conditions) == 1


def test_a_party_has_the_rights_of_the_groups_around_it(charter: Charter):
    matrix = rights_matrix(charter)
    assert matrix.cell("social", "draft_form").permits
    assert not matrix.cell("citizen", "draft_form").permits
    assert matrix.cell("citizen", "share_result").permits
    assert matrix.cell("system", "view_answer").standing is not Standing.ALLOWED


def test_the_matrix_has_a_column_for_everybody_who_can_act_and_none_for_groups(charter: Charter):
    assert set(rights_matrix(charter).parties) == set(PartyKind)


def test_whoever_has_no_permit_in_the_matrix_is_refused_whatever_they_ask(charter: Charter):
    matrix = rights_matrix(charter)
    for kind in PartyKind:
        member = Member(kind=kind)
        permitted = {
            verb
            for verb in charter.verbs
            if any(policy.party in around(charter, kind) for policy in charter.permits[verb])
        }
        assert {v for v in matrix.verbs if matrix.cell(member.kind, v).permits} == permitted


def around(charter: Charter, party: str) -> set[str]:
    return {party}.union(*(around(charter, group) for group in charter.parties[party].within))


def test_a_right_that_sleeps_is_told_from_one_that_is_awake(charter: Charter):
    asleep = charter.restricted_to(frozenset())
    assert rights_matrix(asleep).cell("government", "publish_form").asleep
    assert not rights_matrix(charter).cell("government", "publish_form").asleep


def test_nothing_differs_from_itself(charter: Charter):
    assert difference(charter, read_charter(read_texts())) == ()


def test_s08_a_right_withdrawn_differs_for_just_its_party_and_verb(charter: Charter):
    found = difference(charter, changed("unit.cedar", WITHDRAWN, None))
    assert {change.verb for change in found} == {"publish_form"}
    assert {change.party for change in found} == {
        "government",
        "congress",
        "audit",
        "social",
        "enterprise",
    }
    assert all(not change.after.permits for change in found)


def test_a_right_given_in_other_words_is_no_difference(charter: Charter):
    source = next(policy.source for policy in charter.policies if policy.id == WITHDRAWN)
    rewritten = source.replace("&&", "\n  && ")
    assert difference(charter, changed("unit.cedar", WITHDRAWN, rewritten)) == ()


def test_a_difference_is_plain_json_for_its_digest(charter: Charter):
    change = difference(charter, changed("unit.cedar", WITHDRAWN, None))[0]
    record = change.as_record()
    assert record["verb"] == "publish_form"
    assert record["before"][-1]["conditions"] or record["before"][0]["conditions"]
