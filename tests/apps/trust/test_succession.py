"""One log follows another where its key is gone: old proofs hold, and the new tree has the old."""

import re
from contextlib import suppress
from pathlib import Path

import pytest

import city_hall
from apps.trust.administrator import by_force
from apps.trust.backups import back_up, restore
from apps.trust.installation import ask_all, grow
from apps.trust.watchers import watching
from gongzhi.cli import site
from gongzhi.core.charter import SYSTEM
from gongzhi.core.ledger.checkpoint import read_checkpoint
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.core.ledger.merkle import is_consistent
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.core.sealed import read_canonical
from gongzhi.parties import succession as flow
from gongzhi.parties.actions.setting_up import register_person
from gongzhi.parties.auditing import SUCCESSION, audit_all
from gongzhi.parties.succession import succeed
from gongzhi.trust import succession
from gongzhi.trust.auditing import audit
from gongzhi.trust.exporting import export
from gongzhi.trust.keys import installation_signer, key_path
from gongzhi.trust.models import SignedCheckpoint, Succession
from gongzhi.trust.proofs import entry_at, head, proof_of
from gongzhi.trust.publishing import BEHIND, REWRITTEN
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.shelves import Folder
from gongzhi.trust.tiles import consistency_path
from gongzhi.witness.mirroring import mirror
from gongzhi.witness.store import Watched

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "log.example/2"


@pytest.fixture
def log() -> str:
    """A log with some deeds, signed; the policy that believes it."""
    city_hall.unit("1", within=city_hall.region())
    grow(0)
    return head().policy


def holds(proof, policy: str) -> bool:
    verdict = verdict_on(proof.text.encode(), record=proof.record, policy=read_policy(policy))
    return isinstance(verdict, Proven)


def entry(index: int):
    return read_canonical(entry_at(index))


def lose_key() -> None:
    key_path().unlink()


def test_the_old_log_names_the_new_one_and_the_new_one_says_what_it_follows(log):
    old, size = installation_signer().verifier, head().checkpoint.size
    done = succeed(NAME, reason="renewed", by=SYSTEM)

    closing, beginning = entry(size), entry(size + 1)
    for told, ends in ((closing, size), (beginning, size + 1)):
        assert (told["verb"], told["clause"]) == ("succeed_log", ["8.8"])
        public = told["public"]
        assert (public["former"], public["successor"]) == (old.text, done.key.text)
        assert (public["size"], public["reason_code"]) == (ends, "renewed")
        signed = read_checkpoint(read_note(SignedCheckpoint.objects.get(size=ends).note).text)
        assert (signed.origin, write_base64(signed.root)) == (old.name, public["root"])
    assert [told["public"]["begins"] for told in (closing, beginning)] == [False, True]
    assert installation_signer().verifier == done.key
    assert head().checkpoint.origin == NAME
    assert done.former == read_checkpoint(
        read_note(SignedCheckpoint.objects.get(size=size + 1).note).text
    )


def test_old_proofs_hold_under_the_old_policy_and_new_ones_under_the_new(log):
    before = proof_of(0)
    succeed(NAME, reason="stolen", by=SYSTEM)
    after, policy = proof_of(0), head().policy

    assert holds(before, log)
    assert not holds(before, policy)
    assert holds(after, policy)
    assert not holds(after, log)
    assert after.record == before.record
    assert holds(proof_of(head().checkpoint.size - 1), policy)


def test_every_checkpoint_of_the_old_log_is_proved_to_be_in_the_new_one(log):
    old = head().checkpoint
    succeed(NAME, reason="lost", by=SYSTEM)
    grow(3)
    new = head().checkpoint
    path = consistency_path(old.size, size=new.size)
    assert is_consistent(new.root, size=new.size, old_root=old.root, old_size=old.size, path=path)


def test_a_log_without_its_key_is_followed_from_its_last_checkpoint(log):
    old = head().checkpoint
    lose_key()
    done = succeed(NAME, reason="lost", by=SYSTEM)

    assert done.old_key is None
    assert done.former == old
    told = entry(old.size)["public"]
    assert (told["begins"], told["size"], told["root"]) == (True, old.size, write_base64(old.root))
    assert list(audit_all()) == []


def test_entries_that_waited_when_the_key_was_lost_are_kept(log):
    lose_key()
    register_person(by=SYSTEM, username="li", name="李某")
    size = head().checkpoint.size
    succeed(NAME, reason="lost", by=SYSTEM)
    assert head().checkpoint.size > size + 1
    assert list(audit_all()) == []


def test_the_audit_is_clean_and_the_log_goes_on_and_may_be_followed_again(log):
    succeed(NAME, reason="renewed", by=SYSTEM)
    grow(2)
    succeed("log.example/3", reason="stolen", by=SYSTEM)
    grow(2)
    assert list(audit_all()) == []
    assert Succession.objects.count() == 2
    assert head().checkpoint.origin == "log.example/3"


def test_the_old_key_is_moved_away_and_signs_nothing_any_more(log):
    secret = key_path().read_text()
    done = succeed(NAME, reason="renewed", by=SYSTEM)
    assert done.old_key.read_text() == secret
    assert not key_path().with_name("log.next").exists()
    grow(1)
    assert SignedCheckpoint.objects.last().key == done.key.text


class Cut(Exception):
    """The machine went out."""


STEPS = ("_close", "succeed_log", "change_keys", "sign_all", "rename")
SOME = {("rename", False), ("change_keys", True)}


@pytest.mark.parametrize(
    ("step", "is_lost"),
    [
        pytest.param(step, is_lost, marks=[] if (step, is_lost) in SOME else pytest.mark.deep)
        for step in STEPS
        for is_lost in (False, True)
    ],
)
def test_cut_off_anywhere_the_same_command_goes_on(log, monkeypatch, step, is_lost):
    if is_lost:
        lose_key()
    with monkeypatch.context() as cut:
        if step == "rename":
            replace, left = Path.replace, [1]

            def once(self, target):
                if not left[0]:
                    raise Cut
                left[0] -= 1
                return replace(self, target)

            cut.setattr(flow, "sign_all", lambda: None)
            cut.setattr(Path, "replace", once)
        else:
            cut.setattr(flow, step, raising)
        with suppress(Cut):
            succeed(NAME, reason="lost", by=SYSTEM)
    succeed(NAME, reason="lost", by=SYSTEM)
    grow(1)
    assert head().checkpoint.origin == NAME
    assert Succession.objects.count() == 1
    assert list(audit_all()) == []


def raising(*given, **named):
    raise Cut


def test_an_old_backup_is_not_followed_but_rejoined(log):
    old = back_up()
    grow(3)
    restore(old)
    with pytest.raises(LogRefused) as refused:
        succeed(NAME, reason="lost", by=SYSTEM)
    assert refused.value.said.text == BEHIND
    assert not Succession.objects.exists()


def test_a_rewritten_tree_is_not_followed(log):
    by_force("UPDATE trust_tile SET hashes = sha256('x') || substring(hashes FROM 33)")
    with pytest.raises(LogRefused) as refused:
        succeed(NAME, reason="stolen", by=SYSTEM)
    assert refused.value.said.text in {REWRITTEN, BEHIND}
    assert not Succession.objects.exists()


def test_the_same_name_is_no_other_log(log):
    with pytest.raises(LogRefused) as refused:
        succeed(installation_signer().name, reason="renewed", by=SYSTEM)
    assert refused.value.said.text == succession.SAME_NAME


def test_a_second_name_while_one_is_under_way_is_refused(log, monkeypatch):
    with monkeypatch.context() as cut:
        cut.setattr(flow, "_close", raising)
        with pytest.raises(Cut):
            succeed(NAME, reason="renewed", by=SYSTEM)
    with pytest.raises(LogRefused) as refused:
        succeed("log.example/3", reason="renewed", by=SYSTEM)
    assert refused.value.said.text == succession.UNDER_WAY


def test_s65_a_succession_that_was_altered_is_named(log):
    succeed(NAME, reason="renewed", by=SYSTEM)
    by_force("UPDATE trust_succession SET root = sha256('x')")
    assert SUCCESSION in [said.text for said in audit_all()]


def test_witnesses_close_the_old_log_and_watch_the_new_one_once_they_are_told(log, tmp_path):
    with watching(tmp_path / "witnesses") as watchers:
        watchers.admit("abc", threshold=2)
        ask_all()
        done = succeed(NAME, reason="renewed", by=SYSTEM)
        closing = SignedCheckpoint.objects.get(size=done.former.size)
        assert closing.cosignatures.count() == 3
        ask_all()
        assert SignedCheckpoint.objects.last().cosignatures.count() == 0
        for letter in "abc":
            watchers.store(letter).watch(Watched(key=done.key))
        ask_all()
        assert SignedCheckpoint.objects.last().cosignatures.count() == 3
        assert head().is_cosigned
        assert list(audit()) == []


def test_a_mirror_follows_under_the_new_policy_with_the_same_files(log, tmp_path):
    published, copy = tmp_path / "published", tmp_path / "copy"
    export(Folder(published))
    mirror(str(published), copy, policy=read_policy(log))
    succeed(NAME, reason="renewed", by=SYSTEM)
    export(Folder(published))
    policy = (published / "policy").read_text()
    assert mirror(str(published), copy, policy=read_policy(policy)).size == head().checkpoint.size


def test_the_command_prints_the_new_policy_and_tells_what_is_left_to_do(log, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///the-one-of-the-tests")
    assert site.main(["ledger", "succeed", NAME]) == 2
    assert "--reason" in capsys.readouterr().err
    assert site.main(["ledger", "succeed", NAME, "--reason", "stolen"]) == 0
    said = capsys.readouterr().out
    assert re.search(rf"^log {re.escape(NAME)}\+", said, re.MULTILINE)
    assert "gongzhi witness init --log" in said
    assert "请销毁它" in said
