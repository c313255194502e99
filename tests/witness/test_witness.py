"""A witness cosigns what grew from what it saw, and keeps what a log signed and can't prove."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.ledger.note import check_note, read_note
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.witnessing import (
    REQUEST_BYTES_MAX,
    AddCheckpoint,
    Status,
    address_of,
    judge,
    read_request,
)
from gongzhi.witness.store import Store, WitnessRefused
from gongzhi.witness.witness import Witness
from witness.conftest import NOON
from witness.logs import ORIGIN, Log, rewritten

sizes = st.integers(1, 700)


def ask(witness: Witness, request: AddCheckpoint) -> Status:
    return witness.add_checkpoint(request.content).status


def test_a_log_that_grows_is_cosigned_each_time(witness: Witness, log: Log):
    for old, size in ((0, 3), (3, 3), (3, 256), (256, 700)):
        answer = witness.add_checkpoint(log.request(old, size).content)

        assert answer.status is Status.COSIGNED
        note = log.note(size) + answer.body
        (attested,) = check_note(read_note(note), keys=[witness.signer.verifier])
        assert attested.at == NOON
        assert witness.last_note(ORIGIN) == note


@settings(max_examples=60)
@given(old=sizes, size=sizes)
def test_every_step_forward_is_proved_and_every_other_is_refused(old: int, size: int):
    log = Log()
    request = log.request(old, size)
    judgement = judge(request, logs=[log.signer.verifier], last=log.checkpoint(old))

    assert judgement.status is (Status.COSIGNED if old <= size else Status.MALFORMED)
    assert read_request(request.content) == request


def test_a_stale_old_size_is_told_the_size_that_counts(witness: Witness, log: Log):
    assert ask(witness, log.request(0, 300)) is Status.COSIGNED
    answer = witness.add_checkpoint(log.request(100, 400).content)

    assert (answer.status, answer.body) == (Status.CONFLICT, "300\n")
    assert answer.content_type == "text/x.tlog.size"


def test_r19_s66_a_second_history_is_refused_and_kept(witness: Witness, store: Store, log: Log):
    assert ask(witness, log.request(0, 300)) is Status.COSIGNED
    other = rewritten(5)

    assert ask(witness, other.request(300, 300)) is Status.UNPROVEN
    assert ask(witness, other.request(300, 400)) is Status.UNPROVEN
    kept = [evidence.content for evidence in store.evidence(ORIGIN)]
    assert len(kept) == 2
    assert other.note(300) in kept[0]
    assert log.note(300) in kept[0]
    assert witness.last_note(ORIGIN).startswith(log.note(300))


def test_a_rollback_is_refused(witness: Witness, log: Log):
    assert ask(witness, log.request(0, 300)) is Status.COSIGNED
    assert ask(witness, log.request(200, 250)) is Status.CONFLICT
    assert ask(witness, AddCheckpoint(old=300, proof=(), note=log.note(250))) is Status.MALFORMED


def test_a_proof_for_a_first_note_is_refused(witness: Witness, log: Log):
    request = AddCheckpoint(old=0, proof=(b"x" * 32,), note=log.note(3))
    assert ask(witness, request) is Status.UNPROVEN


def test_an_altered_proof_is_refused(witness: Witness, log: Log):
    assert ask(witness, log.request(0, 300)) is Status.COSIGNED
    request = log.request(300, 700)
    for at in range(len(request.proof)):
        altered = list(request.proof)
        altered[at] = bytes([altered[at][0] ^ 1]) + altered[at][1:]
        wrong = AddCheckpoint(old=300, proof=tuple(altered), note=request.note)
        assert ask(witness, wrong) is Status.UNPROVEN
    assert ask(witness, request) is Status.COSIGNED


def test_unknown_logs_and_unknown_signers_get_nothing(witness: Witness, store: Store):
    stranger = Log(origin="log.stranger.example")
    assert ask(witness, stranger.request(0, 3)) is Status.UNKNOWN
    forged = Log()
    forged.signer = type(forged.signer)(ORIGIN, forged.signer.kind, b"f" * 32)
    assert ask(witness, forged.request(0, 3)) is Status.UNSIGNED
    assert list(store.evidence(ORIGIN)) == []
    assert witness.last_note(ORIGIN) is None


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"old 0\n",
        b"old 0\n\nno note",
        b"old -1\n\n",
        b"old 00\n\n",
        b"old 0\nnot base64\n\n",
        b"old 0\n" + b"AAAA\n" + b"\n",
        b"\xff\xfe",
        b"old 0\n\n" + b"x" * REQUEST_BYTES_MAX,
        b"new 0\n\n",
    ],
)
def test_what_is_no_request_is_refused(witness: Witness, content: bytes):
    assert witness.add_checkpoint(content).status is Status.MALFORMED


def test_more_proof_lines_than_a_tree_can_have_are_refused(log: Log):
    request = AddCheckpoint(old=1, proof=(b"x" * 32,) * 64, note=log.note(3))
    with pytest.raises(RejectedError):
        read_request(request.content)


def test_a_witness_that_lost_its_note_says_nothing_more(witness: Witness, store: Store, log: Log):
    assert ask(witness, log.request(0, 300)) is Status.COSIGNED
    next(store.folder.glob("state/*/checkpoint")).unlink()

    with pytest.raises(WitnessRefused, match="丢了"):
        ask(witness, log.request(0, 300))


def test_a_retired_witness_says_nothing_more(witness: Witness, store: Store, log: Log):
    store.retire()
    with pytest.raises(WitnessRefused, match="退役"):
        ask(witness, log.request(0, 3))


def test_r19_two_processes_cannot_speak_for_one_witness(store: Store):
    store.lock()
    with pytest.raises(WitnessRefused, match="另一个程序"):
        store.lock()


def test_a_witness_is_not_made_over_another(store: Store):
    with pytest.raises(WitnessRefused, match="已有见证方"):
        store.found("other.example.org", ())


def test_the_key_is_its_owners_alone(store: Store):
    assert (store.folder / "key").stat().st_mode & 0o077 == 0


def test_one_lie_told_often_is_kept_once(witness: Witness, store: Store, log: Log):
    ask(witness, log.request(0, 300))
    for _ in range(3):
        ask(witness, rewritten(5).request(300, 300))
    assert len(list(store.evidence(ORIGIN))) == 1


def test_the_address_of_a_log_is_that_of_the_specification():
    assert address_of("example.com/log").startswith("/")
    assert len(address_of("example.com/log")) == len("/checkpoint") + 65


def test_a_witness_without_a_folder_says_what_to_do(tmp_path: Path):
    with pytest.raises(WitnessRefused, match="还没有见证方"):
        Witness(Store(tmp_path))
