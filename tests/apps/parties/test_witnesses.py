"""Witnesses are admitted and retired by deeds; the log keeps each policy that it was under."""

import json
from uuid import uuid4

import pytest

import city_hall
from apps.parties.casting import member
from core.ledger.signers import signer
from gongzhi.core.charter import VISITOR, Refused
from gongzhi.core.ledger.keys import KeyKind
from gongzhi.core.ledger.policy import read_policy
from gongzhi.parties.actions import witnesses as actions
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.proofs import entry_at, head, index_of
from gongzhi.trust.sequencing import sequence
from gongzhi.trust.witnesses import Candidate, admitted_witnesses, quorum_in_force

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall(region):
    return city_hall.unit("1", within=region).organisation


@pytest.fixture
def issuer(hall):
    return member(hall, "issuer")


@pytest.fixture
def guard(hall):
    return member(hall, "security_admin")


def candidate(letter, *, organisation=None, **changes):
    key = signer(f"witness {letter}", name=f"{letter}.example", kind=KeyKind.COSIGNATURE)
    given = {"key": key.verifier.text, "operator": f"{letter} 方", "organisation": organisation}
    return Candidate(**(given | changes))


def admitted(issuer, letters, *, hall=None, threshold=None):
    """The first two of them are run by a government department."""
    for place, letter in enumerate(letters):
        own = hall.pk if hall and place < 2 else None
        actions.admit_witness(by=issuer, candidate=candidate(letter, organisation=own))
    if threshold is not None:
        actions.set_quorum(by=issuer, threshold=threshold)


def faults(do, **given):
    with pytest.raises(Unsuitable) as unsuitable:
        do(**given)
    return set(unsuitable.value.faults)


def names():
    return "".join(witness.name[0] for witness in admitted_witnesses())


def test_five_parties_of_which_four_must_sign(issuer, hall):
    admitted(issuer, "abcde", hall=hall, threshold=4)
    sequence()
    policy = read_policy(head().policy)
    assert len(policy.witnesses) == 5
    assert policy.groups["parties"].threshold == 4


def test_each_change_is_in_the_log_with_the_policy_that_it_made(issuer, guard):
    admitted(issuer, "abc", threshold=2)
    actions.retire_witness(by=guard, name="a.example", reason="私钥被盗")
    sequence()
    deed = Deed.objects.get(verb="retire_witness")
    entry = json.loads(entry_at(index_of(deed.leaf)))
    assert entry["public"]["policy"] == quorum_in_force().text
    assert entry["public"]["witness"] == "a.example"
    assert "a.example" not in entry["public"]["policy"]
    assert "reason" in entry["c"]
    assert "被盗" not in json.dumps(entry, ensure_ascii=False)
    assert head().policy.endswith(entry["public"]["policy"])


def test_a_stolen_key_is_retired_without_the_issuing_office(issuer, guard):
    admitted(issuer, "abcde", threshold=4)
    actions.retire_witness(by=guard, name="b.example", reason="私钥被盗")
    assert names() == "acde"
    assert quorum_in_force().threshold == 4


def test_one_hand_alone_weakens_nothing(issuer, guard):
    """Retiring stops where the quorum would break; only the issuing office may lower it."""
    admitted(issuer, "abc", threshold=3)
    assert faults(actions.retire_witness, by=guard, name="a.example", reason="") == {"threshold"}
    with pytest.raises(Refused):
        actions.set_quorum(by=guard, threshold=2)
    actions.set_quorum(by=issuer, threshold=2)
    actions.retire_witness(by=guard, name="a.example", reason="")
    assert names() == "bc"


def test_the_government_alone_never_suffices(issuer, hall):
    admitted(issuer, "abc", hall=hall)
    assert faults(actions.set_quorum, by=issuer, threshold=2) == {"threshold"}
    actions.set_quorum(by=issuer, threshold=3)
    another = candidate("d", organisation=hall.pk)
    assert faults(actions.admit_witness, by=issuer, candidate=another) == {"threshold"}


def test_witnesses_that_would_part_the_quorums_are_admitted_after_it_was_raised(issuer):
    admitted(issuer, "ab", threshold=2)
    actions.admit_witness(by=issuer, candidate=candidate("c"))
    assert faults(actions.admit_witness, by=issuer, candidate=candidate("d")) == {"threshold"}
    actions.set_quorum(by=issuer, threshold=3)
    actions.admit_witness(by=issuer, candidate=candidate("d"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"key": "nonsense"}, "key"),
        ({"operator": " "}, "operator"),
        ({"operator": "某" * 201}, "operator"),
        ({"organisation": uuid4()}, "organisation"),
        ({"address": "ftp://w"}, "address"),
    ],
)
def test_what_a_witness_must_bring(issuer, changes, field):
    unsuitable = candidate("a", **changes)
    assert faults(actions.admit_witness, by=issuer, candidate=unsuitable) == {field}
    assert names() == ""


def test_a_retired_witness_does_not_come_back(issuer):
    admitted(issuer, "ab")
    actions.retire_witness(by=issuer, name="a.example", reason="")
    assert faults(actions.admit_witness, by=issuer, candidate=candidate("a")) == {"key"}
    again = {"by": issuer, "name": "a.example", "reason": ""}
    assert faults(actions.retire_witness, **again) == {"witness"}


def test_a_witness_moves(issuer, guard):
    admitted(issuer, "a")
    actions.move_witness(by=guard, name="a.example", address="https://new.example/a")
    assert "https://new.example/a" in quorum_in_force().text
    moved = {"by": guard, "name": "b.example", "address": "nowhere"}
    assert faults(actions.move_witness, **moved) == {"witness", "address"}


@pytest.mark.parametrize("threshold", [-1, 1, 6])
def test_a_quorum_nobody_can_reach_or_two_can_reach_apart(issuer, threshold):
    admitted(issuer, "abcde")
    assert faults(actions.set_quorum, by=issuer, threshold=threshold) == {"threshold"}


def test_nobody_else_chooses_witnesses(hall):
    for somebody in (VISITOR, member(hall, "system_admin"), member(hall, "legal")):
        with pytest.raises(Refused):
            actions.admit_witness(by=somebody, candidate=candidate("a"))
