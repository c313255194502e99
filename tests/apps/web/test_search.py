"""One search for everything: what is found, by whom, in which order, and at what cost."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import city_hall
from apps.cycle import monitored
from apps.desk.desks import file
from gongzhi.core.charter import VISITOR, Member
from gongzhi.cycle.actions.watching import watch_projects
from gongzhi.cycle.models import Alert, Project
from gongzhi.desk.actions import attachments
from gongzhi.parties.by_name import Where, named
from gongzhi.web.searching.asked import asked_in
from gongzhi.web.searching.kinds import TABLES
from gongzhi.web.searching.marking import marked

pytestmark = pytest.mark.django_db
MAIN = re.compile(r"<main.*</main>", re.DOTALL)
QUERIES_MAX = 40


def page(client: Client, words: str, **more: str) -> str:
    answer = client.get(reverse("search"), {"q": words, **more})
    assert answer.status_code == 200
    return MAIN.search(answer.content.decode())[0]


def text(html: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", html))


def found(member: Member, kind: str, words: str) -> list[str]:
    table, asked = TABLES[kind], asked_in({"q": words}, kinds=TABLES)
    keys = table.find(member, asked).keys
    return ["".join(p.text for p in hit.name) for hit in table.lines(member, keys, asked.words)]


# ── what is found ──


@pytest.mark.parametrize(
    "words", ["某项目", "项", "目1", "P1", "ｐ１", "某项 目1", "P1 某", "某项目1"]
)
def test_a_project_is_found_by_any_part_of_its_name_and_code(unit, words):
    city_hall.published(unit)

    assert found(VISITOR, "project", words) == ["某项目1"]


@pytest.mark.parametrize("words", ["目项", "某目", "某项目2", "1项", "%", "_", "某%1"])
def test_what_does_not_stand_there_so_is_not_found(unit, words):
    city_hall.published(unit)

    assert found(VISITOR, "project", words) == []


def test_whole_names_come_before_beginnings_and_beginnings_before_the_rest(unit):
    for code, name in {"1": "旧水库", "2": "水库加固", "3": "水库"}.items():
        Project.objects.create(
            code=f"W{code}", name=name, unit=unit.organisation, stage="disclosed"
        )

    assert found(VISITOR, "project", "水库") == ["水库", "水库加固", "旧水库"]


def test_indicators_are_found_in_goals_in_force(unit):
    monitored.promise(unit)

    assert found(VISITOR, "indicator", "管网") == ["改造管网"]
    assert "≥100公里" in page(Client(), "管网")


def test_papers_are_found_by_their_document_number(unit):
    monitored.promise(unit)

    assert "某财绩〔2026〕1号" in text(page(Client(), "〔2026〕1号"))


def test_clauses_and_library_are_found_in_either_language(unit):
    assert "§ 6.8" in text(page(Client(), "6.8"))
    assert reverse("indicator-library") in page(Client(), "满意度", kind="library")


# ── by whom ──


def test_s01_a_project_not_yet_disclosed_is_found_by_its_own_unit_alone(unit, other):
    assert found(unit.officer, "project", "某项目1") == ["某项目1"]
    assert found(other.officer, "project", "某项目1") == []
    assert "没有找到" in page(Client(), "某项目1")


def test_s01_an_alert_is_found_by_whom_it_concerns(unit, other):
    Alert.objects.create(
        project=unit.project,
        fiscal_year=2026,
        round=3,
        opened_on="2026-03-13",
        level="red",
        signals=[],
    )

    assert found(unit.officer, "alert", "某项目") == ["某项目1"]
    assert found(other.officer, "alert", "某项目") == []
    assert found(VISITOR, "alert", "某项目") == []


def test_s12_attachments_are_found_by_their_class_and_by_what_they_are_beside(unit, other):
    for label in ("public", "internal"):
        attachments.attach_file(
            by=unit.officer, to=unit.project, file=file(name=f"验收{label}.csv"), label=label
        )
    assert found(VISITOR, "attachment", "验收") == []

    city_hall.published(unit)

    assert found(VISITOR, "attachment", "验收") == ["验收public.csv"]
    assert found(other.officer, "attachment", "验收") == ["验收public.csv"]
    assert len(found(unit.officer, "attachment", "验收")) == 2


def test_drafts_of_forms_are_found_by_the_unit_alone(unit, other):
    city_hall.draft(unit)

    assert len(found(unit.officer, "form", "某项目")) == 1
    assert found(other.officer, "form", "某项目") == []


# ── the page ──


def test_kind_year_and_unit_hold_the_answers(unit, other):
    for each in (unit, other):
        city_hall.published(each)
        monitored.promise(each)
    whole = page(Client(), "某")

    assert {'id="project"', 'id="organisation"', 'id="form"'} <= set(re.findall(r'id="\w+"', whole))
    assert 'id="form"' not in page(Client(), "某", kind="project")
    assert 'id="project"' not in page(Client(), "某", year="2025")
    watch_projects(year=2026)
    assert 'id="project"' in page(Client(), "某", year="2026")
    assert 'id="form"' in page(Client(), "某", year="2025")
    assert 'id="form"' not in page(Client(), "某", year="2024")
    only = text(page(Client(), "某项目", unit=str(other.organisation.pk)))
    assert "某项目2" in only
    assert "某项目1" not in only


def test_a_kind_is_paged_and_keeps_what_was_asked(unit):
    for number in range(25):
        Project.objects.create(
            code=f"K{number:02}", name="河堤加固", unit=unit.organisation, stage="disclosed"
        )
    first = page(Client(), "河堤", kind="project")

    assert "共 2 页 25 条" in first
    assert "kind=project&amp;page=2" in first
    assert "第 2 页" in page(Client(), "河堤", kind="project", page="2")


@pytest.mark.parametrize(
    "words",
    [
        "",
        " ",
        "%" * 200,
        "'; DROP TABLE x; --",
        "字" * 10_000,
        "a " * 5_000,
        "\ud83d",
    ],
)
def test_s68_no_words_break_a_search(unit, words):
    answer = Client().get(reverse("search"), {"q": words.encode("utf-8", "surrogatepass")})

    assert answer.status_code == 200


def test_s68_an_address_with_a_nul_is_refused_as_everywhere(unit):
    assert Client().get(reverse("search"), {"q": "桥\0梁"}).status_code == 400


@pytest.mark.parametrize(
    "more", [{"kind": "x"}, {"year": "２０２６"}, {"year": "99999"}, {"unit": "7"}]
)
def test_filters_that_no_page_offers_are_refused(db, more):
    assert Client().get(reverse("search"), {"q": "某", **more}).status_code == 400


def test_every_page_has_the_box(db):
    assert reverse("search") in Client().get(reverse("home")).content.decode()


# ── at what cost ──


def test_a_search_costs_the_same_however_much_is_found(unit):
    city_hall.published(unit)
    with CaptureQueriesContext(connection) as few:
        page(Client(), "某")
    for number in range(30):
        Project.objects.create(
            code=f"M{number:02}", name=f"某{number}", unit=unit.organisation, stage="disclosed"
        )
    with CaptureQueriesContext(connection) as many:
        page(Client(), "某")

    assert len(many) == len(few) <= QUERIES_MAX


@pytest.mark.parametrize("where", list(Where))
def test_the_index_is_the_way(where):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = named(Project.objects.order_by(), ["水库"], "name", "code", where=where).explain()

    assert "project_by_name" in plan


LETTERS = st.text(st.sampled_from("某市道路桥梁修缮 项目Ａa1２-（）\n"), min_size=1, max_size=20)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(name=LETTERS, data=st.data())
def test_every_part_of_a_name_leads_to_it(name, data):
    start = data.draw(st.integers(0, len(name) - 1))
    part = name[start : data.draw(st.integers(start + 1, len(name)))]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT parties_pairs(%s) @> parties_pairs_asked(%s, 'anywhere')", [name, part]
        )
        assert cursor.fetchone()[0]


@given(text=st.text(max_size=30), words=st.lists(st.text(min_size=1, max_size=3), max_size=3))
def test_marking_changes_no_letter(text, words):
    assert "".join(piece.text for piece in marked(text, words)) == text


def test_marking_sees_through_wide_letters():
    pieces = marked("Ａ1道路", ["a1"])

    assert [(piece.text, piece.changed) for piece in pieces] == [("Ａ1", True), ("道路", False)]
