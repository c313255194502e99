"""The charter's pages: the text beside its rights, one clause, the matrix, sources, gaps."""

import io

import pytest
from django.test import Client
from django.urls import reverse
from docx import Document

from gongzhi.parties.rights import charter_in_force

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
