"""The invented year, made once for every test that reads it."""

import pytest

from city.watching import the_city
from gongzhi.city.invented import CityYear


@pytest.fixture(scope="session")
def city() -> CityYear:
    return the_city()
