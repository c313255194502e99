"""Roots of earlier sizes, as the tiles come by, are those that the whole tree has there."""

from hypothesis import given, settings
from hypothesis import strategies as st

from gongzhi.core.ledger.growing import Growing
from gongzhi.core.ledger.merkle import leaf_hash, root_of

SIZE_MAX = 1500
HASHES = [leaf_hash(b"entry %d" % index) for index in range(SIZE_MAX)]


@settings(max_examples=40)
@given(size=st.integers(0, SIZE_MAX), wanted=st.sets(st.integers(0, SIZE_MAX), max_size=12))
def test_every_wanted_root_is_that_of_the_tree(size: int, wanted: set[int]):
    growing = Growing(wanted=wanted)
    for start in range(0, size, 256):
        growing.take(HASHES[start : min(size, start + 256)])

    passed = {0} | {each for each in wanted if each <= size}
    assert growing.roots == {each: root_of(HASHES[:each]) for each in passed}
    assert growing.tiles == [
        root_of(HASHES[start : start + 256]) for start in range(0, size - 255, 256)
    ]
    assert growing.size == size
