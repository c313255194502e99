"""`gongzhi verify`: offline, against pinned keys, 0 when the proof holds and 1 when it doesn't."""

import json
import subprocess
import sys

import pytest

from core.ledger.proofs import COSIGNED_AT, RECORDS, made_proof
from core.ledger.signers import LOG, OTHER_LOG, WITNESSES, signer
from gongzhi.cli.files import main
from gongzhi.core.ledger.checkpoint import Checkpoint
from gongzhi.core.ledger.merkle import leaf_hash
from gongzhi.core.ledger.note import Note
from gongzhi.core.ledger.policy import policy_text
from gongzhi.core.ledger.proof import Proof
from gongzhi.core.ledger.rejected import Reason
from gongzhi.core.sealed import canonical

DEMO_LOG = signer("demo", name="gongzhi.invalid/demo/0123456789abcdef")
ENTRY = {
    "verb": "publish_form",
    "party": "某省某县某局",
    "on": "form:1",
    "claimed_at": "2026-03-31T08:00:00Z",
}


@pytest.fixture(autouse=True)
def nobody_home(monkeypatch, tmp_path):
    """A user without a pinned policy."""
    monkeypatch.delenv("GONGZHI_HOME", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@pytest.fixture
def folder(tmp_path):
    """A proof, its record and a policy, as somebody received them."""
    (tmp_path / "5.tlog-proof").write_text(made_proof(5, size=9, cosigners="AB").content)
    (tmp_path / "5.record").write_bytes(RECORDS[5])
    (tmp_path / "policy").write_text(policy_text(LOG.verifier))
    return tmp_path


def verify(folder, *more, proof="5.tlog-proof", policy="policy"):
    chosen = ["--policy", str(folder / policy)] if policy else []
    return main(["verify", str(folder / proof), *chosen, *more])


def test_a_good_proof_says_what_it_proves(folder, capsys):
    assert verify(folder) == 0
    said = capsys.readouterr().out
    assert "证明成立" in said
    assert "log.example/yunhe 的第 5 号存证" in said
    assert "9 条存证" in said
    assert "没有见证方签名" in said


def test_it_says_so_in_english_too(folder, capsys):
    assert verify(folder, "--lang", "en") == 0
    said = capsys.readouterr().out
    assert "The proof holds: this record is entry 5" in said
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in said)


def test_witnesses_are_named_with_their_moment(folder, capsys):
    lines = f"witness A {WITNESSES['A'].verifier.text}\nquorum A\n"
    (folder / "policy").write_text(policy_text(LOG.verifier).replace("quorum none\n", lines))
    assert verify(folder) == 0
    assert "A.example 在 2026-09-21 14:13:20 UTC 见证过" in capsys.readouterr().out


def test_the_claims_of_the_record_are_shown_as_claims(tmp_path, capsys):
    record = canonical(ENTRY)
    write_single(tmp_path, record, log=LOG)
    assert verify(tmp_path, proof="0.tlog-proof") == 0
    said = capsys.readouterr().out
    assert "记录自称：动作 publish_form" in said
    assert "记录自称：自称的时间 2026-03-31T08:00:00Z" in said
    assert verify(tmp_path, "--lang", "en", proof="0.tlog-proof") == 0
    assert "The record claims: time claimed 2026-03-31T08:00:00Z" in capsys.readouterr().out


def test_the_log_of_a_demo_is_called_one(tmp_path, capsys):
    write_single(tmp_path, b"anything", log=DEMO_LOG)
    assert verify(tmp_path, proof="0.tlog-proof") == 0
    assert "这是演示日志" in capsys.readouterr().out


def test_the_json_object_has_stable_keys(folder, capsys):
    assert verify(folder, "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert result.pop("said")[0].startswith("证明成立")
    assert result.pop("root")
    assert result == {
        "verified": True,
        "reason": None,
        "index": 5,
        "size": 9,
        "origin": LOG.name,
        "signed_by": [LOG.name],
        "cosigned_by": [],
        "record": {"public": {"number": 5}, "v": 1},
    }


def test_the_json_object_tells_who_cosigned_and_when(folder, capsys):
    (folder / "policy").write_text(
        policy_text(LOG.verifier) + f"witness B {WITNESSES['B'].verifier.text}\n"
    )
    assert verify(folder, "--json") == 0
    result = json.loads(capsys.readouterr().out)
    assert result["cosigned_by"] == [{"name": "B.example", "at": COSIGNED_AT}]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_an_altered_record_fails(folder, capsys, language):
    (folder / "5.record").write_bytes(RECORDS[6])
    assert verify(folder, "--lang", language) == 1
    assert ("证明不成立" if language == "zh" else "The proof fails") in capsys.readouterr().out
    assert verify(folder, "--json") == 1
    assert json.loads(capsys.readouterr().out)["reason"] == Reason.TREE


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xff", b"c2sp.org/tlog-proof@v1\n", b"x" * 2_000_000]
)
def test_a_file_that_is_no_proof_fails(folder, capsys, content):
    (folder / "5.tlog-proof").write_bytes(content)
    assert verify(folder) == 1
    assert "证明不成立" in capsys.readouterr().out


def test_the_key_never_comes_from_the_proof(folder, capsys):
    (folder / "5.tlog-proof").write_text(made_proof(5, size=9, log=OTHER_LOG).content)
    assert verify(folder) == 1
    assert OTHER_LOG.name in capsys.readouterr().out


def test_another_record_may_be_named(folder):
    (folder / "5.record").rename(folder / "elsewhere")
    assert verify(folder, "--record", str(folder / "elsewhere")) == 0


def test_the_pinned_policy_of_the_user_is_used(folder, capsys):
    assert verify(folder, policy=None) == 2
    assert str(folder / "config" / "gongzhi" / "policy") in capsys.readouterr().err
    (folder / "config" / "gongzhi").mkdir(parents=True)
    (folder / "policy").rename(folder / "config" / "gongzhi" / "policy")
    assert verify(folder, policy=None) == 0


def test_the_pinned_policy_of_the_installation_comes_first(folder, monkeypatch):
    monkeypatch.setenv("GONGZHI_HOME", str(folder))
    assert verify(folder, policy=None) == 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda folder: (folder / "5.tlog-proof").unlink(), "5.tlog-proof"),
        (lambda folder: (folder / "5.record").unlink(), "5.record"),
        (lambda folder: (folder / "policy").unlink(), "policy"),
        (lambda folder: (folder / "policy").write_bytes(b"\xff"), "UTF-8"),
        (lambda folder: (folder / "policy").write_text("log\n"), "第 1 行"),
        (lambda folder: (folder / "policy").write_text(""), "quorum"),
    ],
)
def test_what_can_not_be_used_is_said_in_one_line(folder, capsys, change, said):
    change(folder)
    assert verify(folder) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert printed.err.count("\n") == 1


def test_it_runs_without_django_and_without_a_database(folder):
    program = (
        "import sys\nfrom gongzhi.__main__ import main\nstatus = main()\n"
        "assert 'django' not in sys.modules and 'psycopg' not in sys.modules\nsys.exit(status)"
    )
    command = [sys.executable, "-c", program, "verify", "5.tlog-proof", "--policy", "policy"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "证明成立" in done.stdout


def write_single(folder, record, *, log):
    """A log with one entry and its proof."""
    checkpoint = Checkpoint(origin=log.name, size=1, root=leaf_hash(record))
    note = Note(checkpoint.text).signed(log)
    proof = Proof(index=0, path=(), checkpoint=note.content)
    (folder / "0.tlog-proof").write_text(proof.content)
    (folder / "0.record").write_bytes(record)
    (folder / "policy").write_text(policy_text(log.verifier))
