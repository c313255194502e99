"""Evidence is kept whatever strangers send, and verified offline by whoever gets it."""

import json
from pathlib import Path

import pytest

from gongzhi.cli import files
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.witnessing import AddCheckpoint, Status
from gongzhi.witness import store as stores
from gongzhi.witness.store import Store
from gongzhi.witness.witness import Witness
from witness.logs import ORIGIN, Log, rewritten


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, list[dict[str, str]]]:
    status = files.main(["witness", "evidence", *arguments, "--json"])
    return status, json.loads(capsys.readouterr().out)["evidence"]


def test_s66_an_outsider_verifies_a_file_with_the_log_s_key_alone(
    witness: Witness, store: Store, log: Log, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    witness.add_checkpoint(log.request(0, 300).content)
    assert witness.add_checkpoint(rewritten(5).request(300, 400).content).status is Status.UNPROVEN
    (kept,) = store.evidence(ORIGIN)
    handed_on = tmp_path / "from-a-friend.txt"
    handed_on.write_text(kept.content)

    elsewhere = ("--home", str(tmp_path / "nowhere"))
    status, (found,) = told(capsys, str(handed_on), "--log", log.key, *elsewhere)
    assert (status, found["shows"], found["origin"]) == (1, "two-histories", ORIGIN)
    assert "两部历史" in found["said"]

    sibling = kept.content.splitlines()[1]
    handed_on.write_text(kept.content.replace(sibling, "A" * 43 + "="))
    assert told(capsys, str(handed_on), "--log", log.key)[1][0]["shows"] == "unexplained"
    handed_on.write_text(kept.content.replace("400", "401"))
    status, (found,) = told(capsys, str(handed_on), "--log", log.key)
    assert (status, found["shows"]) == (0, None)


def test_files_without_a_key_are_not_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "x").write_bytes(b"\xff")
    assert files.main(["witness", "evidence", str(tmp_path / "x")]) == 2
    assert "--log" in capsys.readouterr().err
    assert files.main(["witness", "evidence", str(tmp_path / "x"), "--log", Log().key]) == 2
    assert files.main(["witness", "status", str(tmp_path / "x")]) == 2


def test_strangers_can_not_crowd_out_two_histories(
    witness: Witness, store: Store, log: Log, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(stores, "EVIDENCE_MAX", 3)
    witness.add_checkpoint(log.request(0, 300).content)
    for number in range(5):
        junk = AddCheckpoint(old=300, proof=(bytes([number]) * 32,), note=log.note(400))
        assert witness.add_checkpoint(junk.content).status is Status.UNPROVEN
    assert len(list(store.evidence(ORIGIN))) == 3

    witness.add_checkpoint(rewritten(5).request(300, 400).content)
    assert len(list(store.evidence(ORIGIN))) == 4


def test_one_lie_under_many_strange_signatures_is_kept_once(
    witness: Witness, store: Store, log: Log
):
    witness.add_checkpoint(log.request(0, 300).content)
    lie = rewritten(5).request(300, 400)
    for letter in "abc":
        stranger = Log(origin=f"stranger.example/{letter}").signer
        note = read_note(lie.note).signed(stranger).content
        witness.add_checkpoint(AddCheckpoint(old=300, proof=lie.proof, note=note).content)
    assert len(list(store.evidence(ORIGIN))) == 1


def test_a_request_that_was_merely_late_raises_no_alarm(witness: Witness, store: Store, log: Log):
    witness.add_checkpoint(log.request(0, 300).content)
    assert witness.add_checkpoint(log.request(0, 200).content).status is Status.CONFLICT
    assert witness.add_checkpoint(log.request(200, 400).content).status is Status.CONFLICT
    assert list(store.evidence(ORIGIN)) == []
