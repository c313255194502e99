"""Row proofs: any row of any batch proves, nothing that was altered does."""

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.ledger.batches import PLACE, entry_over, made_entry_proof, made_row_proof, row
from core.ledger.signers import LOG, WITNESSES
from gongzhi.core.ledger.batch import Row
from gongzhi.core.ledger.policy import policy_text, read_policy
from gongzhi.core.ledger.proof import Proven
from gongzhi.core.ledger.rejected import Reason, Rejected
from gongzhi.core.ledger.row_proof import read_row_proof, row_verdict_on
from gongzhi.core.sealed import canonical

POLICY = read_policy(policy_text(LOG.verifier))
ROWS = [row(number) for number in range(11)]
GOOD = made_row_proof(6, rows=ROWS, show=["amount"])
CONTENT = GOOD.content
secrets = st.binary(min_size=32, max_size=32)
facts = st.dictionaries(st.text("abc", min_size=1), st.integers(0, 9) | st.text(), max_size=3)


def verdict(proof, *, policy=POLICY):
    content = proof if isinstance(proof, bytes) else proof.content.encode()
    return row_verdict_on(content, policy=policy)


@given(
    st.lists(st.tuples(facts, facts, st.binary(min_size=32, max_size=32)), min_size=1), st.data()
)
def test_any_row_of_any_batch_proves_with_whatever_it_shows(parts, data):
    rows = [Row(public, private, salt if private else b"") for public, private, salt in parts]
    number = data.draw(st.integers(0, len(rows) - 1))
    fields = sorted(rows[number].private)
    show = data.draw(st.lists(st.sampled_from(fields), unique=True)) if fields else []
    reached = verdict(made_row_proof(number, rows=rows, show=show))

    assert reached.fault is None
    assert (reached.read.row, reached.batch.size) == (number, len(rows))
    assert {each.field: each.value for each in reached.read.shown} == {
        field: rows[number].private[field] for field in show
    }
    assert isinstance(reached.log, Proven)
    assert reached.log.index == PLACE


def test_what_was_written_is_read_back():
    for proof in (GOOD, made_row_proof(0, rows=ROWS[:1])):
        assert read_row_proof(proof.content.encode()) == proof


@given(st.integers(0, len(CONTENT.encode()) - 1), st.integers(1, 255))
def test_s66_no_altered_byte_goes_unnoticed(at, change):
    altered = bytearray(CONTENT.encode())
    altered[at] ^= change
    assert verdict(bytes(altered)).fault is not None


def test_s66_every_altered_byte_of_a_row_proof_is_rejected():
    for at in range(len(CONTENT.encode())):
        altered = bytearray(CONTENT.encode())
        altered[at] ^= 1
        assert verdict(bytes(altered)).fault is not None, at


def test_every_removed_or_doubled_byte_is_rejected():
    content = CONTENT.encode()
    for at in range(len(content)):
        for altered in (content[:at] + content[at + 1 :], content[: at + 1] + content[at:]):
            assert altered == content or verdict(altered).fault is not None, at


def test_a_row_of_another_batch_is_not_in_this_one():
    other = [row(number) for number in range(1, 12)]
    stranger = dataclasses.replace(GOOD, record=other[6].record, shown=())
    reached = verdict(stranger)
    assert reached.fault == Rejected(Reason.BATCH, "6")
    assert (reached.values_hold, reached.batch, reached.log) == (True, None, None)


def test_a_row_has_its_own_place_and_no_other():
    assert verdict(dataclasses.replace(GOOD, row=7)).fault == Rejected(Reason.BATCH, "7")
    assert verdict(dataclasses.replace(GOOD, row=11)).fault == Rejected(Reason.BATCH, "11")


def test_a_value_that_the_row_did_not_promise_is_named():
    shown = dataclasses.replace(GOOD.shown[0], value="7.00")
    assert verdict(dataclasses.replace(GOOD, shown=(shown,))).fault == Rejected(
        Reason.VALUE, "amount"
    )


def test_a_value_of_a_field_that_the_row_does_not_have_is_named():
    shown = dataclasses.replace(GOOD.shown[0], field="more")
    assert verdict(dataclasses.replace(GOOD, shown=(shown,))).fault == Rejected(
        Reason.VALUE, "more"
    )


def test_a_good_row_of_an_entry_outside_the_log_is_in_the_batch_but_not_in_the_log():
    elsewhere = made_entry_proof(entry_over(ROWS[:5])).content
    reached = verdict(dataclasses.replace(GOOD, proof=elsewhere))
    assert reached.batch is not None
    assert reached.fault == Rejected(Reason.TREE)


def test_an_entry_without_rows_proves_none():
    entry = canonical({"v": 1, "batch": None})
    alone = dataclasses.replace(GOOD, entry=entry, proof=made_entry_proof(entry).content)
    assert verdict(alone).fault == Rejected(Reason.BATCH, "6")


def test_a_row_beyond_the_size_that_the_entry_states_is_not_in_the_batch():
    smaller = entry_over(ROWS).replace(b'"size":11', b'"size":6')
    other = dataclasses.replace(GOOD, entry=smaller, proof=made_entry_proof(smaller).content)
    assert verdict(other).fault == Rejected(Reason.BATCH, "6")


def test_a_quorum_that_is_asked_for_must_have_signed():
    lines = f"witness A {WITNESSES['A'].verifier.text}\nquorum A\n"
    policy = read_policy(policy_text(LOG.verifier).replace("quorum none\n", lines))
    assert verdict(GOOD, policy=policy).fault == Rejected(Reason.QUORUM)
    assert verdict(made_row_proof(6, rows=ROWS, cosigners="A"), policy=policy).fault is None


@pytest.mark.parametrize(
    "content",
    [
        "",
        "gongzhi/row-proof@v1",
        CONTENT.replace("@v1\nrow", "@v2\nrow"),
        CONTENT.replace("row 6", "row 06"),
        CONTENT.replace("row 6", "row -6"),
        CONTENT.replace("row 6\n", ""),
        CONTENT.replace("record ", "records "),
        CONTENT.replace("\n\nentry ", "\n\nentries "),
        CONTENT.replace("value amount ", "value  "),
        CONTENT.replace("value amount ", "value amount AAAA "),
        CONTENT.replace("\n\nentry ", "\nAAAA\n\nentry "),
        CONTENT.replace("\n\nentry ", "\n" + ("A" * 43 + "=\n") * 61 + "\nentry "),
        CONTENT.replace("\n", "\r\n"),
        "\ufeff" + CONTENT,
    ],
)
def test_what_is_not_written_like_a_row_proof_is_rejected_as_one(content):
    assert verdict(content.encode()).fault == Rejected(Reason.ROW)


def test_bytes_that_are_no_text_are_rejected():
    assert verdict(b"\xff\xfe").fault == Rejected(Reason.ROW)
