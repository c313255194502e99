"""What a hostile operator can try, who holds the database, the log's key and the machine."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction

from apps.trust.administrator import by_sql, rewrite, without_triggers
from apps.trust.entries import entry
from apps.trust.installation import ask_all, grow, number_all
from apps.trust.watchers import Watchers, changed, watching
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.core.ledger.rejected import Reason, Rejected
from gongzhi.trust import witnesses
from gongzhi.trust.appending import leave
from gongzhi.trust.auditing import audit
from gongzhi.trust.entries import entry_bytes
from gongzhi.trust.exporting import export
from gongzhi.trust.interval import interval_of
from gongzhi.trust.keys import installation_signer
from gongzhi.trust.models import SignedCheckpoint
from gongzhi.trust.proofs import head, proof_of
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.shelves import Folder
from gongzhi.words import say
from witness.test_programs import told

pytestmark = pytest.mark.django_db(transaction=True)
LIE = entry_bytes(entry(public={"paid": "一千万元"}))


@pytest.fixture
def watchers(tmp_path: Path) -> Iterator[Watchers]:
    with watching(tmp_path / "witnesses") as made:
        made.admit()
        yield made


def verdict(index: int, policy: str):
    proof = proof_of(index)
    return verdict_on(proof.text.encode(), record=proof.record, policy=read_policy(policy))


def found() -> list[str]:
    return [say(said, "zh") for said in audit()]


def test_s65_who_edits_a_past_row_by_sql_is_named_by_the_audit(watchers):
    grow(300)
    ask_all()
    with without_triggers():
        assert by_sql("UPDATE trust_logrow SET entry = %s WHERE index = 280", LIE) == 1
    assert found() == ["第 280 条记录与它的哈希不符：被改动过"]
    with pytest.raises(LogRefused):
        proof_of(280)


def test_s66_who_signs_a_rewritten_tree_gets_no_quorum_and_convicts_himself(
    watchers, tmp_path, monkeypatch
):
    grow(300)
    ask_all()
    pinned, key, before = head().policy, installation_signer().verifier.text, proof_of(280)
    rewrite({280: LIE})
    grow(5)
    ask_all()

    assert head().cosigners == ()
    assert verdict(280, pinned) == Rejected(Reason.QUORUM)
    assert isinstance(
        verdict_on(before.text.encode(), record=before.record, policy=read_policy(pinned)), Proven
    ), "the proof that a citizen saved stays good"
    with pytest.raises(LogRefused):
        grow()

    (kept,) = watchers.store("a").evidence(head().checkpoint.origin)
    handed_on = tmp_path / "evidence.txt"
    handed_on.write_text(kept.content)
    status, shown = told(
        "evidence", str(handed_on), "--log", key, "--home", str(tmp_path / "an-outsider")
    )
    assert (status, shown["evidence"][0]["shows"]) == (1, "two-histories")


def test_who_dates_an_entry_back_is_held_to_the_checkpoints_around_it(watchers):
    grow(3)
    ask_all()
    signed = [each.stated_at for each in head().cosigners]
    with transaction.atomic():
        leave(entry(claimed_at="2020-01-01T00:00:00+00:00", business_date="2020-01-01"))
    number_all()
    ask_all()
    assert isinstance(verdict(3, head().policy), Proven)
    proved = interval_of(3)
    assert proved.after == min(signed), "what the parties had signed by then didn't have it"
    assert proved.before >= proved.after


def test_who_rolls_back_is_refused_by_his_own_file_and_by_every_witness(watchers, settings):
    grow(300)
    ask_all()
    beside = settings.LOG_KEY_FILE.with_name("log.published")
    noted = beside.read_text()
    rewrite({}, length=200)
    ask_all()
    assert head().cosigners == ()
    beside.write_text(noted)
    with pytest.raises(LogRefused) as refused:
        grow()
    assert "旧备份" in say(refused.value.said, "zh")


def test_who_stole_a_witness_s_key_still_lacks_a_quorum_and_its_retirement_ends_it(watchers):
    grow(300)
    ask_all()
    pinned, stolen = head().policy, watchers.store("a").signer()
    rewrite({7: LIE})
    signed = SignedCheckpoint.objects.last().note
    forged = read_note(signed).signed(stolen, at=1_790_000_000).content
    file = proof_of(7).text.replace(signed, forged).encode()
    assert verdict_on(file, record=LIE, policy=read_policy(pinned)) == Rejected(Reason.QUORUM)
    changed(witnesses.retire, "a.example")
    assert "a.example" not in head().policy
    assert witnesses.faults_of_key(stolen.verifier.text), "the key never comes back"


def test_s66_a_party_on_its_own_machine_notices_a_second_history_at_the_next_checkpoint(
    tmp_path: Path,
):
    """Programs only: the party polls a folder, as it would an address, and trusts nobody."""
    published, home = tmp_path / "published", tmp_path / "party"
    grow(300)
    export(Folder(published))
    key = installation_signer().verifier.text
    at_home = ("--home", str(home))
    named = ("--name", "party.example", "--log", f"{key} {published}")
    assert told("init", *at_home, *named)[0] == 0
    assert told("poll", *at_home)[1]["logs"][0]["status"] == 200

    again = tmp_path / "published-again"
    rewrite({5: LIE})
    grow()  # one checkpoint later
    assert found() == [], "here everything fits: nobody on this machine could tell"
    export(Folder(again))
    published.rename(tmp_path / "put-away")
    again.rename(published)

    status, polled = told("poll", *at_home)
    assert (status, polled["logs"][0]["status"]) == (1, 422)
    status, shown = told("evidence", *at_home)
    assert (status, [each["shows"] for each in shown["evidence"]]) == (1, ["two-histories"])
