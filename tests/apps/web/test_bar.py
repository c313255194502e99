"""The bar above every page: its count is kept while nothing is done, and never longer."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import city_hall
from gongzhi.trust.progress import progress
from gongzhi.trust.sequencing import sequence
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
COUNT = re.compile(r'<span class="count">(\d+)<span class="hidden-but-read">件等您办')


@pytest.fixture
def unit() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


def count(client: VerifiedClient) -> int:
    found = COUNT.search(client.get(reverse("about")).content.decode())
    return int(found[1]) if found else 0


def test_the_count_follows_every_deed_of_whomever(unit: city_hall.Unit):
    officer, reviewer = signed_in(unit.officer_office), signed_in(unit.reviewer_office)
    before = count(reviewer)
    city_hall.draft(unit, score="40")
    assert count(reviewer) == before + 1

    of_officer = count(officer)
    city_hall.published(unit, fiscal_year=2024)
    assert count(officer) > of_officer, "a certain finding is to be answered"


def test_while_nothing_is_done_no_room_is_asked_again(unit: city_hall.Unit):
    city_hall.draft(unit)
    reviewer = signed_in(unit.reviewer_office)
    first = count(reviewer)

    with CaptureQueriesContext(connection) as asked:
        assert count(reviewer) == first

    assert [each["sql"] for each in asked if '"cycle_' in each["sql"]] == []


def test_a_page_that_lists_what_waits_counts_the_same(unit: city_hall.Unit):
    city_hall.draft(unit)
    reviewer = signed_in(unit.reviewer_office)
    (listed,) = COUNT.findall(reviewer.get(reverse("desk")).content.decode())
    assert count(reviewer) == int(listed)


def test_the_log_comes_further_with_a_deed_its_number_and_its_publication(unit: city_hall.Unit):
    seen = [progress()]
    city_hall.draft(unit)
    seen.append(progress())
    sequence()
    seen.append(progress())
    assert len(set(seen)) == len(seen)
    assert progress() == seen[-1]
    assert seen[-1].published == seen[-1].size
    assert seen[-1].waiting == 0
