"""Trust policies: whose signatures are enough."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger.policies import FOUR_OF_FIVE, KNOWN, LOG_LINE, WITNESS_LINES
from core.ledger.signers import LOG, OTHER_LOG, WITNESSES
from gongzhi.core.ledger.policy import (
    Watching,
    always_overlap,
    policy_text,
    quorum_text,
    read_policy,
)
from gongzhi.core.ledger.rejected import Reason, RejectedError


def keys(letters):
    return [WITNESSES[letter].verifier for letter in letters]


def satisfying(policy, *, size):
    return {
        "".join(some)
        for some in combinations(WITNESSES, size)
        if policy.is_satisfied_by(keys(some))
    }


def rejection(text):
    with pytest.raises(RejectedError) as caught:
        read_policy(text)
    return caught.value.rejected.reason, caught.value.rejected.detail


def test_the_simplest_policy_names_one_log_and_no_witness():
    policy = read_policy(policy_text(LOG.verifier))
    assert policy.logs == (LOG.verifier,)
    assert policy.is_satisfied_by([])


def test_a_quorum_may_be_one_witness():
    policy = read_policy(KNOWN + "quorum A\n")
    assert satisfying(policy, size=1) == {"A"}


def test_four_of_five_parties():
    policy = read_policy(FOUR_OF_FIVE)
    assert len(satisfying(policy, size=4)) == 5
    assert satisfying(policy, size=3) == set()


def test_what_we_write_is_what_we_read():
    witnesses = [Watching(key, "https://w.example/a") for key in keys("ABCDE")]
    text = policy_text(LOG.verifier, quorum=quorum_text(witnesses, threshold=4))
    policy = read_policy(text)
    assert policy.logs == (LOG.verifier,)
    assert len(satisfying(policy, size=4)) == 5
    assert satisfying(policy, size=3) == set()
    assert text.count(" https://w.example/a\n") == 5


def test_witnesses_may_be_known_before_any_is_needed():
    text = policy_text(LOG.verifier, quorum=quorum_text([Watching(*keys("A"))], threshold=0))
    assert text.endswith("quorum none\n")
    assert read_policy(text).is_satisfied_by([])


@given(st.integers(1, 60), st.integers(0, 60))
def test_quorums_that_always_overlap_by_no_witness_are_told(count, threshold):
    smallest_overlap = 2 * min(threshold, count) - count
    if threshold <= count:
        assert always_overlap(count, threshold=threshold) == (smallest_overlap >= 1)


def test_two_of_these_and_any_of_those_as_in_the_specification():
    lines = "group X 2 A B C\ngroup Y any D E\ngroup X-and-Y all X Y\nquorum X-and-Y\n"
    policy = read_policy(KNOWN + lines)
    assert satisfying(policy, size=2) == set()
    assert satisfying(policy, size=3) == {"ABD", "ABE", "ACD", "ACE", "BCD", "BCE"}


def test_a_log_is_no_witness():
    policy = read_policy(KNOWN + "quorum A\n")
    assert not policy.is_satisfied_by([LOG.verifier])


def test_comments_blank_lines_tabs_and_addresses_are_allowed():
    text = f"# whom we believe\n\n \t# else\n\tlog  {LOG.verifier.text}\thttps://a\nquorum none"
    assert read_policy(text) == read_policy(policy_text(LOG.verifier))


def test_names_may_be_chinese():
    policy = read_policy(f"witness 财政局 {WITNESSES['A'].verifier.text}\nquorum 财政局\n")
    assert policy.is_satisfied_by(keys("A"))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("log", "a log without a key"),
        ("log nonsense", "a key that is none"),
        (f"log {WITNESSES['A'].verifier.text}", "a witness's key as a log's"),
        (f"log {LOG.verifier.text}", "a log given twice"),
        (f"log {OTHER_LOG.verifier.text} https://a more", "a word too many"),
        (f"witness W {LOG.verifier.text}", "a log's key as a witness's"),
        (f"witness W {WITNESSES['A'].verifier.text}", "a witness given twice"),
        (f"witness none {WITNESSES['A'].verifier.text}", "a reserved name"),
        ("group G any", "a group of nobody"),
        ("group G any F", "an unknown member"),
        ("group G any none", "nobody as a member"),
        ("group G 0 A B", "a threshold of nobody"),
        ("group G 3 A B", "a threshold that is never reached"),
        ("group G 02 A B C", "a leading zero"),
        ("group G any A A", "a member given twice"),
        ("group A any B", "a name that is taken"),
        ("quorum F", "an unknown quorum"),
        ("quorum", "no quorum"),
        ("quorum A B", "two quorums in a line"),
        ("Quorum none", "a keyword in capitals"),
        ("# caf\x0b", "a control character"),
        ("quorum none\r", "a carriage return"),
    ],
)
def test_a_bad_line_is_named(line, why):
    assert rejection(KNOWN + line + "\nquorum none\n") == (Reason.POLICY, "7"), why


def test_a_witness_belongs_to_one_group_only():
    lines = "group G any A B\ngroup H any B C\nquorum G\n"
    assert rejection(KNOWN + lines) == (Reason.POLICY, "8")


def test_a_group_names_what_was_defined_before_it():
    assert rejection(LOG_LINE + "group G any A\n" + WITNESS_LINES) == (Reason.POLICY, "2")


def test_a_policy_says_its_quorum_once():
    assert rejection(KNOWN)[0] is Reason.QUORUM_LINE
    assert rejection(KNOWN + "quorum A\nquorum A\n") == (Reason.POLICY, "8")


@given(st.text())
def test_no_text_makes_the_reader_crash(text):
    with pytest.raises(RejectedError):
        read_policy(text)


@given(st.sets(st.sampled_from("ABCDE")), st.integers(1, 5))
def test_k_of_n_counts(some, threshold):
    policy = read_policy(KNOWN + f"group G {threshold} A B C D E\nquorum G\n")
    assert policy.is_satisfied_by(keys(some)) == (len(some) >= threshold)
