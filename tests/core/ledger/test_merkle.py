"""The tree of RFC 6962 against published vectors and two independent programs."""

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sigstore._internal.merkle import verify_merkle_inclusion
from tlog_scales.tlog import ConsistencyProof, InclusionProof

from gongzhi.core.ledger.merkle import (
    EMPTY_ROOT,
    Span,
    consistency_spans,
    includes,
    inclusion_spans,
    is_consistent,
    leaf_hash,
    node_hash,
    root_of,
    subtrees_of,
)

# The eight leaves that Certificate Transparency's programs are tested with.
LEAVES = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "6e340b9c",
    "fac54203",
    "aeb6bcfe",
    "d37ee418",
    "4e3bbb1f",
    "76e67dad",
    "ddb89be4",
    "5dc9da79",
]
SIZE_MAX = 600
HASHES = [leaf_hash(b"entry %d" % index) for index in range(SIZE_MAX)]

sizes = st.integers(1, SIZE_MAX)


def path_of(spans):
    return [root_of(HASHES[start:end]) for start, end in spans]


def inclusion(index, size):
    return {
        "leaf": HASHES[index],
        "index": index,
        "size": size,
        "path": path_of(inclusion_spans(index, size=size)),
    }


def consistency(old_size, size):
    return {
        "size": size,
        "old_root": root_of(HASHES[:old_size]),
        "old_size": old_size,
        "path": path_of(consistency_spans(old_size, size=size)),
    }


def flipped(content: bytes, bit: int) -> bytes:
    changed = bytearray(content)
    changed[bit // 8] ^= 1 << bit % 8
    return bytes(changed)


@st.composite
def index_and_size(draw):
    size = draw(sizes)
    return draw(st.integers(0, size - 1)), size


@st.composite
def two_sizes(draw):
    size = draw(sizes)
    return draw(st.integers(1, size)), size


@pytest.mark.parametrize(("size", "root"), list(enumerate(ROOTS, start=1)))
def test_the_roots_of_the_eight_published_leaves(size, root):
    assert root_of([leaf_hash(entry) for entry in LEAVES[:size]]).hex().startswith(root)


def test_the_whole_root_of_the_eight_published_leaves():
    assert root_of([leaf_hash(entry) for entry in LEAVES]).hex() == (
        "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"
    )


def test_the_root_of_nothing_is_the_hash_of_nothing():
    assert root_of([]) == EMPTY_ROOT
    assert EMPTY_ROOT.hex().startswith("e3b0c44298fc1c14")


@given(index_and_size())
def test_any_entry_of_any_size_verifies_here_and_in_two_independent_programs(place):
    index, size = place
    root, claim = root_of(HASHES[:size]), inclusion(index, size)
    assert includes(root, **claim)
    InclusionProof(index, size, claim["path"]).check(HASHES[index], root)
    proof = SimpleNamespace(log_index=index, tree_size=size, hashes=claim["path"], root_hash=root)
    body = b"entry %d" % index
    verify_merkle_inclusion(
        SimpleNamespace(_inner=SimpleNamespace(inclusion_proof=proof, canonicalized_body=body))
    )


@given(index_and_size(), st.data())
def test_any_flipped_bit_of_an_inclusion_proof_fails(place, data):
    index, size = place
    root, claim = root_of(HASHES[:size]), inclusion(index, size)
    bit = data.draw(st.integers(0, 255))
    assert not includes(flipped(root, bit), **claim)
    assert not includes(root, **claim | {"leaf": flipped(claim["leaf"], bit)})
    for at, sibling in enumerate(claim["path"]):
        path = [*claim["path"]]
        path[at] = flipped(sibling, bit)
        assert not includes(root, **claim | {"path": path})


@given(index_and_size(), st.integers(-2, SIZE_MAX + 2))
def test_an_entry_is_proved_at_its_own_index_only(place, other):
    index, size = place
    claim = inclusion(index, size) | {"index": other}
    assert includes(root_of(HASHES[:size]), **claim) == (other == index)


@given(index_and_size())
def test_a_path_too_long_or_too_short_fails(place):
    index, size = place
    root, claim = root_of(HASHES[:size]), inclusion(index, size)
    assert not includes(root, **claim | {"path": [*claim["path"], HASHES[0]]})
    assert size == 1 or not includes(root, **claim | {"path": claim["path"][:-1]})


@given(two_sizes())
def test_any_two_sizes_are_consistent_here_and_in_an_independent_program(pair):
    old_size, size = pair
    root, claim = root_of(HASHES[:size]), consistency(old_size, size)
    assert is_consistent(root, **claim)
    ConsistencyProof(old_size, size, claim["path"]).check(claim["old_root"], root)


@given(two_sizes(), st.integers(0, 255))
def test_any_flipped_bit_of_a_consistency_proof_fails(pair, bit):
    old_size, size = pair
    root, claim = root_of(HASHES[:size]), consistency(old_size, size)
    assert not is_consistent(flipped(root, bit), **claim)
    assert not is_consistent(root, **claim | {"old_root": flipped(claim["old_root"], bit)})
    assert not is_consistent(root, **claim | {"path": [*claim["path"], HASHES[0]]})
    for at, sibling in enumerate(claim["path"]):
        path = [*claim["path"]]
        path[at] = flipped(sibling, bit)
        assert not is_consistent(root, **claim | {"path": path})


def test_growth_from_nothing_proves_nothing():
    root = root_of(HASHES[:5])
    assert not is_consistent(root, size=5, old_root=EMPTY_ROOT, old_size=0, path=[])


def test_growth_backwards_is_refused():
    claim = consistency(3, 7) | {"size": 3, "old_size": 7}
    assert not is_consistent(root_of(HASHES[:3]), **claim)


@pytest.mark.parametrize("wrong", [b"", bytes(31), bytes(33)])
def test_roots_leaves_and_siblings_that_are_not_32_bytes_are_refused(wrong):
    inside, grown = inclusion(2, 5), consistency(3, 5)
    root = root_of(HASHES[:5])
    assert not includes(wrong, **inside)
    assert not includes(root, **inside | {"leaf": wrong})
    assert not includes(root, **inside | {"path": [wrong, *inside["path"][1:]]})
    assert not is_consistent(root, **grown | {"old_root": wrong})
    assert not includes(wrong, leaf=wrong, index=0, size=1, path=[])


def test_a_node_is_never_taken_for_a_leaf():
    left, right = HASHES[:2]
    assert leaf_hash(left + right) != node_hash(left, right)


@given(st.integers(0, 2**40), st.integers(1, 2**20))
def test_a_span_is_made_of_neighbouring_complete_subtrees(start, length):
    at = start
    for height, position in subtrees_of(Span(start, start + length)):
        assert position << height == at
        at += 1 << height
    assert at == start + length


def test_a_proof_of_the_largest_log_has_63_hashes():
    assert len(inclusion_spans(0, size=2**63 - 1)) == 63
