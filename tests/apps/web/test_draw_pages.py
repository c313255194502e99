"""Draws as pages: announced from a project, held, computed anew before the reader's eyes."""

import pytest
from django.urls import reverse

import city_hall
from apps.cycle.evaluated import WHY, YEAR, evaluator
from gongzhi.cycle.models import Draw, Evaluation
from gongzhi.trust.sequencing import sequence
from verified import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bureau(region):
    return city_hall.budget_office(within=region)


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


def post(client, name, *args, status: int = 302, **given) -> str:
    answer = client.post(reverse(name, args=args), {"key": f"{name} {hash(str(given))}", **given})
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer.content.decode()


def read(client, name, *args, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_evaluators_are_drawn_from_the_projects_page(disclosed, bureau, region, client):
    for code in ("F1", "F2", "F3"):
        evaluator(code, kind="evaluator", within=region)
    desk = signed_in(bureau)
    given = {"fiscal_year": YEAR, "kind": "third_party", "because": WHY}
    refused = post(desk, "announce_draw", disclosed.project.pk, count="9", status=422, **given)
    assert "还没有办成" in refused
    post(desk, "announce_draw", disclosed.project.pk, count="1", **given)
    draw = Draw.objects.get()
    assert "在符合条件的 3 个中抽取 1 个" in read(client, "draw", draw.pk)
    assert "抽签公告已写入存证，请抽签" in read(desk, "desk")
    assert "稍后再抽" in post(desk, "hold_draw", draw.pk, status=422)
    sequence()
    post(desk, "hold_draw", draw.pk)
    told = read(client, "draw", draw.pk)
    assert "刚才重算了一遍，结果相同" in told
    assert Draw.objects.get().seed in told
    (row,) = Evaluation.objects.all()
    assert row.evaluator.name in told
    of_project = read(client, "project-evaluation", disclosed.project.pk, query=f"?year={YEAR}")
    assert reverse("draw", args=[draw.pk]) in of_project
    Draw.objects.update(seed="other")
    assert "重算的结果与记载不同" in read(client, "draw", draw.pk)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_sample_is_drawn_and_its_rechecks_are_listed(disclosed, bureau, region, language, client):
    firm = evaluator("F1", kind="evaluator", within=region)
    desk = signed_in(bureau)
    for each in (desk, client):
        each.cookies["django_language"] = language
    given = {"fiscal_year": YEAR, "evaluator": firm.organisation.pk, "because": WHY}
    post(desk, "announce_sample", **{**given, "fiscal_year": 2011}, status=422)
    post(desk, "announce_sample", **given)
    sequence()
    post(desk, "hold_draw", Draw.objects.get().pk)
    listed = read(client, "rechecks", query=f"?year={YEAR}")
    assert disclosed.project.name in listed
    assert firm.organisation.name in listed
    assert disclosed.project.name in read(client, "draw", Draw.objects.get().pk)
    assert client.get(f"{reverse('rechecks')}?year=x").status_code == 400
