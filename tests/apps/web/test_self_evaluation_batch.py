"""A unit's self-evaluations of a year at once: drafted, read in, published, lacks marked."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from apps.web.test_self_evaluation_pages import PLAN
from gongzhi.cycle.actions import goals
from gongzhi.cycle.models import FormVersion
from gongzhi.parties.models import Deed
from verified import signed_in, verified

pytestmark = pytest.mark.django_db
YEAR = monitored.YEAR


@pytest.fixture
def bureau(region):
    return verified(city_hall.budget_office(within=region))


@pytest.fixture
def spending(region, bureau) -> city_hall.Unit:
    """A unit that promised 100 km, was given 1.2 million, spent 1.08 million and did 96 km."""
    made = promised(city_hall.unit("1", within=region), bureau)
    monitored.fund(made)
    monitored.pay(made, date(YEAR, 6, 1), 1_080_000)
    monitored.read(made, "km", date(YEAR, 10, 31), 96)
    return made


def promised(unit, bureau) -> city_hall.Unit:
    """The unit with goals in force."""
    version = goals.draft_goals(
        by=unit.officer, project=unit.project, fiscal_year=YEAR, plan=PLAN, pack=city_hall.PACK
    )
    goals.submit_goals(by=unit.reviewer, version=version)
    goals.approve_goals(by=bureau, version=version, document_number="某财绩〔2026〕1号")
    return unit


def page(unit) -> str:
    return f"{reverse('self-evaluation-batch', args=[unit.organisation.pk])}?year={YEAR}"


def post(client, unit, verb, **more):
    given = {"key": f"{verb}-{sorted(more)}", "fiscal_year": str(YEAR), **more}
    return client.post(reverse(verb, args=[unit.organisation.pk]), given)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_is_due_is_drafted_at_once_and_what_it_lacks_is_marked(spending, client, language):
    desk = signed_in(spending.officer_office)
    desk.cookies["django_language"] = language
    listed = desk.get(reverse("self-evaluations") + f"?year={YEAR}")
    assert page(spending) in listed.content.decode()
    assert 'id="draft_forms"' in desk.get(page(spending)).content.decode()
    assert 'id="draft_forms"' not in client.get(page(spending)).content.decode()
    assert post(desk, spending, "draft_forms").status_code == 422
    assert post(desk, spending, "draft_forms", whole="yes").status_code == 302
    version = FormVersion.objects.get()
    assert (version.stage, version.fiscal_year) == ("draft", YEAR)
    assert version.record["executed"] == "1080000.00"
    assert "#goal_done" in desk.get(page(spending)).content.decode()
    many = Deed.objects.get(verb="draft_forms")
    assert [deed.because for deed in Deed.objects.filter(verb="draft_form")] == [many.pk]


def test_only_what_is_whole_is_published_at_once(spending):
    desk, other = signed_in(spending.officer_office), signed_in(spending.reviewer_office)
    post(desk, spending, "draft_forms", whole="yes")
    draft = FormVersion.objects.get()
    refused = post(other, spending, "publish_forms", version=draft.pk, review="可以公开")
    assert refused.status_code == 422
    assert spending.project.name in refused.content.decode()
    assert post(desk, spending, "publish_forms", version=draft.pk, review="x").status_code == 403


@pytest.mark.parametrize("ending", ["xlsx", "docx"])
def test_the_file_of_the_whole_unit_comes_back_as_drafts(spending, ending):
    desk, other = signed_in(spending.officer_office), signed_in(spending.reviewer_office)
    address = reverse("unit-self-evaluations", args=[spending.organisation.pk, ending])
    content = b"".join(desk.get(f"{address}?year={YEAR}"))
    if ending == "xlsx":
        book = openpyxl.load_workbook(BytesIO(content))
        sheet = book.worksheets[0]
        goal = next(c for row in sheet for c in row if c.value == "预期目标")
        sheet.cell(goal.row + 1, goal.column + 3).value = "改造完成"
        out = BytesIO()
        book.save(out)
        content = out.getvalue()
    file = SimpleUploadedFile(f"全部.{ending}", content)
    assert post(desk, spending, "draft_forms", do="read", paper=file).status_code in (200, 302)
    draft = FormVersion.objects.get()
    assert draft.project == spending.project
    if ending == "xlsx":
        assert draft.record["goal_actual_text"] == "改造完成"
        done = post(other, spending, "publish_forms", version=draft.pk, review="可以公开")
        assert done.status_code == 302
        draft.refresh_from_db()
        assert draft.stage == "published"


def test_a_file_of_other_projects_is_told_and_nothing_is_drafted(spending, region, bureau):
    other = promised(city_hall.unit("2", within=region), bureau)
    address = reverse("unit-self-evaluations", args=[other.organisation.pk, "xlsx"])
    content = b"".join(signed_in(other.officer_office).get(f"{address}?year={YEAR}"))
    desk = signed_in(spending.officer_office)
    file = SimpleUploadedFile("别人的.xlsx", content)
    answer = post(desk, spending, "draft_forms", do="read", paper=file)
    assert answer.status_code == 422
    assert other.project.code in answer.content.decode()
    assert not FormVersion.objects.exists()


def test_another_unit_drafts_nothing(spending, region):
    stranger = signed_in(city_hall.unit("3", within=region).officer_office)
    assert post(stranger, spending, "draft_forms", whole="yes").status_code == 403
