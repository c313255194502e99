"""The charter's pages: the text beside its rights, one clause, the matrix, sources, gaps."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

import city_hall
from gongzhi.core.charter import SYSTEM
from gongzhi.parties.actions.charter import take_up_model_text
from gongzhi.parties.actions.setting_up import register_organisation
from gongzhi.parties.models import Adoption, Deed, Office
from gongzhi.parties.rights import charter_in_force

DECISION = {
    "key": "once",
    "authority": "某市人民政府",
    "document_number": "某政发〔2026〕3号",
    "in_force_from": "2020-01-01",
}
pytestmark = pytest.mark.django_db


def page(client: Client, name: str, *args: str, language: str = "zh-hans", **query: str) -> str:
    client.cookies["django_language"] = language
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_whole_text_stands_beside_the_rights_it_gives(client: Client):
    content = page(client, "charter")
    for clause in charter_in_force().clauses.values():
        assert f'id="clause-{clause.number}"' in content
        assert clause.title.zh in content
    assert "公开自评表" in content
    assert "岗位角色是公开审查岗" in content


def test_a_search_leaves_the_clauses_that_speak_of_it(client: Client):
    content = page(client, "charter", q="不得自审")
    assert 'id="clause-3.3"' in content
    assert 'id="clause-4.1"' not in content
    assert "没有条文含有这些字" in page(client, "charter", q="没有这样的话")


def test_a_search_finds_english_words_and_numbers_too(client: Client):
    assert 'id="clause-4.3"' in page(client, "charter", language="en", q="PUBLISHING a form")
    assert 'id="clause-4.3"' in page(client, "charter", q="4.3")


def test_a_clause_has_a_page_that_can_be_held_up(client: Client):
    content = page(client, "clause", "5.3")
    assert charter_in_force().clauses["5.3"].text.zh in content
    assert "15 个工作日内" in content
    assert "http://testserver/charter/clauses/5.3/" in content
    assert "<svg" in content


@pytest.mark.parametrize("number", ["0.0", "99.1", "4", "x", "4.3.1"])
def test_a_clause_that_is_not_there_is_not_found(client: Client, number: str):
    assert client.get(reverse("clause", args=[number])).status_code == 404


def test_the_matrix_says_what_each_party_may_do(client: Client):
    content = page(client, "charter-matrix", verb="publish_form")
    assert "岗位角色是公开审查岗" in content
    assert "§ 4.3" in content
    assert 'id="draft_form"' not in content


def test_the_matrix_of_one_party_leaves_out_what_it_may_not_do(client: Client):
    content = page(client, "charter-matrix", party="citizen")
    assert 'id="share_result"' in content
    assert 'id="publish_form"' not in content


def test_filters_take_only_what_they_show(client: Client):
    assert client.get(reverse("charter-matrix"), {"party": "nobody"}).status_code == 400
    assert client.get(reverse("institutions"), {"level": "x"}).status_code == 400


def test_an_institution_says_which_clauses_and_rights_hang_on_it(client: Client):
    content = page(client, "institution", "budget-law")
    assert reverse("clause", args=["4.3"]) in content
    assert "公开自评表" in content
    assert client.get(reverse("institution", args=["nothing"])).status_code == 404


def test_the_register_is_searched_and_filtered(client: Client):
    assert "中华人民共和国审计法" in page(client, "institutions", q="审计")
    assert "中华人民共和国审计法" not in page(client, "institutions", text="unread")
    assert "没有这样的制度" in page(client, "institutions", force="lapsed")


def test_the_list_of_gaps_names_what_is_lacking(client: Client):
    content = page(client, "charter-gaps")
    assert "没有期限的义务" in content
    assert "没有核对过原文的依据" in content


@pytest.mark.parametrize("name", ["charter-document", "charter-model"])
def test_the_text_comes_as_a_document(client: Client, name: str):
    answer = client.get(reverse(name))
    words = "\n".join(
        paragraph.text for paragraph in Document(io.BytesIO(answer.content)).paragraphs
    )
    assert charter_in_force().clauses["1.1"].text.zh in words


@pytest.fixture
def issuer() -> Office:
    take_up_model_text(by=SYSTEM)
    hall = register_organisation(
        by=SYSTEM, region=city_hall.region(), code="1", name="某市政府办", kind="government"
    )
    return city_hall.office(hall, "签发", "issuer")


@pytest.mark.unadopted
def test_a_part_that_nobody_adopted_says_that_its_rights_are_off(client: Client):
    content = page(client, "charter")
    assert "尚未在本地施行" in content
    assert "本章尚未施行，现在不能行使" in content
    assert "12 章中已施行 3 章" in page(client, "charter-adoption")


@pytest.mark.unadopted
def test_a_legal_office_sees_under_which_document_a_part_is_in_force(
    client: Client, issuer: Office
):
    client.force_login(issuer.person)
    answer = client.post(reverse("adopt_part", args=["5"]), DECISION, follow=True)
    assert answer.status_code == 200
    assert Adoption.objects.get().part == "5"
    for name, args in (("charter-part", ("5",)), ("charter-adoption", ()), ("clause", ("5.3",))):
        content = page(Client(), name, *args)
        assert "某政发〔2026〕3号" in content
        assert "某市人民政府" in content
        assert "2020-01-01" in content


@pytest.mark.unadopted
def test_a_decision_sent_twice_is_taken_once(client: Client, issuer: Office):
    client.force_login(issuer.person)
    for _ in range(2):
        answer = client.post(reverse("adopt_part", args=["5"]), DECISION, follow=True)
        assert answer.status_code == 200
    assert Deed.objects.filter(verb="adopt_part").count() == 1
    assert "已经办过" in answer.content.decode()


@pytest.mark.unadopted
@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("authority", "", "没有写：印发机关"),
        ("document_number", " ", "没有写：文号"),
        ("in_force_from", "明天", "看不懂：自何日起"),
        ("in_force_until", "2019-12-31", "截止日期早于起始日期"),
        ("authority", "某" * 101, "写得太长：印发机关"),
    ],
)
def test_a_decision_that_cannot_be_taken_says_why_and_keeps_what_was_written(
    client: Client, issuer: Office, field: str, value: str, said: str
):
    client.force_login(issuer.person)
    answer = client.post(reverse("adopt_part", args=["5"]), {**DECISION, field: value})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert "某政发" in answer.content.decode() or field == "document_number"
    assert not Adoption.objects.exists()


@pytest.mark.unadopted
def test_a_suspended_part_is_off_and_says_so(client: Client, issuer: Office):
    client.force_login(issuer.person)
    client.post(reverse("adopt_part", args=["5"]), DECISION)
    later = {**DECISION, "key": "two", "document_number": "某政发〔2026〕9号"}
    client.post(reverse("suspend_part", args=["5"]), later)
    content = page(client, "charter-part", "5")
    assert "已停止施行" in content
    assert "某政发〔2026〕9号" in content
    assert "某政发〔2026〕3号" in content


@pytest.mark.unadopted
def test_nobody_else_decides_on_a_part(client: Client, issuer: Office):
    answer = client.post(reverse("adopt_part", args=["5"]), DECISION)
    assert answer.status_code == 403
    assert not Adoption.objects.exists()
    assert "施行这一章</button>" not in page(client, "charter-part", "5")


def test_a_part_that_is_not_there_is_not_found(client: Client):
    assert client.get(reverse("charter-part", args=["77"])).status_code == 404
    assert client.post(reverse("adopt_part", args=["77"]), DECISION).status_code == 404


def test_an_older_version_can_be_read_and_a_version_that_is_not_there_cannot(client: Client):
    assert client.get(reverse("charter"), {"version": "1"}).status_code == 200
    assert client.get(reverse("charter"), {"version": "7"}).status_code == 404
    assert client.get(reverse("charter"), {"version": "x"}).status_code == 400


def test_the_matrix_counts_how_often_a_right_was_used(client: Client):
    unit = city_hall.unit("1", within=city_hall.region())
    city_hall.published(unit)
    content = page(client, "charter-matrix", verb="publish_form", party="government")
    assert "<span>1</span>" in content
