"""Every number on the public pages leads to its answer, and the answer to a seal or a row."""

import random
import re
from html import unescape

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import Alert
from gongzhi.cycle.tasks import follow_up
from gongzhi.parties.business_date import business_date
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
CELL = re.compile(r'<td[^>]*class="[^"]*\bnumber\b[^"]*"[^>]*>(.*?)</td>', re.DOTALL)
LABEL = re.compile(r'<span class="cell-label".*?</span>', re.DOTALL)
TAG = re.compile(r"<[^>]+>")
ADDRESS = re.compile(r'class="figure"[^>]* href="([^"]+)"')
DIGIT = re.compile(r"[0-9]")
SEALED = re.compile(r'class="seal|/ledger/\d+/')
# Pages whose numbers lead nowhere, and why.
EXCEPTIONS = {
    "collection": "counts of rows that stand right beside, each with its seal",
    "collections": "counts of rows that stand right beside, each with its seal",
    "aims": "counts of the projects that are listed right below",
}
SAMPLE = 12
UNSEALED = "没有找到带来这一行的存证"


@pytest.fixture
def unit():
    unit = monitored.ahead(within=city_hall.region(), payee="某公司")
    monitored.disclose(unit)
    watch_projects(year=monitored.YEAR)
    follow_up(business_date())
    return unit


@pytest.fixture
def officer(unit) -> VerifiedClient:
    return signed_in(unit.officer_office)


def pages(unit) -> dict[str, str]:
    project = [unit.project.pk]
    found = {
        "monitoring": reverse("monitoring"),
        "project-monitoring": reverse("project-monitoring", args=project),
        "project-payments": reverse("project-payments", args=project) + "?year=2026",
        "project-readings": reverse("project-readings", args=project),
    }
    for alert in Alert.objects.all()[:1]:
        found["alert"] = reverse("alert", args=[alert.pk])
    return found


def numbers_without_answer(text: str) -> list[str]:
    cells = [LABEL.sub("", each) for each in CELL.findall(text)]
    return [
        TAG.sub("", cell).strip()
        for cell in cells
        if DIGIT.search(TAG.sub("", cell)) and not ADDRESS.search(cell)
    ]


def test_every_number_leads_to_its_answer(unit, client, officer):
    for reader in (client, officer):
        for name, address in pages(unit).items():
            shown = reader.get(address)
            if reader is client and shown.status_code == 404:
                continue  # not for everybody
            assert shown.status_code == 200, name
            assert name in EXCEPTIONS or not numbers_without_answer(shown.content.decode()), name


def test_every_answer_leads_to_a_seal_or_a_row(unit, client, officer):
    for reader in (client, officer):
        found = set()
        for address in pages(unit).values():
            shown = reader.get(address)
            if shown.status_code == 200:
                found |= set(map(unescape, ADDRESS.findall(shown.content.decode())))
        assert found
        chosen = random.Random(7).sample(sorted(found), min(SAMPLE, len(found)))  # noqa: S311
        for address in chosen:
            answer = reader.get(address)
            text = answer.content.decode()
            assert answer.status_code == 200, address
            unsealed = UNSEALED in text  # facts of this test were brought by no deed
            assert SEALED.search(text) or ADDRESS.search(text) or unsealed, address


def test_lists_ask_nothing_more_for_the_links(unit, client, django_assert_max_num_queries):
    client.get(reverse("monitoring"))
    with django_assert_max_num_queries(30):
        client.get(reverse("monitoring"))
