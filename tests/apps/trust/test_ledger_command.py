"""`gongzhi ledger`: what whoever runs an installation does with its log."""

import json

import pytest
from django.db import transaction

from apps.trust.administrator import by_force
from apps.trust.entries import leave_many
from gongzhi.cli import files, site
from gongzhi.core.ledger.policy import read_policy
from gongzhi.trust.proofs import head

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def named_database(monkeypatch):
    """The command takes the database that the tests are connected to."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///the-one-of-the-tests")


@pytest.fixture
def log(capsys):
    """Three numbered entries."""
    with transaction.atomic():
        leave_many(3)
    assert site.main(["ledger", "sequence"]) == 0
    assert capsys.readouterr().out == "编了 3 个号\n"


def printed(capsys, *arguments):
    assert site.main(["ledger", *arguments]) == 0
    return capsys.readouterr().out


def test_the_head_is_the_signed_checkpoint(log, capsys):
    assert printed(capsys, "head") == head().note
    result = json.loads(printed(capsys, "head", "--json"))
    assert result["size"] == 3
    assert result["note"] == head().note


def test_the_key_is_a_policy_to_pin(log, capsys):
    policy = read_policy(printed(capsys, "key"))
    assert policy == read_policy(json.loads(printed(capsys, "key", "--json"))["policy"])
    assert policy.logs[0].name == head().checkpoint.origin


def test_a_proof_and_its_record_verify_with_the_pinned_key_alone(log, capsys, tmp_path):
    proof, policy = tmp_path / "one.tlog-proof", tmp_path / "policy"
    policy.write_text(printed(capsys, "key"))
    written = printed(capsys, "proof", "1", "--out", str(proof))
    assert written.split() == [str(proof), str(tmp_path / "one.record")]
    assert files.main(["verify", str(proof), "--policy", str(policy), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["record"]["public"] == {"number": 1}


def test_without_a_name_a_proof_goes_into_the_current_folder(log, capsys, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = json.loads(printed(capsys, "proof", "2", "--json"))
    assert result == {"index": 2, "proof": "2.tlog-proof", "record": "2.record"}
    assert (tmp_path / "2.record").exists()


def test_a_whole_log_passes_and_an_altered_one_does_not(log, capsys):
    assert printed(capsys, "audit") == "存证完好，没有发现改动\n"
    by_force("UPDATE trust_logrow SET entry = 'x' WHERE index = 1")
    assert site.main(["ledger", "audit"]) == 1
    assert capsys.readouterr().out == "第 1 条记录与它的哈希不符：被改动过\n"
    assert site.main(["ledger", "audit", "--json"]) == 1
    assert len(json.loads(capsys.readouterr().out)["findings"]) == 1
    assert site.main(["ledger", "proof", "1"]) == 1
    assert "第 1 条存证" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["proof"], "缺少存证的号"),
        (["proof", "3"], "没有第 3 号"),
        (["proof", "-1"], ""),
        (["proof", "one"], ""),
        (["proof", "1", "--out", "/nowhere/1.tlog-proof"], "写不了"),
        (["proof", "1", "--out", "1.record"], "不能以 .record 结尾"),
        (["rewrite"], ""),
        ([], ""),
    ],
)
def test_what_can_not_be_done_is_said_in_one_line(log, capsys, arguments, said):
    assert site.main(["ledger", *arguments]) == 2
    printed = capsys.readouterr()
    assert printed.out == ""
    assert said in printed.err
    assert printed.err.count("\n") == 1


@pytest.mark.parametrize("action", ["head", "key", "proof"])
def test_an_empty_log_says_what_to_do(capsys, action):
    assert site.main(["ledger", action, "0"]) == 2
    assert "gongzhi ledger sequence" in capsys.readouterr().err
