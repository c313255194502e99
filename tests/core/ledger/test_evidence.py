"""What a witness kept against a log is checked by anybody with the log's key alone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.ledger.evidence import Shown, read_evidence, write_evidence
from gongzhi.core.ledger.keys import KeyKind, Signer
from gongzhi.core.ledger.merkle import old_root_in, root_of
from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.witnessing import AddCheckpoint, judge
from witness.logs import Log, rewritten

TRUE, FORGED = Log(), rewritten(5)
KEYS = [TRUE.signer.verifier]
sizes = st.integers(6, 700)


def shown(request: AddCheckpoint, known: str, keys=KEYS) -> Shown:
    return read_evidence(write_evidence(request.content.decode(), known=known), keys=keys).shown


@given(old=sizes, size=sizes)
@settings(max_examples=50)
def test_s66_a_rewritten_log_that_is_honest_about_its_growth_convicts_itself(old: int, size: int):
    old, size = sorted((old, size))
    request = FORGED.request(old, size)
    cannot_tell = old < size and old & (old - 1) == 0  # such a proof doesn't hold the old root
    assert shown(request, TRUE.note(old)) is (
        Shown.UNEXPLAINED if cannot_tell else Shown.TWO_HISTORIES
    )


@given(old=sizes, size=sizes, junk=st.lists(st.binary(min_size=32, max_size=32), max_size=4))
@settings(max_examples=50)
def test_a_stranger_can_not_make_a_true_log_guilty(old: int, size: int, junk: list[bytes]):
    old, size = sorted((old, size))
    request = AddCheckpoint(old=old, proof=tuple(junk), note=TRUE.note(size))
    assert shown(request, TRUE.note(old)) is Shown.UNEXPLAINED


def test_an_old_note_sent_again_is_no_evidence():
    for old, size in ((0, 200), (200, 300), (0, 400)):
        request = TRUE.request(old, size)
        assert not judge(request, logs=KEYS, last=TRUE.checkpoint(300)).is_evidence


def test_one_size_with_two_roots_is_evidence_whatever_old_size_was_named():
    for old in (0, 200, 300):
        request = AddCheckpoint(old=old, proof=(), note=FORGED.note(300))
        assert judge(request, logs=KEYS, last=TRUE.checkpoint(300)).is_evidence


def test_what_the_log_did_not_sign_shows_nothing():
    other = Signer(TRUE.signer.name, KeyKind.ED25519, b"o" * 32).verifier
    file = write_evidence(FORGED.request(300, 400).content.decode(), known=TRUE.note(300))
    with pytest.raises(RejectedError):
        read_evidence(file, keys=[other])
    for spoiled in ("", file.replace("=== known", "=== unknown"), file[:-20], file.upper()):
        with pytest.raises(RejectedError):
            read_evidence(spoiled, keys=KEYS)


@given(old=st.integers(1, 700), size=st.integers(1, 700))
@settings(max_examples=50)
def test_a_proof_of_growth_holds_the_old_root_but_for_powers_of_two(old: int, size: int):
    old, size = sorted((old, size))
    root, path = root_of(TRUE.hashes[:size]), TRUE.request(old, size).proof
    found = old_root_in(root, size=size, old_size=old, path=path)
    holds = old < size and old & (old - 1) != 0
    assert found == (root_of(TRUE.hashes[:old]) if holds else None)
