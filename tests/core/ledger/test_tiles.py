"""Tiles and bundles, checked by an independent reader."""

from base64 import b64encode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tlog_scales.reader import Tile, TilesReader
from tlog_scales.tiles import tile_path as their_path

from gongzhi.core.ledger.merkle import Span, inclusion_spans, leaf_hash, root_of
from gongzhi.core.ledger.tiles import (
    TileAt,
    TiledTree,
    bundle_path,
    edge_tiles,
    grown,
    read_bundle,
    tile_path,
    tiles_needed,
    tiles_of,
    width_of,
    write_bundle,
)

SIZE_MAX = 70_000
HASHES = [leaf_hash(b"record %d" % index) for index in range(1500)]


def tiles_after(steps):
    """Grow a tree by so many leaves at a time; every tile as last written."""
    tiles, size = {}, 0
    for step in steps:
        edge = {tile: tiles[tile] for tile in edge_tiles(size)}
        tiles |= grown(edge, size=size, leaf_hashes=HASHES[size : size + step])
        size += step
    return tiles, size


def test_paths_group_digits_by_three():
    assert tile_path(TileAt(0, 1234067)) == "tile/0/x001/x234/067"
    assert tile_path(TileAt(63, 0), width=1) == "tile/63/000.p/1"
    assert bundle_path(1000, width=44) == "tile/entries/x001/000.p/44"


@given(st.integers(0, 63), st.integers(0, 10**12), st.integers(1, 256))
def test_paths_are_those_of_an_independent_program(level, number, width):
    theirs = "/".join(their_path(level, number, width % 256))
    assert tile_path(TileAt(level, number), width=width) == theirs


def test_seventy_thousand_entries_make_the_tiles_of_the_specification():
    widths = dict(tiles_of(SIZE_MAX))
    level0 = [width for tile, width in widths.items() if tile.level == 0]
    assert level0 == [256] * 273 + [112]
    assert [width for tile, width in widths.items() if tile.level == 1] == [256, 17]
    assert [width for tile, width in widths.items() if tile.level == 2] == [1]


def test_256_entries_are_a_full_tile_and_a_partial_one_above():
    assert dict(tiles_of(256)) == {TileAt(0, 0): 256, TileAt(1, 0): 1}
    assert edge_tiles(256) == (TileAt(1, 0),)


def test_the_three_tiles_of_300_records():
    tiles, size = tiles_after([300])
    paths = [tile_path(tile, width=width_of(tile, size=size)) for tile in sorted(tiles)]
    assert paths == ["tile/0/000", "tile/0/001.p/44", "tile/1/000.p/1"]
    root = TiledTree(tiles).hash_of(Span(0, size))
    assert b64encode(root).decode() == "gw31yQrqZZCcEOPrzX+bpy3nJ6QgngTKn8G1m0i62uU="


@given(st.lists(st.integers(0, 600), min_size=1, max_size=8).filter(lambda s: sum(s) <= 1500))
def test_however_a_log_grows_its_tiles_are_the_same(steps):
    tiles, size = tiles_after(steps)
    assert {tile: len(content) // 32 for tile, content in tiles.items()} == dict(tiles_of(size))
    assert TiledTree(tiles).hash_of(Span(0, size)) == root_of(HASHES[:size])


@given(st.data())
def test_an_old_size_is_proved_from_the_few_tiles_it_needs(data):
    tiles, size = tiles_after([1500])
    old_size = data.draw(st.integers(1, size))
    spans = inclusion_spans(data.draw(st.integers(0, old_size - 1)), size=old_size)
    few = {tile: tiles[tile] for tile in tiles_needed(spans)}
    assert len(few) <= 4
    for start, end in spans:
        assert TiledTree(few).hash_of(Span(start, end)) == root_of(HASHES[start:end])


def test_an_edge_is_enough_to_compute_the_root():
    tiles, size = tiles_after([700])
    edge = {tile: tiles[tile] for tile in edge_tiles(size)}
    assert TiledTree(edge).hash_of(Span(0, size)) == root_of(HASHES[:size])


def test_a_tile_that_is_too_narrow_is_missing_not_misread():
    tiles, _ = tiles_after([10])
    with pytest.raises(KeyError):
        TiledTree(tiles).hash_of(Span(8, 12))


def test_a_tile_that_is_cut_off_within_a_hash_lacks_that_hash():
    tiles, _ = tiles_after([10])
    cut = TiledTree({at: content[:-1] for at, content in tiles.items()})
    assert cut.hash_of(Span(0, 8)) == root_of(HASHES[:8])
    for span in (Span(8, 10), Span(9, 10)):
        with pytest.raises(KeyError):
            cut.hash_of(span)


def test_an_altered_tile_is_never_taken_for_the_one_that_was_read_before():
    tiles, _ = tiles_after([256])
    whole = TiledTree(tiles).hash_of(Span(0, 128))
    [(at, content)] = [(at, content) for at, content in tiles.items() if at.level == 0]
    altered = TiledTree(tiles | {at: content[:32] + bytes(32) + content[64:]})
    assert altered.hash_of(Span(0, 128)) != whole == TiledTree(tiles).hash_of(Span(0, 128))


def test_an_independent_reader_computes_our_root_and_accepts_our_tiles():
    class Files:
        def __init__(self, files):
            self.files = files

        def get(self, *path):
            return self.files.get("/".join(path))

    tiles, size = tiles_after([1000])
    files = {
        tile_path(tile, width=width_of(tile, size=size)): content for tile, content in tiles.items()
    }
    reader = TilesReader(Files(files))
    reader.set_size(size)
    assert reader.calculate_root_hash() == root_of(HASHES[:size])
    reader.get_inclusion_proof(777, size).check(HASHES[777], root_of(HASHES[:size]))


@given(st.lists(st.binary(max_size=40), max_size=256))
def test_a_bundle_is_read_back_here_and_by_an_independent_reader(entries):
    content = write_bundle(entries)
    assert read_bundle(content) == tuple(entries)
    assert Tile.from_entries_bytes(content).entries == entries


def test_the_longest_entry_fits():
    entry = b"x" * 65_535
    assert read_bundle(write_bundle([entry])) == (entry,)


@pytest.mark.parametrize("content", [b"\x00", b"\x00\x02a", b"\x00\x01a\x00", b"\x00\x00" * 257])
def test_a_bundle_cut_off_or_too_wide_is_refused(content):
    with pytest.raises(ValueError, match="bundle"):
        read_bundle(content)
