"""Any row is proved with keys pinned before; an altered row, hash or value is named by number."""

import json

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import connection

from apps.parties.test_batches import entered, rows
from gongzhi.cli import files, site
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.row_proof import row_verdict_on
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.batches import row_bond
from gongzhi.parties.models import SealedRow
from gongzhi.parties.row_proofs import row_proof
from gongzhi.parties.subject_keys import NONCE_BYTES, keys_of, open_written
from gongzhi.trust.proofs import head, index_of
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.sequencing import sequence
from gongzhi.words import say

pytestmark = pytest.mark.django_db

COUNT = 700  # three tiles and one above


@pytest.fixture
def index():
    """The number of an entry that brought 700 payments."""
    return sealed(entered(rows(COUNT)))


def sealed(deed):
    while sequence():
        pass
    return index_of(deed.leaf)


def found():
    return [say(said, "zh") for said in audit_all()]


def by_sql(table, statement, *values):
    """What a database administrator can do: the triggers are off."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, values)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize("row", [0, 255, 256, 511, 512, COUNT - 1])
def test_any_row_proves_offline_to_the_end(index, row):
    proof = row_proof(index, row, show=["amount"])
    verdict = row_verdict_on(proof.content.encode(), policy=read_policy(head().policy))
    assert verdict.fault is None
    assert (verdict.log.index, verdict.batch.size) == (index, COUNT)
    assert verdict.read.shown[0].value == f"{row}.00"


def test_without_being_asked_a_proof_shows_nothing_private(index):
    assert row_proof(index, 3).shown == ()


@pytest.mark.parametrize("row", [-1, COUNT])
def test_there_is_no_row_beyond_the_last(index, row):
    assert row_proof(index, row) is None


def test_an_entry_without_rows_has_none():
    assert row_proof(sealed(entered([])), 0) is None


def test_s65_an_altered_row_is_named_and_no_longer_proved(index):
    assert found() == []
    by_sql(
        "parties_batchbundle",
        "UPDATE parties_batchbundle SET records = set_byte(records, 40, 88) WHERE number = 1",
    )
    assert found() == [f"第 {index} 条存证的第 256 行与它的哈希不符：被改动过"]
    with pytest.raises(LogRefused):
        row_proof(index, 256)


def test_s65_rows_that_were_deleted_are_missed(index):
    by_sql("parties_batchbundle", "DELETE FROM parties_batchbundle WHERE number = 2")
    assert found() == [f"第 {index} 条存证的第 512 行不见了"]


def test_s65_rows_that_can_not_be_read_are_missed(index):
    by_sql(
        "parties_batchbundle", "UPDATE parties_batchbundle SET records = 'xxxx' WHERE number = 0"
    )
    assert found() == [f"第 {index} 条存证的第 0 行不见了"]
    with pytest.raises(LogRefused):
        row_proof(index, 0)


BUNDLES_OF_ANOTHER = """
UPDATE parties_batchbundle mine SET records = theirs.records FROM parties_batchbundle theirs
WHERE theirs.deed_id = %s AND mine.deed_id <> %s AND theirs.number = 0 AND mine.number = %s
"""
HASHES_OF_ANOTHER = """
UPDATE parties_batchtile mine SET hashes = theirs.hashes FROM parties_batchtile theirs
WHERE theirs.deed_id = %s AND mine.deed_id <> %s AND theirs.number = 0 AND mine.number = %s
    AND theirs.level = 0 AND mine.level = 0
"""


@pytest.mark.parametrize(("number", "first", "last"), [(0, 0, 255), (1, 256, 511)])
def test_s65_rows_that_were_replaced_with_their_hashes_are_named(index, number, first, last):
    other = entered(rows(256, first=5_000)).pk
    by_sql("parties_batchbundle", BUNDLES_OF_ANOTHER, other, other, number)
    by_sql("parties_batchtile", HASHES_OF_ANOTHER, other, other, number)
    by_sql("parties_sealedrow", "DELETE FROM parties_sealedrow")
    assert found() == [f"第 {index} 条存证的第 {first} 行到第 {last} 行算不出批根：被改动过"]


def test_s65_a_lost_tile_is_named(index):
    by_sql("parties_batchtile", "DELETE FROM parties_batchtile WHERE level = 1")
    assert found() == [f"第 {index} 条存证的第 0 行到第 255 行算不出批根：被改动过"]
    with pytest.raises(LogRefused):
        row_proof(index, 600)


def test_s65_hashes_that_change_places_do_not_fit_their_rows():
    index = sealed(entered(rows(2)))
    by_sql(
        "parties_batchtile",
        "UPDATE parties_batchtile"
        " SET hashes = substring(hashes FROM 33) || substring(hashes FOR 32)",
    )
    assert found() == [f"第 {index} 条存证的第 0 行与它的哈希不符：被改动过"]


def lock_instead(number, written):
    """What an operator does who has all keys: lock other values in the row's place."""
    row = SealedRow.objects.get(row=number)
    key, bond = keys_of([row.subject])[row.subject], row_bond(row.deed_id, number)
    secret, _ = open_written(key, bytes(row.locked), bound_to=bond)
    nonce = bytes(NONCE_BYTES)
    locked = nonce + AESGCM(key).encrypt(nonce, secret + written, bond.encode())
    by_sql("parties_sealedrow", "UPDATE parties_sealedrow SET locked = %s WHERE row = 5", locked)


@pytest.mark.parametrize(
    ("written", "field"),
    [(b'{"amount":"1.00"}', "amount"), (b"[1]", ""), (b'{"amount":1.5}', "amount")],
)
def test_s65_an_altered_private_value_breaks_its_promise(index, written, field):
    lock_instead(5, written)
    assert found() == [f"第 {index} 条存证的第 5 行所承诺的值与保存的不符：{field} 被改动过"]


def test_s65_private_values_that_no_longer_open_are_named(index):
    statement = "UPDATE parties_sealedrow SET locked = locked || 'x' WHERE row = 300"
    by_sql("parties_sealedrow", statement)
    assert found() == [f"第 {index} 条存证的第 300 行所承诺的值与保存的不符： 被改动过"]


def test_s65_a_private_value_of_a_row_that_never_was_is_named(index):
    by_sql("parties_sealedrow", "UPDATE parties_sealedrow SET row = %s WHERE row = 5", COUNT)
    assert found() == [f"第 {index} 条存证的第 {COUNT} 行所承诺的值与保存的不符： 被改动过"]


def test_an_erased_private_value_is_no_fault_and_the_row_still_proves(index):
    SealedRow.objects.filter(row=300).delete()
    assert found() == []
    assert row_proof(index, 300, show=["amount"]).shown == ()
    assert row_proof(index, 300) is not None


@pytest.fixture
def commands(monkeypatch, tmp_path, capsys):
    """The two programs, in a folder where the log's policy is pinned."""
    monkeypatch.setenv("DATABASE_URL", "postgresql:///the-one-of-the-tests")
    monkeypatch.chdir(tmp_path)

    def say_of(program, *arguments):
        status = {"ledger": site.main, "verify": files.main}[program]([program, *arguments])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    (tmp_path / "policy").write_text("")
    return say_of


def test_the_proof_of_a_row_is_written_and_verified_on_another_machine(index, commands, tmp_path):
    (tmp_path / "policy").write_text(head().policy)
    status, said = commands("ledger", "row", str(index), "300", "--show", "amount")
    assert (status, said) == (0, f"{index}-300.row-proof\n")

    status, said = commands("verify", f"{index}-300.row-proof", "--policy", "policy")
    assert status == 0
    for step in (
        "证明成立：从这一行到日志的签名，每一步都对得上",
        "行：这是第 300 行",
        "行中写明：number 300",
        "出示的值与行中的承诺相符：amount 300.00",
        f"payment 一批共 {COUNT} 行",
        f"的第 {index} 号存证",
        "记录自称：动作 register_region",
    ):
        assert step in said

    _, said = commands("verify", f"{index}-300.row-proof", "--policy", "policy", "--lang", "en")
    assert "The proof holds: from this row to the log's signature" in said
    assert not any("\u4e00" <= letter <= "\u9fff" for letter in said)


def test_the_json_object_of_a_row_has_stable_keys(index, commands, tmp_path):
    (tmp_path / "policy").write_text(head().policy)
    status, said = commands("ledger", "row", str(index), "3", "--out", "x", "--json")
    assert json.loads(said) == {"index": index, "row": 3, "proof": "x"}
    status, said = commands("verify", "x", "--policy", "policy", "--json")
    result = json.loads(said)
    assert status == 0
    assert result["record"]["verb"] == "register_region"
    kept = ("verified", "reason", "row", "rows", "kind", "facts", "shown", "index")
    assert {key: result[key] for key in kept} == {
        "verified": True,
        "reason": None,
        "row": 3,
        "rows": COUNT,
        "kind": "payment",
        "facts": {"number": 3},
        "shown": {},
        "index": index,
    }


def test_a_damaged_row_proof_says_how_far_it_got(index, commands, tmp_path):
    (tmp_path / "policy").write_text(head().policy)
    commands("ledger", "row", str(index), "3", "--out", "x")
    (tmp_path / "x").write_text((tmp_path / "x").read_text().replace("row 3", "row 4"))
    status, said = commands("verify", "x", "--policy", "policy")
    assert status == 1
    assert said.splitlines()[0].startswith("证明不成立：由第 4 行算不出存证里的批根")
    assert "行：这是第 4 行" in said
    assert "一批共" not in said
    status, said = commands("verify", "x", "--policy", "policy", "--json")
    assert status == 1
    assert json.loads(said)["reason"] == "batch"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["row"], "请写明存证的号和行号"),
        (["row", "1"], "请写明存证的号和行号"),
        (["row", "1", "x"], "请写明存证的号和行号"),
        (["row", "0", "99999"], "没有第 99999 行"),
        (["row", "99999", "0"], "没有第 0 行"),
        (["row", "0", "1", "--show", "payee"], "没有不公开的值 payee"),
        (["row", "0", "1", "--out", "."], "写不了"),
    ],
)
def test_what_can_not_be_written_is_said_in_one_line(index, commands, arguments, said):
    status, printed = commands("ledger", *arguments)
    assert status == 2
    assert said in printed
    assert printed.count("\n") == 1
