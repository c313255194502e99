"""Proofs: every entry's verifies anywhere, and what was altered is named, not proved."""

from types import SimpleNamespace

import pytest
from django.db import connection
from sigstore._internal.merkle import verify_merkle_inclusion
from tlog_scales.signing import Vkey
from tlog_scales.tlog import Checkpoint, InclusionProof

from apps.trust.entries import leave_many
from gongzhi.core.ledger.merkle import leaf_hash
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.proof import Proven, read_proof, verdict_on
from gongzhi.core.ledger.rejected import Rejected
from gongzhi.trust.auditing import audit
from gongzhi.trust.models import Tile
from gongzhi.trust.proofs import entry_at, head, proof_of
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.sequencing import sequence
from gongzhi.trust.tiles import root_at
from gongzhi.words import say

pytestmark = pytest.mark.django_db


def grow(count):
    leave_many(count)
    sequence()


def damage(statement, *values):
    with connection.cursor() as cursor:
        for table in ("head", "logrow", "tile", "signedcheckpoint", "bundle"):
            cursor.execute(f"ALTER TABLE trust_{table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)


def findings():
    return [say(said, "zh") for said in audit()]


def test_nothing_is_proved_before_it_is_signed(settings):
    assert proof_of(0) is None
    settings.LOG_PUBLISH_PAUSE_S = 3600
    grow(1)
    grow(1)
    assert proof_of(0).index == 0
    assert proof_of(1) is None
    assert proof_of(-1) is None
    assert entry_at(1)


@pytest.mark.parametrize("index", [-1, 1, 2**31, 2**63 - 1, 2**63, 2**200])
def test_there_is_no_entry_beyond_the_last_however_far(index):
    grow(1)
    assert entry_at(index) is None
    assert proof_of(index) is None


@pytest.mark.parametrize("size", [1, 2, 255, 256, 257, 700])
def test_the_proof_of_every_entry_verifies_here_and_in_independent_programs(size):
    grow(size)
    published = head()
    policy = read_policy(published.policy)
    theirs = Checkpoint.from_text(published.note)
    theirs.verify(Vkey.from_string(published.key))
    for index in range(0, size, 1 if size < 256 else 23):
        proof = proof_of(index)
        assert isinstance(
            verdict_on(proof.text.encode(), record=proof.record, policy=policy), Proven
        )
        path = list(read_proof(proof.text.encode()).path)
        InclusionProof(index, size, path).check(leaf_hash(proof.record), theirs.root_hash)
        inside = SimpleNamespace(
            log_index=index, tree_size=size, hashes=path, root_hash=theirs.root_hash
        )
        verify_merkle_inclusion(
            SimpleNamespace(
                _inner=SimpleNamespace(inclusion_proof=inside, canonicalized_body=proof.record)
            )
        )


def test_a_proof_is_of_its_own_record_only():
    grow(10)
    policy = read_policy(head().policy)
    proof, other = proof_of(3), proof_of(4)
    verdict = verdict_on(proof.text.encode(), record=other.record, policy=policy)
    assert isinstance(verdict, Rejected)


def test_an_old_proof_still_verifies_when_the_log_has_grown():
    grow(10)
    proof = proof_of(3)
    grow(300)
    policy = read_policy(head().policy)
    assert isinstance(verdict_on(proof.text.encode(), record=proof.record, policy=policy), Proven)


def test_a_whole_log_passes_the_audit():
    assert findings() == []
    grow(700)
    grow(3)
    assert findings() == []


def test_s65_the_audit_names_a_row_altered_in_the_tail_and_its_proof_is_refused():
    grow(300)
    damage("UPDATE trust_logrow SET entry = 'forged' WHERE index = 280")
    assert findings() == ["第 280 条记录与它的哈希不符：被改动过"]
    with pytest.raises(LogRefused, match="280"):
        proof_of(280)


def test_s65_the_audit_names_a_row_altered_in_a_bundle():
    grow(300)
    damage("UPDATE trust_bundle SET entries = overlay(entries PLACING 'X' FROM 10)")
    assert findings() == ["第 0 条记录与它的哈希不符：被改动过"]
    with pytest.raises(LogRefused):
        proof_of(0)


def test_s65_the_audit_names_rows_that_are_missing():
    grow(300)
    damage("DELETE FROM trust_logrow WHERE index IN (260, 270)")
    assert findings() == ["第 260 条记录不见了", "第 270 条记录不见了"]
    with pytest.raises(LogRefused):
        proof_of(260)


def test_s65_a_bundle_that_can_not_be_read_is_named_row_by_row():
    grow(256)
    damage("UPDATE trust_bundle SET entries = substring(entries FROM 1 FOR 1000)")
    assert len(findings()) == 256


@pytest.mark.parametrize("level", [0, 1])
def test_an_altered_tile_is_found_and_never_used_for_a_proof(level):
    grow(600)
    for tile in Tile.objects.filter(level=level):
        altered = bytearray(tile.hashes)
        altered[33] ^= 1
        damage(
            "UPDATE trust_tile SET hashes = %s WHERE level = %s AND number = %s",
            bytes(altered),
            tile.level,
            tile.number,
        )
        assert findings()
        with pytest.raises(LogRefused):
            proof_of(tile.number * 256)
        damage(
            "UPDATE trust_tile SET hashes = %s WHERE level = %s AND number = %s",
            bytes(tile.hashes),
            tile.level,
            tile.number,
        )
    assert findings() == []


def test_a_missing_tile_is_found_and_refused():
    grow(600)
    damage("DELETE FROM trust_tile WHERE level = 0 AND number = 2")
    assert findings()
    with pytest.raises(LogRefused):
        proof_of(0)


def test_a_history_rewritten_with_everything_computed_from_it_still_meets_what_was_signed():
    grow(4)
    grow(4)
    forged = b"forged"
    damage("UPDATE trust_logrow SET entry = %s WHERE index = 5", forged)
    hashes = b"".join(leaf_hash(entry_at(index)) for index in range(8))
    damage("UPDATE trust_tile SET hashes = %s", hashes)
    damage("UPDATE trust_head SET root = %s", root_at(8))
    assert findings() == ["前 8 条存证算不出当时签出的检查点：从第 4 条到第 7 条之间有改动"]
    with pytest.raises(LogRefused):
        proof_of(5)


def test_an_altered_head_is_found():
    grow(4)
    damage("UPDATE trust_head SET root = sha256('x')")
    assert findings() == ["树根与存着的哈希不符：被改动过"]
