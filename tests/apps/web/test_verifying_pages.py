"""What somebody needs to verify without this site, and what their browser tells them with it."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.urls import reverse

from apps.parties.test_batches import entered, rows
from apps.trust.entries import leave_many
from gongzhi.cli import site
from gongzhi.core.ledger.rejected import SENTENCES
from gongzhi.core.sealed import digest
from gongzhi.parties.row_proofs import row_proof
from gongzhi.trust.proofs import head, index_of
from gongzhi.trust.sequencing import sequence
from gongzhi.web.one_file import NAME, verifier

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def log() -> None:
    """Three numbered entries."""
    with transaction.atomic():
        leave_many(3)
    while sequence():
        pass


@pytest.mark.usefixtures("log")
def test_the_verifier_in_one_file_is_downloaded_with_the_policy_of_the_log(client: Client):
    answer = client.get(reverse("verify-offline"))
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{NAME}"'
    assert answer.content.decode() == verifier(head().policy)
    assert head().policy in answer.content.decode()


def test_an_empty_log_has_no_verifier(client: Client):
    assert client.get(reverse("verify-offline")).status_code == 404


@pytest.mark.usefixtures("log")
def test_the_command_writes_the_same_file_and_says_its_digest(
    tmp_path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///the-one-of-the-tests")
    out = tmp_path / "v.html"
    assert site.main(["ledger", "verifier", "--out", str(out), "--json"]) == 0
    assert out.read_text("utf-8") == verifier(head().policy)
    said = json.loads(capsys.readouterr().out)
    assert said == {"path": str(out), "digest": digest(out.read_bytes())}


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_browser_gets_its_words_in_the_language_of_its_reader(client: Client, language: str):
    client.cookies["django_language"] = language
    said = client.get(reverse("verify-words")).json()
    assert said["reasons"].keys() == {str(reason) for reason in SENTENCES}
    assert {"good", "row", "bad"} <= said["words"].keys()
    assert said["words"]["good"].startswith("证明成立" if language == "zh-hans" else "The proof")


def test_the_server_verifies_the_proof_of_a_row_too(client: Client):
    deed = entered(rows(5), kind="form_version")
    while sequence():
        pass
    proof = row_proof(index_of(deed.leaf), 3).content
    for content, said in ((proof, "第 3 行"), (proof.replace("row 3", "row 2"), "证明不成立")):
        file = SimpleUploadedFile("3.row-proof", content.encode())
        assert said in client.post(reverse("verify"), {"proof": file}).content.decode()
