"""The log as files: whole for whoever reads them, by programs that are not ours."""

import threading
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import obstore
import pytest
from django.db import connection, transaction
from obstore.store import from_url
from tlog_scales.reader import TilesReader

from apps.trust.bucket import bucket
from apps.trust.entries import leave_many
from apps.trust.installation import grow
from gongzhi.core.ledger.checkpoint import read_checkpoint
from gongzhi.core.ledger.merkle import leaf_hash, root_of
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.proof import check_checkpoint
from gongzhi.core.ledger.tiles import read_bundle
from gongzhi.parties.rejoining import rejoin_log
from gongzhi.trust.exporting import export
from gongzhi.trust.models import Bundle, Head, LogRow, PendingLeaf, SignedCheckpoint, Tile
from gongzhi.trust.proofs import head
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.sequencing import sequence
from gongzhi.trust.shelves import Folder, shelf_at
from gongzhi.witness.mirroring import mirror
from gongzhi.witness.store import WitnessRefused

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    """An empty folder to publish in, apart from where the log's key lies."""
    folder = tmp_path / "published"
    folder.mkdir()
    return folder


def files(folder: Path) -> set[str]:
    return {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}


def entries(folder: Path) -> list[bytes]:
    whole = read_checkpoint(read_note((folder / "checkpoint").read_text()).text).size
    full, rest = divmod(whole, 256)
    paths = [f"tile/entries/{number:03}" for number in range(full)]
    paths += [f"tile/entries/{full:03}.p/{rest}"] if rest else []
    return [entry for path in paths for entry in read_bundle((folder / path).read_bytes())]


class Published:
    """The folder as the independent reader takes it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, *path: str) -> bytes | None:
        file = self.folder.joinpath(*path)
        return file.read_bytes() if file.is_file() else None


def test_an_export_has_the_files_of_the_specification(shelf: Path):
    grow(600)
    done = export(Folder(shelf))

    assert (done.size, done.files) == (600, 7)
    assert files(shelf) == {
        "checkpoint",
        "policy",
        "tile/0/000",
        "tile/0/001",
        "tile/0/002.p/88",
        "tile/1/000.p/2",
        "tile/entries/000",
        "tile/entries/001",
        "tile/entries/002.p/88",
    }
    policy = read_policy((shelf / "policy").read_text())
    checkpoint, _ = check_checkpoint((shelf / "checkpoint").read_text(), policy=policy)
    assert root_of([leaf_hash(entry) for entry in entries(shelf)]) == checkpoint.root


def test_only_what_is_new_is_written(shelf: Path):
    grow(300)
    export(Folder(shelf))
    before = (shelf / "tile/0/000").stat().st_mtime_ns
    assert export(Folder(shelf)).files == 0
    grow(5, first=300)

    assert export(Folder(shelf)).files == 2
    assert (shelf / "tile/0/000").stat().st_mtime_ns == before


def test_the_checkpoint_comes_last(shelf: Path):
    grow(300)

    class Stumbling(Folder):
        def put(self, path: str, content: bytes) -> None:
            if path.startswith("tile/entries/001"):
                raise OSError("the disk is full")
            super().put(path, content)

    with pytest.raises(OSError, match="full"):
        export(Stumbling(shelf))
    assert not (shelf / "checkpoint").exists()
    assert export(Folder(shelf)).size == 300


def test_a_log_without_a_signature_has_nothing_to_export(shelf: Path):
    with pytest.raises(LogRefused):
        export(Folder(shelf))


def test_a_folder_that_cannot_be_written_is_told(shelf: Path):
    grow(3)
    (shelf / "tile").write_text("in the way")
    with pytest.raises(LogRefused, match=r"写不了|can.t"):
        export(Folder(shelf))


def test_an_independent_reader_finds_each_entry_in_the_export(shelf: Path):
    grow(300)
    export(Folder(shelf))
    checkpoint = head().checkpoint

    reader = TilesReader(Published(shelf))
    reader.set_size(checkpoint.size)
    assert reader.calculate_root_hash() == checkpoint.root
    for index in (0, 255, 256, 299):
        leaf = leaf_hash(entries(shelf)[index])
        reader.get_inclusion_proof(index, checkpoint.size).check(leaf, checkpoint.root)


@pytest.fixture
def objects(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, bytes]]:
    """A bucket named `log`, with the keys to it in the environment."""
    with bucket() as (address, kept):
        monkeypatch.setenv("AWS_ENDPOINT", address)
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "key")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
        monkeypatch.setenv("AWS_REGION", "us-east-1")
        yield kept


def test_the_bucket_of_the_tests_is_one_to_an_independent_client(objects: dict[str, bytes]):
    store = from_url("s3://log/2026", client_options={"allow_http": True})
    obstore.put(store, "a/b", b"content")

    assert bytes(obstore.get(store, "a/b").bytes()) == b"content"
    assert obstore.head(store, "a/b")["size"] == 7
    assert objects == {"/log/2026/a/b": b"content"}
    with pytest.raises(FileNotFoundError):
        obstore.head(store, "a/c")


def test_the_export_lies_in_a_bucket_as_in_a_folder(shelf: Path, objects: dict[str, bytes]):
    grow(300)
    export(Folder(shelf))
    assert export(shelf_at("s3://log/2026")).size == 300
    assert export(shelf_at("s3://log/2026")).files == 0
    written = {f"/log/2026/{name}": (shelf / name).read_bytes() for name in files(shelf)}
    assert objects == written
    with pytest.raises(LogRefused):
        export(shelf_at("s3://another/2026"))


def test_a_mirror_is_whole_and_follows(tmp_path: Path):
    published, copy = tmp_path / "published", tmp_path / "copy"
    grow(300)
    export(Folder(published))
    policy = read_policy((published / "policy").read_text())

    assert mirror(str(published), copy, policy=policy).new == 300
    grow(400, first=300)
    export(Folder(published))
    assert mirror(str(published), copy, policy=policy).new == 400
    assert entries(copy) == entries(published)
    assert files(copy) >= files(published) - {"policy"} - {"tile/0/001.p/44"}


def test_s66_a_mirror_takes_no_other_history(tmp_path: Path):
    published, copy = tmp_path / "published", tmp_path / "copy"
    grow(300)
    export(Folder(published))
    policy = read_policy((published / "policy").read_text())
    mirror(str(published), copy, policy=policy)
    before = entries(copy)
    grow(10, first=300)
    export(Folder(published))
    bundle = published / "tile/entries/001.p/54"
    altered = bytearray(bundle.read_bytes())
    altered[-1] ^= 1
    bundle.write_bytes(altered)

    with pytest.raises(WitnessRefused):
        mirror(str(published), copy, policy=policy)
    assert entries(copy) == before


def restore_backup(size: int) -> None:
    """What an old dump leaves: a shorter log, the key and its note as they are now."""
    kept = [bytes(entry) for entry in all_entries()[:size]]
    tables = (LogRow, Bundle, Tile, SignedCheckpoint, PendingLeaf, Head)
    empty = ", ".join(f'"{table._meta.db_table}"' for table in tables)
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {empty}")
    PendingLeaf.objects.bulk_create(PendingLeaf(entry=entry) for entry in kept)


def all_entries() -> list[bytes]:
    bundles = [read_bundle(bytes(bundle.entries)) for bundle in Bundle.objects.all()]
    tail = [bytes(row.entry) for row in LogRow.objects.all()]
    return [*chain.from_iterable(bundles), *tail]


def test_a_restored_backup_stands_still_until_it_rejoins_its_mirror(tmp_path: Path, settings):
    grow(300)
    export(Folder(tmp_path / "published"))
    whole = all_entries()
    published_note = settings.LOG_KEY_FILE.with_name("log.published")
    noted = published_note.read_text()
    published_note.unlink()
    restore_backup(100)
    while sequence():
        pass
    published_note.write_text(noted)
    with transaction.atomic():
        leave_many(1, first=999)
    with pytest.raises(LogRefused):
        sequence()

    done = rejoin_log(tmp_path / "published")
    assert (done.size, done.new) == (300, 200)
    while sequence():
        pass
    assert head().checkpoint.size == 301
    assert all_entries()[:300] == whole


def test_a_copy_of_another_history_is_refused(shelf: Path):
    grow(10)
    export(Folder(shelf))
    bundle = shelf / "tile/entries/000.p/10"
    bundle.write_bytes(bundle.read_bytes()[:-1] + b"x")
    with pytest.raises(LogRefused):
        rejoin_log(shelf)
    with pytest.raises(LogRefused):
        rejoin_log(shelf / "nowhere")


def test_exports_at_once_leave_a_whole_log(shelf: Path):
    grow(300)
    sizes: list[int] = []

    def once() -> None:
        try:
            sizes.append(export(Folder(shelf)).size)
        finally:
            connection.close()

    threads = [threading.Thread(target=once) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sizes == [300, 300]
