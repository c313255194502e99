"""While the log works, its published files follow by themselves, the checkpoint last."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection, connections

from apps.trust.administrator import by_force
from apps.trust.bucket import bucket
from apps.trust.installation import grow
from gongzhi.cli.working import _exporting, keep_exporting
from gongzhi.core.ledger.checkpoint import read_checkpoint
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.policy import read_policy
from gongzhi.trust.export_rounds import LOCK, Exporting
from gongzhi.trust.proofs import head
from gongzhi.trust.refusing import LogRefused
from gongzhi.witness.fetching import fetch
from gongzhi.witness.mirroring import mirror
from gongzhi.witness.store import WitnessRefused

pytestmark = pytest.mark.django_db(transaction=True)


def shown(folder: Path) -> int:
    return read_checkpoint(read_note((folder / "checkpoint").read_text()).text).size


def partial(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.glob("tile/**/*.p/*")}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "published"


def test_the_files_follow_the_log(folder: Path, tmp_path: Path):
    exporting = Exporting(str(folder))
    assert not exporting.round()  # nothing was signed yet
    for size in (3, 260, 600):
        grow(size - (shown(folder) if folder.exists() else 0))
        assert exporting.round()
        assert not exporting.round()
        assert shown(folder) == size
    policy = read_policy((folder / "policy").read_text())
    assert mirror(str(folder), tmp_path / "copy", policy=policy).size == 600


def test_partial_tiles_of_full_ones_go_one_checkpoint_later(folder: Path):
    exporting = Exporting(str(folder))
    for count in (3, 4, 300):
        grow(count)
        exporting.round()
    assert partial(folder) >= {"tile/0/000.p/3", "tile/entries/000.p/7"}
    grow(1)
    exporting.round()
    assert not any("000.p" in path and "/1/" not in path for path in partial(folder))
    assert {"tile/0/001.p/51", "tile/0/001.p/52", "tile/1/000.p/1"} <= partial(folder)


def test_who_reads_under_an_older_checkpoint_takes_the_full_file(folder: Path, tmp_path: Path):
    exporting = Exporting(str(folder))
    grow(7)
    exporting.round()
    old = (folder / "checkpoint").read_bytes()
    for count in (300, 1):
        grow(count)
        exporting.round()

    def late(address: str, path: str) -> bytes | None:
        return old if path == "checkpoint" else fetch(address, path)

    policy = read_policy((folder / "policy").read_text())
    assert mirror(str(folder), tmp_path / "copy", policy=policy, fetch=late).size == 7


def test_what_the_worker_knows_to_be_there_is_not_looked_for_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
):
    exporting = Exporting(str(folder))
    grow(600)
    exporting.round()
    asked: list[str] = []
    shelf = exporting._shelf
    holds = shelf.holds
    monkeypatch.setattr(shelf, "holds", lambda path: asked.append(path) or holds(path))
    grow(1)
    exporting.round()
    assert sorted(asked) == ["tile/0/002.p/89", "tile/1/000.p/2", "tile/entries/002.p/89"]


def test_one_that_starts_anew_writes_what_is_missing(folder: Path):
    grow(300)
    Exporting(str(folder)).round()
    (folder / "tile/entries/000").unlink()
    Exporting(str(folder)).round()
    assert (folder / "tile/entries/000").is_file()


def test_only_one_process_writes(folder: Path):
    grow(3)
    other = connection.copy()
    try:
        with other.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s, %s)", LOCK)
            exporting = Exporting(str(folder))
            assert not exporting.round()
            assert not folder.exists()
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", LOCK)
    finally:
        other.close()
    assert exporting.round()


def test_what_can_not_be_published_is_told_and_published_later(folder: Path):
    grow(3)
    folder.write_text("in the way")
    exporting = Exporting(str(folder))
    with pytest.raises(LogRefused):
        exporting.round()
    folder.unlink()
    assert exporting.round()
    assert shown(folder) == 3


def test_an_entry_that_the_database_lost_stops_the_checkpoint(folder: Path):
    exporting = Exporting(str(folder))
    grow(3)
    exporting.round()
    grow(3)
    by_force("DELETE FROM trust_logrow WHERE index = 4")
    with pytest.raises(LogRefused):
        exporting.round()
    assert shown(folder) == 3


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    with bucket() as (address, kept):
        monkeypatch.setenv("AWS_ENDPOINT", address)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_REGION", "us-east-1")
        yield kept


def test_a_bucket_follows_like_a_folder(folder: Path, objects: dict[str, bytes]):
    places = [Exporting(str(folder)), Exporting("s3://log/2026")]
    for count in (3, 4, 300, 1):
        grow(count)
        assert [each.round() for each in places] == [True, True]
    files = {str(path.relative_to(folder)): path for path in folder.rglob("*") if path.is_file()}
    assert objects == {f"/log/2026/{name}": path.read_bytes() for name, path in files.items()}


def test_the_worker_publishes_where_the_setting_says(folder: Path, settings):
    assert _exporting() is None
    settings.LOG_EXPORT = str(folder)
    grow(3)
    export = _exporting()

    def exported() -> bool:
        try:
            return export()
        finally:
            connections.close_all()

    async def until_it_is_there() -> None:
        working = asyncio.create_task(keep_exporting(exported))
        while not (folder / "checkpoint").exists():
            await asyncio.sleep(0.05)
        working.cancel()

    asyncio.run(asyncio.wait_for(until_it_is_there(), 20))
    assert shown(folder) == 3
    assert head().checkpoint.size == 3


def test_a_bundle_that_is_cut_off_is_no_bundle(folder: Path, tmp_path: Path):
    grow(7)
    Exporting(str(folder)).round()
    bundle = folder / "tile/entries/000.p/7"
    bundle.write_bytes(bundle.read_bytes()[:-1])
    policy = read_policy((folder / "policy").read_text())
    with pytest.raises(WitnessRefused, match="缺少或不完整"):
        mirror(str(folder), tmp_path / "copy", policy=policy)
    assert not (tmp_path / "copy").exists()
