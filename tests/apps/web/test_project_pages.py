"""A project told to everybody, the list of projects, and the bar of sections above them."""

from datetime import date
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

import city_hall
from apps.cycle import monitored
from gongzhi.core.telling import Standing, standing_of
from gongzhi.cycle.actions.alerts import disclose_alert
from gongzhi.cycle.actions.projects import Description, describe_project
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import Aim, Alert, Partner, Watched
from gongzhi.cycle.standing import stands
from gongzhi.cycle.tasks import follow_up
from gongzhi.parties.business_date import business_date
from gongzhi.trust.sequencing import sequence
from verified import signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def aim() -> Aim:
    plan = Aim.objects.create(code="P", name="某规划", kind="plan")
    return Aim.objects.create(code="M", name="某实事", kind="livelihood", within=plan)


@pytest.fixture
def unit(aim):
    unit = monitored.ahead(within=city_hall.region(), payee="某公司")
    monitored.disclose(unit)
    about = Description(functional="2120303", aim=aim, ends_on=date(2026, 12, 31))
    describe_project(by=unit.officer, project=unit.project, about=about)
    watch_projects(year=monitored.YEAR)
    return unit


@pytest.fixture
def hidden(unit):
    other = city_hall.unit("2", within=unit.organisation.region)
    monitored.promise(other)
    monitored.fund(other, Decimal(9_990_000))
    watch_projects(year=monitored.YEAR)
    return other


def page(client, route: str, *args, **asked) -> str:
    answer = client.get(reverse(route, args=args), asked)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_everybody_reads_what_a_project_is_in_one_paragraph(unit, client):
    text = page(client, "project", unit.project.pk)

    assert "某局1负责这个项目，它是民生实事“某实事”的一部分。" in text
    assert "2026 年它答应：“改造管网 100 公里”。" in text
    assert "受益的是居民 6,000 人，按当年的预算平均每人 200 元。" in text
    assert "2026 年预算 120 万元，到 " in text
    assert "付了 96 万元，占 80%。" in text
    assert "离得最远的是“改造管网”：答应 ≥100公里" in text
    assert text.index("某规划") < text.index("某实事</a>"), "the widest aim first"


def test_a_paragraph_is_in_the_readers_language(unit):
    client = Client(headers={"accept-language": "en"})
    text = page(client, "project", unit.project.pk)

    assert "某局1 answers for this project" in text
    assert "The budget of 2026 is 1,200,000 yuan" in text


def test_promises_have_a_bar_and_a_word_and_lead_to_their_readings(unit, client):
    text = page(client, "project", unit.project.pk)

    assert 'class="bar goals"' in text
    assert "落后" in text
    assert "没有读数" in text
    assert reverse("project-readings", args=[unit.project.pk]) in text


def test_who_has_a_part_is_named_with_what_they_do(unit, client):
    social = city_hall.unit("7", within=unit.organisation.region, kind="social")
    Partner.objects.create(
        project=unit.project,
        organisation=social.organisation,
        does="入户走访",
        since_on=date(2026, 1, 1),
    )
    text = page(client, "project", unit.project.pk)

    assert "一起做的有某局7。" in text
    assert "入户走访" in text


def test_an_alert_is_told_to_the_unit_and_to_others_only_once_it_is_public(unit, client):
    follow_up(business_date())
    alert = Alert.objects.get()
    address = reverse("alert", args=[alert.pk])
    assert address in page(signed_in(unit.officer_office), "project", unit.project.pk)
    text = page(client, "project", unit.project.pk)
    assert address not in text
    assert "规则要求公开的，才出现在这里" in text

    disclose_alert(alert=alert)

    text = page(client, "project", unit.project.pk)
    assert address in text
    assert "答复预警" in text


def test_a_project_of_which_little_is_known_has_a_page_too(unit, client):
    bare = city_hall.unit("3", within=unit.organisation.region)
    monitored.disclose(bare)
    text = page(client, "project", bare.project.pk)

    assert "某局3负责这个项目。" in text
    assert 'id="money-and-goals"' not in text
    assert 'id="promises"' not in text


def test_what_is_not_public_is_in_no_list_and_has_no_page(unit, hidden, client):
    assert client.get(reverse("project", args=[hidden.project.pk])).status_code == 404
    text = page(client, "projects")
    assert unit.project.name in text
    assert hidden.project.name not in text
    assert hidden.organisation.name not in text
    assert hidden.project.name in page(signed_in(hidden.officer_office), "projects")


@pytest.mark.parametrize(
    ("asked", "is_there"),
    [
        ({"class": "212"}, True),
        ({"class": "205"}, False),
        ({"state": "behind"}, True),
        ({"state": "kept"}, False),
        ({"state": "on_plan"}, False),
        ({"state": "unread"}, False),
        ({"state": "missed"}, False),
    ],
)
def test_the_list_is_filtered_as_a_sentence(unit, client, asked, is_there):
    assert (unit.project.name in page(client, "projects", **asked)) is is_there


def test_the_list_is_filtered_by_an_aim_and_all_under_it(unit, aim, client):
    for each in (aim, aim.within):
        assert unit.project.name in page(client, "projects", aim=str(each.pk))
    other = Aim.objects.create(code="X", name="别的", kind="plan")
    assert unit.project.name not in page(client, "projects", aim=str(other.pk))
    assert client.get(reverse("projects"), {"aim": "x"}).status_code == 400


def test_the_list_costs_the_same_whatever_its_length(
    unit, hidden, client, django_assert_num_queries, django_assert_max_num_queries
):
    with django_assert_max_num_queries(8) as few:
        page(client, "projects")
    for number in range(4, 8):
        more = city_hall.unit(str(number), within=unit.organisation.region)
        monitored.disclose(more)
    with django_assert_num_queries(len(few)):
        page(client, "projects")


def test_p05_a_project_asks_few_questions(unit, client, django_assert_max_num_queries):
    page(client, "project", unit.project.pk)
    sequence()

    with django_assert_max_num_queries(29):
        page(client, "project", unit.project.pk)


@pytest.mark.parametrize("ended", [0, 1, 8, 11, 12])
@pytest.mark.parametrize("now", [None, "0.3", "0.4949", "0.495", "0.66", "1", "1.2"])
def test_the_database_and_the_core_agree_how_a_project_stands(unit, ended, now):
    row = Watched.objects.get()
    row.goals_now = None if now is None else Decimal(now)
    row.curves["ended"] = ended
    row.curves["due"] = None
    row.curves["goals_planned"] = [str(Decimal(month) / 12) for month in range(1, 13)]
    row.save()
    due = Decimal(row.curves["goals_planned"][ended - 1]).quantize(Decimal("0.000001"))
    rows = Watched.objects.all()

    expected = standing_of(row.goals_now, due=due if ended else None, is_over=ended == 12)

    assert [each for each in Standing if rows.filter(stands(each)).exists()] == [expected]


@pytest.mark.parametrize(
    ("route", "section"),
    [
        ("projects", "项目"),
        ("forms", "项目"),
        ("aims", "项目"),
        ("monitoring", "监控"),
        ("home", "首页"),
    ],
)
def test_the_bar_tells_where_the_reader_is(client, db, route, section):
    text = page(client, route)
    bar = text[text.index('class="sections"') : text.index("</nav>")]
    (marked,) = [line for line in bar.splitlines() if "aria-current" in line]
    assert section in marked


def test_the_desk_and_the_data_are_in_the_bar_of_who_is_signed_in(unit, client):
    for reader, sees in ((client, False), (signed_in(unit.officer_office), True)):
        text = page(reader, "projects")
        bar = text[text.index('class="sections"') : text.index("</nav>")]
        assert (reverse("desk") in bar) is sees
        assert (reverse("deliveries") in bar) is sees


def test_an_aim_shows_how_far_the_projects_are_that_serve_it_or_a_part_of_it(unit, hidden, client):
    text = page(client, "aims")

    assert unit.project.name in text
    assert hidden.project.name not in text
    assert text.count("落后") == 2, "the plan and the promise under it"
    assert reverse("project", args=[unit.project.pk]) in text
