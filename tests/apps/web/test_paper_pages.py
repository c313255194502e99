"""Official papers taken away from pages: by whom, with which seal, and that they read back."""

from io import BytesIO
from urllib.parse import unquote

import docx
import openpyxl
import pdfplumber
import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from apps.cycle.papered import NUMBER, drafted, papered
from apps.trust.installation import number_all
from gongzhi.core.ledger.encoding import write_base64
from gongzhi.cycle.models import GoalVersion
from gongzhi.cycle.official import declaration_of
from gongzhi.papers.forms import GOAL_DECLARATION, MONITORING_SHEET
from gongzhi.papers.receiving import receive
from gongzhi.parties.business_date import business_date
from gongzhi.trust.proofs import head
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
ENDINGS = ("docx", "xlsx", "pdf")


@pytest.fixture
def unit(settings):
    settings.DEMO = True
    return papered()


@pytest.fixture
def version(unit) -> GoalVersion:
    return GoalVersion.objects.get()


@pytest.fixture
def officer(unit) -> VerifiedClient:
    return signed_in(unit.officer_office)


def taken(client, route: str, thing, ending: str, **asked):
    answer = client.get(reverse(route, args=[thing, ending]), asked)
    assert answer.status_code == 200, answer.status_code
    return answer


def words_of(ending: str, content: bytes) -> str:
    """All words of a file."""
    if ending == "docx":
        return "\n".join(each.text for each in docx.Document(BytesIO(content)).paragraphs)
    if ending == "xlsx":
        book = openpyxl.load_workbook(BytesIO(content))
        return "\n".join(str(c.value) for sheet in book for row in sheet for c in row if c.value)
    with pdfplumber.open(BytesIO(content)) as pdf:
        return "\n".join(page.extract_text() for page in pdf.pages)


def test_a_version_is_taken_away_with_its_stage_its_day_and_its_seal(officer, version):
    page = officer.get(reverse("goal-version", args=[version.pk])).content.decode()
    for ending in ENDINGS:
        content = taken(officer, "goal-declaration", version.pk, ending).content
        words = words_of(ending, content).replace(" ", "")
        for told in ("已批复", "第1版", NUMBER, version.approved_on.isoformat(), "存证"):
            assert told in words
        assert reverse("goal-declaration", args=[version.pk, ending]) in page


def test_what_is_taken_away_reads_back_equal(officer, unit, version):
    for ending in ("docx", "xlsx"):
        paper = taken(officer, "goal-declaration", version.pk, ending).content
        received = receive(GOAL_DECLARATION, name=f"x.{ending}", content=paper)
        assert received.good == (declaration_of(version),)
        assert received.all_problems == ()
        sheet = taken(officer, "monitoring-sheet", unit.project.pk, ending).content
        (watched,) = receive(MONITORING_SHEET, name=f"x.{ending}", content=sheet).good
        assert watched.money.total.paid == monitored.BUDGET / 10 * 8
        assert "40" in watched.indicators[0].done


def test_every_paper_names_the_log_that_it_was_made_under(officer, version):
    number_all()
    log = head().checkpoint
    for ending in ENDINGS:
        content = taken(officer, "goal-declaration", version.pk, ending).content
        words = "".join(words_of(ending, content).split())
        for told in (log.origin, f"{log.size:,}条", write_base64(log.root)):
            assert told.replace(" ", "") in words, ending
    received = receive(
        GOAL_DECLARATION,
        name="x.xlsx",
        content=taken(officer, "goal-declaration", version.pk, "xlsx").content,
    )
    assert received.good == (declaration_of(version),)


def test_a_sheet_is_as_of_the_day_that_was_asked_for(officer, unit):
    address, today = unit.project.pk, business_date()
    for ending in ENDINGS:
        last = taken(officer, "monitoring-sheet", address, ending).content
        assert f"截至{today}".replace(" ", "") in words_of(ending, last).replace(" ", "")
        march = taken(officer, "monitoring-sheet", address, ending, year=2026, on="2026-03-31")
        words = words_of(ending, march.content).replace(" ", "")
        assert "截至2026-03-31" in words
        assert "重算" in words
        assert "2026-03-31.pdf" in unquote(march["Content-Disposition"]) or ending != "pdf"


def test_s16_papers_are_for_whom_the_page_is(client, unit, version):
    draft = drafted(unit, 2027)
    stranger = signed_in(city_hall.unit("2", within=unit.organisation.region).officer_office)
    for reader in (client, stranger):
        assert reader.get(reverse("goal-declaration", args=[draft.pk, "pdf"])).status_code == 404
        assert taken(reader, "goal-declaration", version.pk, "pdf").content[:4] == b"%PDF"


def test_a_unit_takes_all_its_papers_in_one_workbook(client, officer, unit):
    hidden = drafted(unit, 2027)
    own = unit.organisation.pk
    for reader, many in ((officer, 1), (client, 1)):
        content = taken(reader, "unit-declarations", own, "xlsx", year=2026).content
        assert len(receive(GOAL_DECLARATION, name="x.xlsx", content=content).good) == many
    drafts = taken(officer, "unit-declarations", own, "xlsx", year=hidden.fiscal_year).content
    assert "起草中" in words_of("xlsx", drafts)
    nothing = client.get(
        reverse("unit-declarations", args=[own, "xlsx"]), {"year": hidden.fiscal_year}
    )
    assert nothing.status_code == 302
    sheets = taken(client, "unit-sheets", own, "xlsx", year=2026).content
    assert len(receive(MONITORING_SHEET, name="x.xlsx", content=sheets).good) == 1
    page = client.get(reverse("monitoring"), {"unit": str(own), "year": "2026"}).content.decode()
    assert reverse("unit-sheets", args=[own, "pdf"]) in page


def test_s36_an_address_that_names_no_paper_is_refused(client, unit):
    sheet = reverse("monitoring-sheet", args=[unit.project.pk, "pdf"])
    for asked in ({"on": "2026-13-01"}, {"on": "2031-01-01"}, {"on": "2025-12-31"}, {"year": "x"}):
        assert client.get(sheet, asked).status_code == 400, asked
    assert client.get(sheet[:-4] + "exe/").status_code == 404


def test_s46_the_name_of_a_file_holds_nothing_that_a_system_would_follow(client, unit, version):
    unit.project.name = '../../a"b\r\nSet-Cookie: x\u202eslx'
    unit.project.save()
    told = taken(client, "goal-declaration", version.pk, "xlsx")
    shown = unquote(told["Content-Disposition"].partition("''")[2])
    assert not set(shown) & set('/\\"\r\n\u202e')
    assert shown.endswith("-2026.xlsx")
