"""The key of a ballot box, split among those who keep it: any few of them can't open it.

Shamir's scheme over bytes (the field of 256 elements of AES): each byte of the key is the value at
0 of a polynomial whose other coefficients are chance, and a share is its values at one place. So
many shares as are needed give it again; one fewer say nothing at all about it.
"""

from collections.abc import Mapping
from functools import reduce

POLYNOMIAL = 0x11B
FIELD = 256
LEAST_KEEPERS, MOST_KEEPERS = 2, 9


def keys_needed(keepers: int) -> int:
    """How many of them open the box: more than half, and never one alone."""
    assert LEAST_KEEPERS <= keepers <= MOST_KEEPERS, "a box has several keepers, not many"
    return keepers // 2 + 1


def split(key: bytes, *, chance: bytes, keepers: int, needed: int) -> dict[int, bytes]:
    """A share for each keeper, by place from 1; `chance` is drawn by who asks, once."""
    assert 1 < needed <= keepers < FIELD, "so many shares as are needed can be given"
    assert len(chance) == len(key) * (needed - 1), "fresh chance for each byte"
    shares = {}
    for place in range(1, keepers + 1):
        values = (
            _value((byte, *chance[at * (needed - 1) : (at + 1) * (needed - 1)]), place)
            for at, byte in enumerate(key)
        )
        shares[place] = bytes(values)
    return shares


def rejoined(shares: Mapping[int, bytes]) -> bytes:
    """The key again; with too few or wrong shares it is another one, which opens nothing."""
    factors = {place: _factor(place, list(shares)) for place in shares}
    length = min(len(share) for share in shares.values())
    return bytes(
        reduce(_plus, (_times(share[at], factors[place]) for place, share in shares.items()))
        for at in range(length)
    )


def _plus(one: int, other: int) -> int:
    return one ^ other


def _times(one: int, other: int) -> int:
    product = 0
    while other:
        if other & 1:
            product ^= one
        one <<= 1
        if one & FIELD:
            one ^= POLYNOMIAL
        other >>= 1
    return product


def _over(one: int, other: int) -> int:
    inverse = 1
    for _ in range(FIELD - 2):  # in this field x^254 is 1/x
        inverse = _times(inverse, other)
    return _times(one, inverse)


def _value(coefficients: tuple[int, ...], place: int) -> int:
    return reduce(lambda value, each: _plus(_times(value, place), each), reversed(coefficients))


def _factor(place: int, places: list[int]) -> int:
    """Lagrange's factor of a place at 0."""
    factor = 1
    for other in places:
        if other != place:
            factor = _times(factor, _over(other, _plus(other, place)))
    return factor
