"""Student's t is that of the printed tables."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.effects.student import bound, p_of, within

TABLE = [(1, 12.706), (2, 4.303), (3, 3.182), (4, 2.776), (9, 2.262), (10, 2.228), (120, 1.980)]


@pytest.mark.parametrize(("degrees", "value"), TABLE)
def test_the_bound_of_ninety_five_per_cent(degrees, value):
    assert bound(0.95, degrees=degrees) == pytest.approx(value, abs=6e-4)
    assert p_of(value, degrees=degrees) == pytest.approx(0.05, abs=1e-4)


@given(st.floats(0, 50), st.integers(1, 60))
def test_a_chance_lies_between_nothing_and_one_and_signs_dont_matter(value, degrees):
    chance = within(value, degrees=degrees)
    assert 0 <= chance <= 1 + 1e-12
    assert within(-value, degrees=degrees) == chance


@given(st.floats(0.01, 0.99), st.integers(1, 60))
def test_the_bound_undoes_the_chance(level, degrees):
    assert within(bound(level, degrees=degrees), degrees=degrees) == pytest.approx(level)
