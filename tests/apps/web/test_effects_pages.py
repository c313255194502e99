"""Effects on outcomes as a page: pasted, given as a file, from a project's readings."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook

import city_hall
from gongzhi.cycle.models import Reading
from gongzhi.parties.business_date import business_date
from real_input import real_input
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
YEARS = range(2012, 2026)
ROWS = [[year, 45 + n if n >= 8 else 50 + n, 40 + n, 60 + n] for n, year in enumerate(YEARS)]
TABLE = "\n".join("\t".join(map(str, row)) for row in [["年份", "有", "甲", "乙"], *ROWS])


def compared(client, *, status: int = 200, **given) -> str:
    answer = client.post(reverse("effects"), given)
    assert answer.status_code == status, answer.content.decode()[:1500]
    return answer.content.decode()


@pytest.mark.parametrize(
    ("language", "words", "limits"),
    [
        ("zh-hans", "之后平均低 5", "不能说明什么"),
        ("en", "5 lower", "What this can’t show"),
    ],
)
def test_a_pasted_table_is_compared_in_both_languages(client, language, words, limits):
    client.cookies["django_language"] = language
    said = compared(client, table=TABLE, since="2020", treated=["有"])
    assert words in said
    assert limits in said
    assert "data-chart" in said


def test_a_workbook_is_compared_and_its_table_can_be_changed(client):
    book, content = Workbook(), BytesIO()
    for row in [["年份", "有", "甲", "乙"], *ROWS]:
        book.active.append(row)
    book.save(content)
    file = SimpleUploadedFile("结果.xlsx", content.getvalue())
    said = compared(client, file=file, since="2020")
    assert "之后平均低 5" in said
    assert "2025\t58\t53\t73" in said


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"table": ""}, "还没有给数据"),
        ({"table": "年份,甲\n2024,1\n2025,很好\n"}, "第 3 行第 2 列"),
        ({"table": TABLE, "since": "去年"}, "写成 2025 那样"),
        ({"table": TABLE, "since": "2020-07"}, "写成 2025 那样"),
    ],
)
def test_what_cant_be_used_is_said_and_kept(client, given, words):
    said = compared(client, status=422, **given)
    assert words in said
    assert given["table"].rpartition("\n")[2] in said


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_whoever_has_no_data_tries_an_example(client, language):
    client.cookies["django_language"] = language
    link = 'href="?example=1&amp;since=2022#result"'
    assert link in client.get(reverse("effects")).content.decode()
    text = client.get(f"{reverse('effects')}?example=1&since=2022").content.decode()
    assert link not in text
    assert 'id="result"' in text
    assert "<h2" in text.partition('id="result"')[2]


def test_too_little_is_said_and_not_guessed(client):
    assert "这些数据还比不出来" in compared(client, table="年份,甲\n2024,1\n2025,2\n")


def read(unit, months) -> None:
    for year, month, value in months:
        Reading.objects.create(
            project=unit.project,
            indicator="pm25",
            starts_on=date(year, month, 1),
            ends_on=date(year, month, 28),
            value=value,
            source="unit",
            organisation=unit.organisation,
            read_on=business_date(),
        )


def test_a_projects_readings_are_shown_month_by_month_to_whoever_reads_it(unit, client):
    read(unit, [(2025, month, 40 - (month > 8) * 5) for month in range(1, 13)])
    address = f"{reverse('effects')}?project={unit.project.pk}&indicator=pm25&since=2025-09"
    assert client.get(address).status_code == 404
    city_hall.published(unit)
    said = client.get(address).content.decode()
    assert "从 2025-09 起算有项目" in said
    assert "2025-12\t35" in said
    assert "前后比较" in said


def test_without_readings_it_asks_for_data(unit, client):
    city_hall.published(unit)
    address = f"{reverse('effects')}?project={unit.project.pk}&indicator=pm25"
    assert "还没有可用的读数" in client.get(address).content.decode()


@pytest.mark.deep
def test_a_tobacco_law_on_the_page_is_what_was_published():
    file = real_input("impact") / "smoking_data.csv"
    rows = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()]
    plain = "\n".join(["state,year,value", *(",".join(row[:3]) for row in rows[1:])])
    said = compared(VerifiedClient(), table=plain, since="1989", treated=["California"])
    assert "低 15.6" in said
    assert "低 27.35" in said
