"""Pages of a unit's whole spending: written, read in from a paper, published, taken away."""

from datetime import date
from io import BytesIO

import pdfplumber
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.cycle.models import WholeForm
from gongzhi.papers.forms import WHOLE_GOALS
from gongzhi.papers.receiving import receive
from gongzhi.web.seals import seals_on
from verified import signed_in

pytestmark = pytest.mark.django_db
YEAR = monitored.YEAR
FIELDS = {
    "form": "goals",
    "year": str(YEAR),
    "duties": "建设和养护全市管网",
    "initial-total": "120.00",
    "task-name-0": "管网",
    "task-budget-0": "120.00",
    "goal": "路网更密",
    "name-0": "改造管网",
    "level2-0": "数量指标",
    "target-0": "≥100公里",
    "weight-0": "90",
}


@pytest.fixture
def spending(region) -> city_hall.Unit:
    made = city_hall.unit("1", within=region)
    monitored.fund(made)
    monitored.pay(made, date(YEAR, 6, 1), 1_080_000)
    return made


def address(unit, form="goals") -> str:
    page = reverse("whole-forms", args=[unit.organisation.pk])
    return f"{page}?form={form}&year={YEAR}"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("form", ["goals", "self-evaluation"])
def test_the_editor_begins_with_the_facts(spending, client, language, form):
    desk = signed_in(spending.officer_office)
    for each in (desk, client):
        each.cookies["django_language"] = language
    text = desk.get(address(spending, form)).content.decode()
    assert 'value="120.00"' in text
    assert ('value="108.00"' in text) == (form == "self-evaluation")
    assert 'id="draft_whole_form"' not in client.get(address(spending, form)).content.decode()


def test_what_is_written_is_drafted_published_and_taken_away(spending, client):
    desk, other = signed_in(spending.officer_office), signed_in(spending.reviewer_office)
    post = reverse("draft_whole_form", args=[spending.organisation.pk])
    assert desk.post(post, {**FIELDS, "weight-0": "x", "key": "a"}).status_code == 422
    nothing = {"form": "goals", "year": str(YEAR), "duties": "建设和养护全市管网", "key": "b"}
    assert desk.post(post, nothing).status_code == 422
    assert desk.post(post, {**FIELDS, "key": "c"}).status_code == 302
    form = WholeForm.objects.get()
    page = reverse("whole-form", args=[form.pk])
    assert client.get(page).status_code == 404
    publish = reverse("publish_whole_form", args=[form.pk])
    assert other.post(publish, {"key": "d"}).status_code == 422
    assert seals_on([form], verbs=["nothing else"])  # what drafted it, though it is of its unit
    assert other.post(publish, {"key": "e", "review": "可以公开"}).status_code == 302
    read = client.get(page).content.decode()
    assert "路网更密" in read
    assert "改造管网" in read


@pytest.mark.parametrize("ending", ["docx", "xlsx"])
def test_a_paper_that_was_taken_away_comes_back_into_the_fields(spending, ending):
    desk = signed_in(spending.officer_office)
    desk.post(reverse("draft_whole_form", args=[spending.organisation.pk]), {**FIELDS, "key": "a"})
    taken = desk.get(
        reverse("whole-form-paper", args=[spending.organisation.pk, ending])
        + f"?form=goals&year={YEAR}"
    )
    content = b"".join(taken)
    (paper,) = receive(WHOLE_GOALS, name=f"x.{ending}", content=content).papers
    assert (paper.problems, paper.value.duties) == ((), FIELDS["duties"])
    file = SimpleUploadedFile(f"x.{ending}", content)
    page = reverse("whole-forms", args=[spending.organisation.pk])
    sent = {"form": "goals", "year": YEAR, "do": "read", "paper": file}
    text = desk.post(page, sent).content.decode()
    for told in (FIELDS["duties"], "改造管网", "≥100公里", 'id="read"'):
        assert told in text


def test_a_paper_is_the_same_as_long_as_nothing_changed_and_its_head_repeats(spending):
    desk = signed_in(spending.officer_office)
    page = reverse("whole-form-paper", args=[spending.organisation.pk, "pdf"])
    first, second = (b"".join(desk.get(f"{page}?form=self-evaluation&year={YEAR}")) for _ in "12")
    assert first == second
    with pdfplumber.open(BytesIO(first)) as printed:
        assert "部门整体支出绩效自评表" in (printed.pages[0].extract_text() or "")


def test_addresses_that_ask_for_no_such_form_are_told(spending, client):
    page = reverse("whole-forms", args=[spending.organisation.pk])
    assert client.get(f"{page}?form=x").status_code == 400
    assert client.get(f"{page}?year=x").status_code == 400
