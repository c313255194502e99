"""One key never signs two histories."""

import stat

import pytest
from django.conf import settings as current

from apps.trust.administrator import by_force
from apps.trust.entries import leave_many
from gongzhi.core.ledger.checkpoint import Checkpoint
from gongzhi.core.ledger.encoding import read_base64
from gongzhi.core.ledger.keys import KEY_BYTES, KeyKind, Signer, read_signer
from gongzhi.core.ledger.merkle import EMPTY_ROOT, leaf_hash
from gongzhi.core.ledger.note import Note
from gongzhi.trust.auditing import audit
from gongzhi.trust.models import SignedCheckpoint
from gongzhi.trust.proofs import head, proof_of
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.sequencing import sequence
from gongzhi.words import LANGUAGES, say

pytestmark = pytest.mark.django_db


@pytest.fixture
def log():
    """Three entries under two checkpoints."""
    for number in range(2):
        leave_many(number + 1)
        sequence()


def key_file():
    return current.LOG_KEY_FILE


def published_file():
    return key_file().with_name("log.published")


def signer():
    return read_signer(key_file().read_text().strip())


def refusal():
    with pytest.raises(LogRefused) as caught:
        sequence()
    return {language: say(caught.value.said, language) for language in LANGUAGES}


def test_the_key_is_made_once_and_for_its_owner_only(log):
    key = key_file().read_text()
    leave_many(1)
    sequence()
    assert key_file().read_text() == key
    assert stat.S_IMODE(key_file().stat().st_mode) == 0o600
    assert stat.S_IMODE(key_file().parent.stat().st_mode) == 0o700
    assert [path.name for path in sorted(key_file().parent.iterdir())] == ["log", "log.published"]


def test_every_installation_has_another_key(log):
    other = Signer(signer().name, KeyKind.ED25519, bytes(32))
    assert signer().verifier.public != other.verifier.public
    assert signer().name.startswith("gongzhi.invalid/log/")


def test_the_log_of_a_demo_says_that_it_is_one(settings):
    settings.DEMO = True
    settings.LOG_ORIGIN = "log.yunhe.example/2026"
    leave_many(1)
    sequence()
    assert head().checkpoint.origin.startswith("gongzhi.invalid/demo/")


def test_an_installation_may_choose_its_name(settings):
    settings.LOG_ORIGIN = "log.yunhe.example/2026"
    leave_many(1)
    sequence()
    assert head().checkpoint.origin == "log.yunhe.example/2026"


def test_the_key_is_nowhere_in_the_database(log):
    secret = key_file().read_text().strip().split("+", 4)[4]  # PRIVATE+KEY+name+hash+base64
    assert len(read_base64(secret)) == 1 + KEY_BYTES
    stored = [value for row in SignedCheckpoint.objects.values_list() for value in row]
    assert not any(secret in str(value) for value in stored)


def test_what_was_signed_last_lies_beside_the_key(log):
    assert published_file().read_text() == head().note


def test_a_restored_old_backup_is_refused(log):
    by_force("DELETE FROM trust_logrow WHERE index > 0")
    by_force("DELETE FROM trust_signedcheckpoint WHERE size > 1")
    tile = "UPDATE trust_tile SET hashes = substring(hashes FROM 1 FOR 32)"
    by_force(tile)
    by_force("UPDATE trust_head SET size = 1, root = (SELECT hashes FROM trust_tile)")
    leave_many(1)
    said = refusal()
    assert "1 条" in said["zh"]
    assert "old backup" in said["en"]


def test_a_back_dated_head_is_refused_even_with_nothing_to_number(log):
    by_force("UPDATE trust_head SET size = 0, root = %s", EMPTY_ROOT)
    assert "旧备份" in refusal()["zh"]


def test_a_rewritten_history_is_not_signed(log):
    by_force("UPDATE trust_tile SET hashes = %s || substring(hashes FROM 33)", leaf_hash(b"new"))
    leave_many(1)
    assert "改动过历史" in refusal()["zh"]
    assert SignedCheckpoint.objects.count() == 2


def test_a_database_that_lost_its_tiles_is_not_signed(log):
    by_force("DELETE FROM trust_tile")
    leave_many(1)
    assert "改动过历史" in refusal()["zh"]


def test_an_emptied_database_does_not_start_again_under_the_old_key(log):
    by_force(
        "DELETE FROM trust_signedcheckpoint; DELETE FROM trust_head;"
        "DELETE FROM trust_logrow; DELETE FROM trust_tile"
    )
    leave_many(1)
    assert "旧备份" in refusal()["zh"]


def test_without_the_file_beside_the_key_the_database_must_fit_its_own_last_checkpoint(log):
    published_file().unlink()
    by_force("UPDATE trust_tile SET hashes = %s || substring(hashes FROM 33)", leaf_hash(b"new"))
    leave_many(1)
    assert "改动过历史" in refusal()["zh"]


def test_a_tree_altered_before_it_was_signed_is_not_signed_either(log, settings):
    settings.LOG_PUBLISH_PAUSE_S = 3600
    leave_many(1)
    sequence()
    by_force("UPDATE trust_tile SET hashes = overlay(hashes PLACING %s FROM 97)", leaf_hash(b"x"))
    settings.LOG_PUBLISH_PAUSE_S = 0
    assert "树根" in refusal()["zh"]
    leave_many(1)
    assert "树根" in refusal()["zh"]
    assert SignedCheckpoint.objects.count() == 2


def test_a_lost_key_is_not_replaced_in_silence(log):
    key_file().unlink()
    leave_many(1)
    assert "私钥不见了" in refusal()["zh"]
    assert not key_file().exists()


def test_a_key_that_others_can_read_is_refused(log):
    key_file().chmod(0o644)
    leave_many(1)
    assert "chmod 600" in refusal()["en"]


@pytest.mark.parametrize("content", ["", "PRIVATE+KEY+a+00000000+AAAA", "\u4e8c"])
def test_a_spoiled_key_is_refused(log, content):
    key_file().write_text(content)
    leave_many(1)
    assert "看不懂" in refusal()["zh"]


@pytest.mark.parametrize("content", ["", "not a note", None])
def test_a_spoiled_or_foreign_file_beside_the_key_is_refused(log, content):
    foreign = Signer("a", KeyKind.ED25519, bytes(32))
    note = Note(Checkpoint(origin="a", size=0, root=EMPTY_ROOT).text).signed(foreign).content
    published_file().write_text(note if content is None else content)
    leave_many(1)
    assert "不是这把私钥签的" in refusal()["zh"]


def test_a_refused_log_still_answers_for_what_it_signed(log):
    published_file().write_text("")
    leave_many(1)
    refusal()
    assert proof_of(0).index == 0
    assert list(audit()) == []


@pytest.mark.parametrize("index", [0, 3, 100])
def test_rows_under_numbers_that_the_log_has_yet_to_give_make_it_stand_still(log, index):
    if index == 0:
        leave_many(253)
        sequence()  # now entry 0 lies in a bundle
    by_force("INSERT INTO trust_logrow VALUES (%s, gen_random_uuid(), 'slipped in')", index)
    leave_many(300)
    assert "树根" in refusal()["zh"]
    assert list(audit()) != []


def test_a_tile_that_was_lengthened_makes_it_stand_still(log):
    by_force("UPDATE trust_tile SET hashes = hashes || sha256('x')")
    leave_many(1)
    assert "树根" in refusal()["zh"]
