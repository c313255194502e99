"""Rows as files: an outsider computes every batch again, and finds nothing private."""

import json
from pathlib import Path

import pytest

from apps.parties.test_batches import entered, rows
from gongzhi.cli import site
from gongzhi.core.ledger.batch import batch_of
from gongzhi.core.ledger.merkle import Span, leaf_hash, root_of
from gongzhi.core.ledger.tiles import TiledTree, read_bundle, read_path
from gongzhi.core.sealed import read_canonical
from gongzhi.parties.batch_files import export_batches
from gongzhi.trust.export_rounds import Exporting
from gongzhi.trust.exporting import export
from gongzhi.trust.proofs import index_of
from gongzhi.trust.sequencing import sequence
from gongzhi.trust.shelves import Folder

pytestmark = pytest.mark.django_db


@pytest.fixture
def shelf(tmp_path: Path) -> Folder:
    return Folder(tmp_path / "published")


def sealed(count: int, *, first: int = 0) -> int:
    """The number of an entry with so many rows."""
    deed = entered(rows(count, first=first))
    while sequence():
        pass
    return index_of(deed.leaf)


def entry_in(shelf: Folder, index: int):
    """An entry as an outsider reads it from the files alone."""
    (bundle,) = filter(Path.is_file, (shelf.root / "tile" / "entries").rglob("*"))
    return read_canonical(read_bundle(bundle.read_bytes())[index])


def rows_in(shelf: Folder, index: int) -> list[bytes]:
    folder = shelf.root / "rows" / str(index) / "tile" / "entries"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [record for path in files for record in read_bundle(path.read_bytes())]


def tiles_in(shelf: Folder, index: int):
    folder = shelf.root / "rows" / str(index)
    named = {path: read_path(str(path.relative_to(folder))) for path in folder.rglob("*")}
    return {
        name.tile: path.read_bytes()
        for path, name in named.items()
        if path.is_file() and not name.holds_entries
    }


@pytest.mark.parametrize("count", [1, 255, 256, 257, 700])
def test_an_outsider_computes_the_root_of_a_batch_from_the_files_alone(shelf, count):
    index = sealed(count)
    assert export_batches(shelf) > 0
    export(shelf)

    batch, records = batch_of(entry_in(shelf, index)), rows_in(shelf, index)
    assert len(records) == batch.size == count
    assert root_of([leaf_hash(record) for record in records]) == batch.root
    assert TiledTree(tiles_in(shelf, index)).hash_of(Span(0, count)) == batch.root


def test_nothing_private_is_in_any_file(shelf):
    sealed(300)
    export_batches(shelf)
    export(shelf)
    content = b"".join(path.read_bytes() for path in shelf.root.rglob("*") if path.is_file())
    assert b'"number":299' in content
    assert b"299.00" not in content


def test_only_what_is_new_is_written(shelf):
    sealed(300)
    assert export_batches(shelf) == 5
    assert export_batches(shelf) == 0
    index = sealed(3, first=900)
    assert export_batches(shelf, since=index) == 2
    assert export_batches(shelf, since=index + 1) == 0


def test_rows_of_an_entry_that_is_not_signed_stay_here(shelf):
    entered(rows(3))
    assert export_batches(shelf) == 0


def test_the_worker_publishes_rows_with_its_rounds(tmp_path):
    exporting = Exporting(str(tmp_path / "log"), beside=export_batches)
    first = sealed(3)
    assert exporting.round()
    second = sealed(4, first=50)
    assert exporting.round()
    folders = {path.name for path in (tmp_path / "log" / "rows").iterdir()}
    assert folders == {str(first), str(second)}


def test_the_command_writes_them(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///the-one-of-the-tests")
    index = sealed(3)
    assert site.main(["ledger", "export", str(tmp_path / "log"), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    files = [path for path in (tmp_path / "log").rglob("*") if path.is_file()]
    assert told["files"] == len(files) - len(("policy", "checkpoint"))
    assert (tmp_path / "log" / "rows" / str(index)).is_dir()
