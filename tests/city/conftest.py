"""The invented year, made once for every test that reads it."""

import pytest

from gongzhi.city.invented import CityYear, the_year


@pytest.fixture(scope="session")
def city() -> CityYear:
    return the_year()
