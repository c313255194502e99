"""Anybody counts a published vote again: pictures, tables, reasons, in both languages."""

import gzip

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from gongzhi.web.pages.participation.recount.recounting import EXAMPLE
from machine import REPOSITORY

pytestmark = pytest.mark.django_db
VOTE = EXAMPLE.read_bytes()


def counted(client, content=VOTE, *, status=200, **asked):
    file = SimpleUploadedFile("vote.pb", content)
    answer = client.post(reverse("recount"), {"file": file, **asked})
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("zh-hans", ("均等份额", "为什么", "各人的份额去了哪里")),
        ("en", ("Equal Shares", "Where shares went")),
    ],
)
def test_s60_the_example_is_shown_in_both_languages(client, language, words):
    client.cookies["django_language"] = language
    said = client.get(reverse("recount"), {"example": "1"}).content.decode()
    assert all(word in said for word in words)
    assert "data-chart" in said
    assert "篮球场翻修" in said


def test_the_example_of_the_page_is_that_of_the_docs():
    assert (REPOSITORY / "docs" / "tutorials" / "sample-vote.pb").read_bytes() == VOTE


def test_s60_a_given_file_is_counted_as_it_was_decided(client):
    said = counted(client, gzip.compress(VOTE), rule="as-decided")
    assert "与当时资助的一样" in said
    assert "--rule greedy" in said


@pytest.mark.parametrize("rule", ["greedy", "greedy-no-skip", "phragmen", "max-welfare", "dice"])
def test_every_rule_can_be_asked_for(client, rule):
    assert "换一种规则会怎样" in counted(client, rule=rule, threshold="20", utility="cardinality")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"nothing", "缺少 META, PROJECTS, VOTES 一节"),
        (VOTE.replace(b"budget;500000", b"budget;nan"), "不是可用的金额"),
    ],
)
def test_a_file_that_cant_be_counted_is_answered_with_what_to_do(client, content, words):
    said = counted(client, content, status=422)
    assert words in said
    assert "这份文件计不了票" in said


def test_what_could_not_be_read_is_shown_beside_the_count(client):
    said = counted(client, VOTE + b"999;nobody\n")
    assert "nobody" in said
    assert "文件里没有算的" in said


def test_without_a_file_the_page_says_so(client):
    answer = client.post(reverse("recount"), {"rule": "greedy"})
    assert answer.status_code == 422
    assert "还没有选文件" in answer.content.decode()


def test_shares_that_grow_very_often_are_not_waited_for(client):
    rich = VOTE.replace(b"budget;500000", b"budget;900000000000")
    big = rich.replace(b";180000;", b";999999999999;").replace(b";95000;", b";800000000001;")
    assert counted(client, big)
