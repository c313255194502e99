"""Disclosure in the browser: gathered, examined, published, listed, taken away, checked."""

import io
import json
from hashlib import sha256
from zipfile import ZipFile

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import disclosed
from apps.cycle.disclosed import REVIEW, YEAR
from gongzhi.cycle.models import DisclosurePack, PackPiece, Redaction
from gongzhi.papers.summary_tables import TABLES
from verified import signed_in

pytestmark = pytest.mark.django_db
CHECKED = {"secrets": "1", "business": "1", "privacy": "1", "review": REVIEW}


@pytest.fixture
def unit(region):
    return disclosed.promising(within=region)


@pytest.fixture
def pack(unit):
    return disclosed.published(unit)


def test_a_unit_gathers_examines_and_publishes(unit, client):
    officer, reviewer = signed_in(unit.officer_office), signed_in(unit.reviewer_office)
    page = reverse("unit-disclosure", args=[unit.organisation.pk]) + f"?year={YEAR}"
    assert "draft_pack" in officer.get(page).content.decode()
    given = {"key": "1", "fiscal_year": YEAR, "occasion": "budget"}
    officer.post(reverse("draft_pack", args=[unit.organisation.pk]), given)
    made = DisclosurePack.objects.get()
    address = reverse("disclosure-pack", args=[made.pk])
    assert client.get(address).status_code == 404
    verdicts = {f"verdict-{n}": "cleared" for n in (1, 2)}
    unchecked = reviewer.post(
        reverse("review_pack", args=[made.pk]), {**verdicts, "key": "2", "review": REVIEW}
    )
    assert unchecked.status_code == 422
    answer = reviewer.post(
        reverse("review_pack", args=[made.pk]), {**verdicts, **CHECKED, "key": "3"}
    )
    assert answer.status_code == 302
    reviewer.post(reverse("publish_pack", args=[made.pk]), {"key": "4"})
    made.refresh_from_db()
    assert made.stage == "published"
    shown = client.get(address).content.decode()
    assert unit.project.name in shown
    assert made.digest in shown
    assert unit.organisation.name in client.get(reverse("disclosure")).content.decode()


def test_a_passage_is_kept_back_by_a_form(unit, client):
    reviewer = signed_in(unit.reviewer_office)
    made = disclosed.drafted(unit)
    piece = PackPiece.objects.get(pack=made, kind="goals")
    at = {"position": piece.position, "at": "goal"}
    given = {**at, "ground": "law", "reason": "未公开的规划", "key": "1"}
    wrong = reviewer.post(reverse("redact_passage", args=[made.pk]), {**given, "passage": "没有的"})
    assert wrong.status_code == 422
    assert "未公开的规划" in wrong.content.decode()  # what was filled in stays
    reviewer.post(
        reverse("redact_passage", args=[made.pk]), {**given, "key": "2", "passage": "管网"}
    )
    assert Redaction.objects.get().passage == "管网"
    page = reviewer.get(reverse("disclosure-pack", args=[made.pk])).content.decode()
    assert "［依法不公开］" in page


def file_of(client, pack, ending) -> bytes:
    answer = client.get(reverse("pack-file", args=[pack.pk, ending]))
    assert answer.status_code == 200
    return answer.content


def test_what_is_taken_away_is_the_same_every_time_and_can_be_checked(pack, client):
    first, second = (file_of(client, pack, "zip") for _ in range(2))
    assert first == second
    packed = ZipFile(io.BytesIO(first))
    sealed = packed.read("disclosure.json")
    assert "sha256:" + sha256(sealed).hexdigest() == pack.digest
    for line in packed.read("SHA256SUMS").decode().splitlines():
        digest, name = line.split("  ")
        assert sha256(packed.read(name)).hexdigest() == digest
    manifest = json.loads(packed.read("manifest.json"))
    assert manifest["content"] == pack.digest
    assert packed.read("disclosure.pdf").startswith(b"%PDF")
    assert pack.digest.removeprefix("sha256:") in packed.read("README.txt").decode()


def test_a_draft_gives_no_file(unit):
    made = disclosed.drafted(unit)
    officer = signed_in(unit.officer_office)
    assert officer.get(reverse("pack-file", args=[made.pk, "zip"])).status_code == 404


def test_who_is_late_is_listed_by_state(unit, client):
    page = reverse("disclosure")
    overdue = client.get(page + f"?year={YEAR}&state=overdue").content.decode()
    in_time = client.get(page + f"?year={YEAR}&state=in_time").content.decode()
    assert unit.organisation.name in overdue
    assert unit.organisation.name not in in_time
    assert client.get(page + "?year=1800").status_code == 400


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf"])
def test_every_table_comes_in_every_format_the_same_each_time(unit, client, ending):
    city_hall.published(unit)
    for code in TABLES:
        address = reverse("summary-table", args=[code, ending]) + f"?year={city_hall.YEAR}"
        first, second = (client.get(address).content for _ in range(2))
        assert first == second, code
        assert len(first) > 1000


def test_each_department_gets_its_own_file(unit, client):
    address = reverse("each-table", args=["goals", "xlsx"]) + f"?year={YEAR}"
    content = b"".join(client.get(address).streaming_content)
    packed = ZipFile(io.BytesIO(content))
    assert packed.testzip() is None
    assert [name for name in packed.namelist() if unit.organisation.name in name]


@pytest.mark.parametrize("asked", ["secrets.xlsx", "goals.exe"])
def test_other_tables_are_not_there(client, asked):
    assert client.get(f"/disclosure/tables/{asked}").status_code == 404
