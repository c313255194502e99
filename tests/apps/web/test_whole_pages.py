"""Pages of organisations as a whole, and of what is followed up."""

import pytest
from django.urls import reverse

import city_hall
from apps.cycle.evaluated import WHY, YEAR, evaluator
from gongzhi.cycle.models import Aim, Evaluation, Profile
from gongzhi.parties.business_date import business_date
from verified import signed_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_an_organisation_is_chosen_as_a_whole_from_its_page(unit, region, client, language):
    firm = evaluator("F1", kind="evaluator", within=region)
    desk = signed_in(city_hall.budget_office(within=region))
    for each in (desk, client):
        each.cookies["django_language"] = language
    address = reverse("organisation-evaluation", args=[unit.organisation.pk])
    assert 'id="choose_evaluation"' in desk.get(address).content.decode()
    assert 'id="choose_evaluation"' not in client.get(address).content.decode()
    given = {"fiscal_year": YEAR, "evaluator": firm.organisation.pk, "because": WHY}
    post = reverse("choose_whole", args=[unit.organisation.pk])
    assert desk.post(post, {"key": "a", "kind": "social", **given}).status_code == 422
    assert desk.post(post, {"key": "b", "kind": "department_wide", **given}).status_code == 302
    row = Evaluation.objects.get()
    assert firm.organisation.name in client.get(f"{address}?year={YEAR}").content.decode()
    read = client.get(reverse("evaluation", args=[row.pk])).content.decode()
    assert address in read
    assert client.get(f"{address}?year=x").status_code == 400
    assert client.get(reverse("follow-ups")).status_code == 200


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_policy_is_chosen_from_the_page_of_who_leads_it(unit, region, client, language):
    city_hall.published(unit)
    aim = Aim.objects.create(code="A1", name="老旧管网改造", kind="report")
    Profile.objects.create(project=unit.project, aim=aim, described_on=business_date())
    social = evaluator("S1", kind="social", within=region)
    desk = signed_in(city_hall.budget_office(within=region))
    for each in (desk, client):
        each.cookies["django_language"] = language
    lead = unit.organisation.parent or unit.organisation
    address = f"{reverse('organisation-evaluation', args=[lead.pk])}?aim={aim.pk}"
    assert address in client.get(reverse("aims")).content.decode()
    assert aim.name in client.get(address.partition("?")[0]).content.decode()
    form = desk.get(address).content.decode()
    assert unit.project.name in form
    assert social.organisation.name in form
    given = {"fiscal_year": YEAR, "evaluator": social.organisation.pk, "because": WHY}
    post = reverse("choose_whole", args=[lead.pk])
    taken = desk.post(post, {"key": "a", "kind": "policy_social", "aim": aim.pk, **given})
    assert taken.status_code == 302
    assert social.organisation.name in client.get(taken.url).content.decode()
    read = client.get(reverse("evaluation", args=[Evaluation.objects.get().pk])).content.decode()
    assert aim.name in read
    for wrong in ("x", "aim", "0"):
        assert client.get(f"{address}{wrong}").status_code == 400
