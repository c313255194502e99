"""A region with two units, for the tests that need no more of a city hall than that."""

import pytest

import city_hall
from city_hall import Unit
from gongzhi.parties.models import Region


@pytest.fixture
def region(db: None) -> Region:
    return city_hall.region()


@pytest.fixture
def unit(region: Region) -> Unit:
    return city_hall.unit("1", within=region)


@pytest.fixture
def other(region: Region) -> Unit:
    return city_hall.unit("2", within=region)
