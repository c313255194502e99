"""Evenness and efficiency as pages: examples, pasted tables, files, and what can't be read."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

pytestmark = pytest.mark.django_db
PLACES = "学校\t片区\t经费\t学生数\n甲\t东\t100\t100\n乙\t东\t300\t100\n丙\t西\t200\t100\n"
UNITS = "医院,投入：医生,产出：门诊\n甲,10,100\n乙,10,50\n"


def page(client, name: str, **query) -> str:
    answer = client.get(reverse(name), query)
    assert answer.status_code == 200
    return answer.content.decode()


def sent(client, name: str, *, status: int = 200, **given) -> str:
    answer = client.post(reverse(name), given)
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words"),
    [("zh-hans", "差距的"), ("en", "of the differences lie between the groups")],
)
def test_the_schools_of_the_demo_city_before_and_after(client, language, words):
    client.cookies["django_language"] = language
    said = page(client, "equity", example="schools")
    assert words in said
    assert said.count("data-chart") == 4
    assert "雾岭镇" in said


def test_w04_every_chart_has_a_sentence_and_a_table(client):
    for name, query in (("equity", "schools"), ("efficiency", "hospitals")):
        said = page(client, name, example=query)
        assert said.count("<figcaption><h3>") == said.count("data-chart=")
        assert said.count("<caption>") >= said.count("data-chart=")


def test_a_pasted_table_is_measured_and_kept_in_the_form(client):
    said = sent(client, "equity", table=PLACES)
    assert "3.00 倍" in said
    assert "丙\t西" in said


def test_before_and_now_stand_side_by_side(client):
    table = "学校,去年,今年,学生数\n甲,100,200,100\n乙,300,200,100\n"
    said = sent(client, "equity", table=table, amount="今年", before="去年")
    assert "以前和现在" in said
    assert "-0.250" in said


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ("", "还没有给数据"),
        ("学校,经费,学生数\n甲,-1,5\n", "第 2 行第 2 列"),
        ("学校,经费,学生数\n甲,x,5\n", "第 2 行第 2 列"),
        ("学校,经费,学生数\n甲,1,0\n", "第 2 行第 3 列"),
        ("学校,经费,学生数\n甲,0,1\n", "都是零"),
        ("学校,经费\n甲,1\n", "没有“heads”这一列"),
    ],
)
def test_evenness_of_a_bad_table_says_what_and_where_and_keeps_it(client, table, named):
    said = sent(client, "equity", table=table, status=422)
    assert named in said
    if table:
        assert "甲," in said


def test_the_hospitals_of_the_demo_city_with_whom_to_learn_from(client):
    said = page(client, "efficiency", example="hospitals")
    assert "可以学习" in said
    assert "蓼岭镇卫生院" in said


def test_a_file_of_units_is_compared_by_outputs(client):
    file = SimpleUploadedFile("医院.csv", UNITS.encode())
    given = {"file": file, "returns": "crs", "orientation": "output"}
    assert "产出可以多 100.0%" in sent(client, "efficiency", **given)


@pytest.mark.parametrize(
    ("table", "named"),
    [
        ("", "还没有给数据"),
        ("医院,医生,门诊\n甲,1,1\n", "看不出"),
        ("医院,投入：医生,产出：门诊\n甲,0,1\n", "投入都是零"),
        ("医院,投入：医生,产出：门诊\n甲,nan,1\n", "第 2 行第 2 列"),
        ("医院,投入：医生,产出：门诊\n甲,1,1\n甲,1,1\n", "出现两次"),
    ],
)
def test_efficiency_of_a_bad_table_says_what_and_where(client, table, named):
    assert named in sent(client, "efficiency", table=table, status=422)


def test_what_is_asked_otherwise_than_known_is_the_usual(client):
    said = sent(client, "efficiency", table=UNITS, returns="x", orientation="y")
    assert "在前沿上" in said


def test_the_remote_schools_teachers_are_compared_with_the_others(client):
    said = page(client, "effects", example="teachers", since="2024")
    assert "雾岭镇" in said
    assert "95% 区间" in said
