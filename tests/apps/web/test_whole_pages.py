"""Pages of organisations as a whole, and of what is followed up."""

import pytest
from django.urls import reverse

import city_hall
from apps.cycle.evaluated import WHY, YEAR, evaluator
from gongzhi.cycle.models import Evaluation
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
