"""The running site serves the log's files, so that programs of others need nothing else of it."""

from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest
from django.db import connections
from django.test import Client
from django.test.testcases import LiveServerThread
from django.urls import reverse
from tlog_scales.reader import TilesReader

from apps.trust.administrator import by_force
from apps.trust.installation import grow
from gongzhi.cli.files import main as run_command
from gongzhi.core.ledger.merkle import leaf_hash
from gongzhi.core.ledger.policy import read_policy
from gongzhi.trust.exporting import export
from gongzhi.trust.proofs import head, proof_of
from gongzhi.trust.shelves import Folder
from gongzhi.witness.fetching import fetch
from gongzhi.witness.mirroring import mirror

pytestmark = pytest.mark.django_db(transaction=True)
LOG = "/ledger"


@pytest.fixture
def address() -> Iterator[str]:
    """A running site with a log of 300 entries; where the log is."""
    grow(300)
    server = LiveServerThread("127.0.0.1", static_handler=lambda application: application)
    server.start()
    server.is_ready.wait()
    yield f"http://127.0.0.1:{server.port}{LOG}"
    server.terminate()
    connections.close_all()


class Served:
    """The site as the independent reader takes it."""

    def __init__(self, address: str) -> None:
        self.address = address

    def get(self, *path: str) -> bytes | None:
        return fetch(self.address, "/".join(path))


def test_an_independent_reader_finds_each_entry_on_the_running_site(address: str):
    checkpoint = head().checkpoint
    reader = TilesReader(Served(address))
    reader.set_size(checkpoint.size)

    assert reader.calculate_root_hash() == checkpoint.root
    for index in (0, 255, 256, 299):
        leaf = leaf_hash(proof_of(index).record)
        reader.get_inclusion_proof(index, checkpoint.size).check(leaf, checkpoint.root)


def test_the_site_can_be_mirrored_and_the_mirror_follows(address: str, tmp_path: Path):
    policy = read_policy(head().policy)
    assert mirror(address, tmp_path / "copy", policy=policy).new == 300
    grow(400, first=300)
    assert mirror(address, tmp_path / "copy", policy=policy).new == 400


def test_what_the_site_serves_is_what_an_export_has(client: Client, tmp_path: Path):
    grow(600)
    shelf = tmp_path / "published"
    export(Folder(shelf))
    paths = [str(each.relative_to(shelf)) for each in shelf.rglob("*") if each.is_file()]

    assert len(paths) == 9
    for path in paths:
        assert client.get(f"{LOG}/{path}").content == (shelf / path).read_bytes(), path


def test_a_foreign_witness_polls_the_running_site(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
):
    key = read_policy(head().policy).logs[0].text
    home = ["--home", str(tmp_path / "witness")]
    assert (
        run_command(["witness", "init", "--name", "w.example", "--log", f"{key} {address}", *home])
        == 0
    )
    assert run_command(["witness", "poll", *home]) == 0
    assert "300" in capsys.readouterr().out


def test_only_widths_that_some_checkpoint_has_are_served(client: Client):
    for count, first in ((3, 0), (4, 3), (300, 7)):
        grow(count, first=first)

    def widths(path: str) -> list[int]:
        asked = {width: client.get(f"{LOG}/tile/{path}.p/{width}") for width in range(258)}
        assert all(each.status_code in (200, 404) for each in asked.values())
        return [width for width, answer in asked.items() if answer.status_code == 200]

    assert widths("0/000") == widths("entries/000") == [3, 7]
    assert widths("0/001") == widths("entries/001") == [51]
    assert widths("1/000") == [1]
    assert (
        client.get(f"{LOG}/tile/0/000.p/3").content == client.get(f"{LOG}/tile/0/000").content[:96]
    )


@pytest.mark.parametrize(
    "path",
    [
        "0/001",
        "0/000.p/0",
        "0/000.p/256",
        "0/000.p/07",
        "0/0",
        "0/x000/000",
        "00/000",
        "64/000.p/1",
        "63/000.p/1",
        "99/999",
        "entries/001",
        "entries/x999/x999/x999/x999/x999/x999/999",
        "0/x999/x999/x999/x999/x999/x999/x999/999",
        "0/000/",
        "0/../0/000",
        "0/000%00",
        "",
    ],
)
def test_what_is_not_there_is_not_found_and_not_kept(client: Client, path: str):
    grow(7)
    answer = client.get(f"{LOG}/tile/{path}")
    assert answer.status_code in (400, 404)
    assert "immutable" not in answer.headers.get("Cache-Control", "")


def test_a_file_says_how_long_it_may_be_kept_and_is_the_same_for_everybody(client: Client):
    grow(300)
    full, partial = (client.get(f"{LOG}/tile/entries/{path}") for path in ("000", "001.p/44"))
    assert full.headers["Cache-Control"] == "public, max-age=31536000, immutable, no-transform"
    assert partial.headers["Cache-Control"] == "public, max-age=86400, no-transform"
    for name in ("checkpoint", "policy"):
        answer = client.get(f"{LOG}/{name}")
        assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
        assert answer.headers["Cache-Control"] == "public, no-cache, no-transform"
        assert "Vary" not in answer.headers
    for answer in (full, partial):
        assert answer.headers["Content-Type"] == "application/octet-stream"
        assert {"Vary", "Content-Language", "Content-Encoding", "Set-Cookie"}.isdisjoint(
            answer.headers
        )


def test_nothing_is_compressed_on_the_way(address: str):
    with urlopen(f"{address}/tile/0/000") as answer:  # noqa: S310 - our own
        assert answer.headers["Content-Length"] == "8192"
        assert answer.headers["Content-Encoding"] is None


def test_a_log_without_a_signature_has_no_files(client: Client):
    for name in ("log-checkpoint", "log-pending", "log-policy"):
        answer = client.get(reverse(name))
        assert (answer.status_code, answer.headers["Cache-Control"]) == (404, "no-store")
    assert client.get(reverse("log-tile", args=["0/000"])).status_code == 404


def test_what_the_database_lost_is_told_and_not_served(client: Client):
    grow(3)
    by_force("DELETE FROM trust_tile")
    assert client.get(f"{LOG}/tile/0/000.p/3").status_code == 503
