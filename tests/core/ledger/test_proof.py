"""Proof files: what proves, and that no altered byte goes unnoticed."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger.policies import FOUR_OF_FIVE
from core.ledger.proofs import RECORDS, made_proof
from core.ledger.signers import LOG, OTHER_LOG, WITNESSES
from gongzhi.core.ledger.policy import policy_text, read_policy
from gongzhi.core.ledger.proof import Proof, Proven, read_proof, verdict_on
from gongzhi.core.ledger.rejected import Reason, Rejected

POLICY = read_policy(policy_text(LOG.verifier))
FIVE = read_policy(FOUR_OF_FIVE)


def verdict(proof, *, record, policy=POLICY):
    content = proof.content if isinstance(proof, Proof) else proof
    return verdict_on(
        content.encode() if isinstance(content, str) else content, record=record, policy=policy
    )


@given(st.integers(1, 40), st.data())
def test_a_proof_says_which_entry_stands_where_and_who_signed(size, data):
    index = data.draw(st.integers(0, size - 1))
    proven = verdict(made_proof(index, size=size), record=RECORDS[index])
    assert isinstance(proven, Proven)
    assert (proven.index, proven.checkpoint.size) == (index, size)
    assert [attestation.key for attestation in proven.attestations] == [LOG.verifier]


def test_a_proof_of_the_only_entry_has_no_path():
    proof = made_proof(0, size=1)
    assert proof.path == ()
    assert isinstance(verdict(proof, record=RECORDS[0]), Proven)


def test_what_was_written_is_read_back():
    for extra in (None, b"", b"more"):
        proof = made_proof(5, size=9, extra=extra)
        assert read_proof(proof.content.encode()) == proof


def test_extra_data_changes_nothing():
    proof = made_proof(5, size=9, extra=b"anything")
    assert isinstance(verdict(proof, record=RECORDS[5]), Proven)


@pytest.mark.parametrize("bit", range(8))
def test_every_altered_byte_of_a_proof_file_is_rejected(bit):
    content = made_proof(5, size=9).content.encode()
    for at in range(len(content)):
        altered = bytearray(content)
        altered[at] ^= 1 << bit
        assert isinstance(verdict(bytes(altered), record=RECORDS[5]), Rejected), at


def test_every_removed_or_doubled_byte_of_a_proof_file_is_rejected():
    content = made_proof(5, size=9).content.encode()
    for at in range(len(content)):
        for altered in (content[:at] + content[at + 1 :], content[: at + 1] + content[at:]):
            assert altered == content or isinstance(verdict(altered, record=RECORDS[5]), Rejected)


def test_every_altered_byte_of_a_cosigned_proof_is_rejected_where_all_must_sign():
    everybody = f"witness A {WITNESSES['A'].verifier.text}\nquorum A\n"
    policy = read_policy(policy_text(LOG.verifier).replace("quorum none\n", everybody))
    content = made_proof(3, size=6, cosigners="A").content.encode()
    assert isinstance(verdict(content, record=RECORDS[3], policy=policy), Proven)
    for at in range(len(content)):
        altered = bytearray(content)
        altered[at] ^= 1
        assert isinstance(verdict(bytes(altered), record=RECORDS[3], policy=policy), Rejected)


@given(st.binary(max_size=80))
def test_another_record_is_not_in_the_tree(record):
    assert verdict(made_proof(5, size=9), record=record) == Rejected(Reason.TREE)


def test_a_quorum_of_cosigners_is_counted_and_named():
    proof = made_proof(2, size=8, cosigners="ABCE")
    proven = verdict(proof, record=RECORDS[2], policy=FIVE)
    assert isinstance(proven, Proven)
    assert [signed.key.name for signed in proven.attestations if signed.at] == [
        "A.example",
        "B.example",
        "C.example",
        "E.example",
    ]


def test_three_of_five_are_no_quorum_of_four():
    proof = made_proof(2, size=8, cosigners="ABC")
    assert verdict(proof, record=RECORDS[2], policy=FIVE) == Rejected(Reason.QUORUM)


def test_a_checkpoint_of_a_log_outside_the_policy_is_not_believed():
    proof = made_proof(2, size=8, log=OTHER_LOG)
    assert verdict(proof, record=RECORDS[2]) == Rejected(Reason.UNSIGNED, OTHER_LOG.name)


def test_a_log_can_not_sign_under_the_origin_of_another():
    proof = made_proof(2, size=8, origin=OTHER_LOG.name)
    assert verdict(proof, record=RECORDS[2]) == Rejected(Reason.UNSIGNED, OTHER_LOG.name)


def test_an_index_outside_the_tree_is_rejected():
    proof = made_proof(7, size=8)
    beyond = Proof(index=8, path=proof.path, checkpoint=proof.checkpoint)
    assert verdict(beyond, record=RECORDS[7]) == Rejected(Reason.INDEX, "8")


def test_a_policy_without_a_log_believes_nobody():
    proof = made_proof(2, size=8)
    nobody = read_policy("quorum none\n")
    assert verdict(proof, record=RECORDS[2], policy=nobody) == Rejected(Reason.UNSIGNED, LOG.name)


GOOD = made_proof(5, size=9).content
A_HASH = b64encode(bytes(32)).decode()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "c2sp.org/tlog-proof@v1",
        "c2sp.org/tlog-proof@v1\n\n",
        GOOD.replace("@v1", "@v2"),
        GOOD.replace("index 5", "index 05"),
        GOOD.replace("index 5", "index -5"),
        GOOD.replace("index 5", "index ５"),
        GOOD.replace("index 5", "5"),
        GOOD.replace("index 5\n", ""),
        GOOD.replace("index 5", "Index 5"),
        GOOD.replace("index 5", f"index {2**63}"),
        GOOD.replace("index 5\n", "index 5\nAAAA\n"),
        GOOD.replace("index 5\n", "index 5\n%%%%\n"),
        GOOD.replace("index 5\n", "extra !\nindex 5\n"),
        GOOD.replace("index 5\n", "index 5\nextra AAAA\n"),
        GOOD.replace("index 5\n", "index 5\n" + f"{A_HASH}\n" * 61),
        GOOD.replace("\n", "\r\n"),
        "\ufeff" + GOOD,
        GOOD.encode("utf-16"),
        b"\xff\xfe",
    ],
)
def test_a_proof_written_in_any_other_way_is_refused(content):
    assert verdict(content, record=RECORDS[5]) == Rejected(Reason.PROOF)


@given(st.binary(max_size=300))
def test_no_bytes_make_the_verdict_crash(content):
    assert isinstance(verdict(content, record=RECORDS[5]), Rejected)


def test_a_broken_checkpoint_inside_is_named_as_such():
    text = GOOD.replace("\n9\n", "\n09\n")
    assert verdict(text, record=RECORDS[5]) == Rejected(Reason.CHECKPOINT)
    assert verdict(GOOD[:-1], record=RECORDS[5]) == Rejected(Reason.NOTE)
