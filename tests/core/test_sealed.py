"""Values as bytes that everybody computes alike."""

import hmac
from base64 import b64decode
from decimal import Decimal

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.sealed import (
    DEPTH_MAX,
    INTEGER_MAX,
    NotCanonicalError,
    canonical,
    commitment,
    digest,
    keeps,
    read_canonical,
)

SALT = bytes(range(32))
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-INTEGER_MAX, INTEGER_MAX) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
    max_leaves=20,
)


@given(VALUES)
def test_our_bytes_are_those_of_an_independent_rfc_8785_writer(value):
    assert canonical(value) == rfc8785.dumps(value)


@given(VALUES)
def test_what_was_written_is_read_back(value):
    assert read_canonical(canonical(value)) == value


def test_keys_are_sorted_by_utf_16_code_units_not_by_code_points():
    first, second = "\U0001f600", "\ufb33"
    assert canonical({second: 1, first: 2}) == f'{{"{first}":2,"{second}":1}}'.encode()


def test_tuples_are_lists():
    assert canonical((1, "二", (None,))) == '[1,"二",[null]]'.encode()


@pytest.mark.parametrize(
    "value",
    [0.5, 2**53, -(2**53), {1: "a"}, Decimal(1), b"bytes", {1, 2}, float("nan"), "\ud800"],
)
def test_what_could_be_written_in_two_ways_is_refused(value):
    with pytest.raises(NotCanonicalError):
        canonical({"field": value})


def test_the_largest_exact_integer_is_kept():
    assert canonical(INTEGER_MAX) == b"9007199254740991"


def test_a_value_nested_too_deep_is_refused_not_crashed_on():
    deep = []
    for _ in range(DEPTH_MAX + 1):
        deep = [deep]
    with pytest.raises(NotCanonicalError):
        canonical(deep)
    with pytest.raises(NotCanonicalError):
        read_canonical(b"[" * 100_000)


@pytest.mark.parametrize(
    "content",
    [b'{"b":1,"a":2}', b'{"a":1,"a":1}', b"[1, 2]", b"1.0", b"NaN", b'"\\u4e8c"', b"\xff", b""],
)
def test_json_in_another_form_is_refused(content):
    with pytest.raises(NotCanonicalError):
        read_canonical(content)


def test_a_digest_names_its_algorithm():
    assert digest(b"") == (
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    )


def test_a_commitment_is_the_salted_hmac_of_the_canonical_value():
    promised = commitment({"amount": "100.00"}, salt=SALT)
    assert b64decode(promised) == hmac.digest(SALT, b'{"amount":"100.00"}', "sha256")


@given(VALUES, VALUES)
def test_only_the_promised_value_keeps_a_promise(value, other):
    promised = commitment(value, salt=SALT)
    assert keeps(promised, value=value, salt=SALT)
    assert keeps(promised, value=other, salt=SALT) == (canonical(value) == canonical(other))
    assert not keeps(promised, value=value, salt=bytes(32))
