"""What became of the promises: counts that add up, each leading to its projects."""

import re
from datetime import date

import pytest
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from apps.cycle.evaluated import assignment, evaluator, handed_in, sent
from gongzhi.core.evaluating.stages import EvaluationStage
from gongzhi.cycle.actions import evaluations, results
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.parties.actions.setting_up import move_business_date
from verified import verified

pytestmark = pytest.mark.django_db
COUNT = re.compile(r'<a class="figure" href="(\?[^"]+)">(\d+)</a>')


@pytest.fixture
def told(region):
    unit = monitored.ahead(within=region, payee="某公司")
    monitored.disclose(unit)
    watch_projects(year=monitored.YEAR)
    return unit


def test_every_count_leads_to_as_many_projects(told, client):
    page = client.get(reverse("became")).content.decode()
    counts = COUNT.findall(page)
    assert counts
    for address, number in counts:
        shown = client.get(reverse("became") + address.replace("&amp;", "&").partition("#")[0])
        assert shown.context["page"].paginator.count == int(number), address


def test_a_hidden_project_is_not_counted(region, client):
    monitored.ahead(within=region, payee="某公司")
    watch_projects(year=monitored.YEAR)
    page = client.get(reverse("became"))
    assert page.status_code == 200
    assert not COUNT.findall(page.content.decode())


@pytest.mark.parametrize("asked", ["?outcome=lost", "?department=nobody", "?class=zzz"])
def test_what_is_not_offered_is_refused(told, client, asked):
    assert client.get(reverse("became") + asked).status_code == 400


def decided_less(unit, region):
    """The year is judged, and somebody decides on less money than there was."""
    bureau = city_hall.unit("9", within=region)
    first, second = (
        verified(city_hall.office(bureau.organisation, name, "budget")) for name in ("一", "二")
    )
    unit.project.refresh_from_db()
    (row,) = results.propose_results(
        by=first, region=region, projects=[unit.project], fiscal_year=monitored.YEAR + 1
    )
    return results.decide_result(
        by=second,
        proposal=row,
        decided=results.Decided(amount=row.base - 100_000, reason="完成四成"),
    )


def test_what_was_decided_after_stands_beside_each_project(told, region, client):
    decision = decided_less(told, region)
    page = client.get(reverse("became")).content.decode()
    assert f'{reverse("result-proposal", args=[decision.proposal_id])}#decision">110.00</a>' in page
    assert "减 10.00" in page


def test_the_front_page_tells_what_became_of_the_year_that_is_over(told, region, client, settings):
    decided_less(told, region)
    assert "后来怎样了" not in client.get(reverse("home")).content.decode()
    settings.DEMO = True
    move_business_date(to=date(monitored.YEAR + 1, 8, 31))
    page = client.get(reverse("home")).content.decode()
    assert "按结果，2027 年定了 1 个项目的钱。1 个减少，一共减 10 万元。" in page
    assert told.project.name in page.partition('id="came"')[2].partition("</section>")[0]


def test_an_empty_installation_says_so(region, client):
    assert client.get(reverse("became")).status_code == 200


def test_the_page_of_a_project_tells_who_judged_it(told, region, client):
    bureau = city_hall.unit("9", within=region)
    office = verified(city_hall.office(bureau.organisation, "预算", "budget"))
    firm = evaluator("F1", kind="evaluator", within=region)
    told.project.refresh_from_db()
    row = evaluations.choose_evaluation(
        by=office,
        assignment=assignment(told, firm.organisation, kind="third_party"),
        commissioner=bureau.organisation,
    )
    address = reverse("project", args=[told.project.pk])
    assert "某机构F1" in client.get(address).content.decode()
    handed_in(row, firm)
    sent(row, office)
    row.stage = EvaluationStage.CONCLUDED
    row.save()
    page = client.get(address).content.decode()
    assert "某机构F1评了" in page
    assert f"{reverse('evaluation', args=[row.pk])}#sheet" in page
