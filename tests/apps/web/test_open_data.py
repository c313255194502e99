"""Open data: what everybody may know, whole, in three formats, streamed; nothing else."""

import csv
import io
import json
import tracemalloc
from datetime import date
from decimal import Decimal
from zipfile import ZipFile

import pytest
from django.urls import reverse
from openpyxl import load_workbook

import city_hall
from apps.cycle import monitored
from gongzhi.core.privacy.suppressing import suppressed, suppressed_together
from gongzhi.cycle.models import Evidence
from gongzhi.cycle.open_data import ROWS, open_rows
from gongzhi.papers.streamed_workbook import write_streamed
from gongzhi.rules.open_data import load_open_data
from gongzhi.web.open_files import csv_lines, json_lines

ROW = (
    "P1",
    "指标",
    date(2026, 1, 1),
    date(2026, 1, 31),
    Decimal("1.5"),
    "unit",
    "某局",
    None,
    1,
    2,
)


@pytest.fixture
def told(region):
    unit = monitored.ahead(within=region, payee="某公司")
    monitored.disclose(unit)
    return unit


def rows_of(answer) -> list[list[str]]:
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.django_db
def test_every_set_has_rows_as_its_dictionary_says(told):
    city_hall.published(told)
    for code, dataset in load_open_data().datasets.items():
        for row in open_rows(code):
            assert len(row) == len(dataset.fields), code
    assert ROWS.keys() == load_open_data().datasets.keys()


@pytest.mark.django_db
def test_the_three_formats_say_the_same(told, client):
    lines = rows_of(client.get(reverse("open-dataset", args=["payments", "csv"])))
    assert lines[0] == ["project", "month", "amount", "count"]
    assert lines[1] == ["P1", "2026-01", "120000.00", "1"]
    assert len(lines) == 9
    told_json = json.loads(
        b"".join(client.get(reverse("open-dataset", args=["payments", "json"])).streaming_content)
    )
    assert [list(map(str, row.values())) for row in told_json["rows"]] == lines[1:]
    assert told_json["fields"][2]["en"] == "Paid"
    book = b"".join(
        client.get(reverse("open-dataset", args=["payments", "xlsx"])).streaming_content
    )
    sheet = load_workbook(io.BytesIO(book), read_only=True).active
    assert [cell.value for cell in next(sheet.iter_rows())] == lines[0]
    assert ZipFile(io.BytesIO(book)).testzip() is None


@pytest.mark.django_db
def test_nobodys_payee_and_no_hidden_project_is_in_any_set(region, client):
    unit = monitored.ahead(within=region, payee="某收款公司")
    everything = "".join(
        client.get(reverse("open-dataset", args=[code, "csv"])).getvalue().decode() for code in ROWS
    )
    assert unit.project.code not in everything
    monitored.disclose(unit)
    everything = "".join(
        client.get(reverse("open-dataset", args=[code, "csv"])).getvalue().decode() for code in ROWS
    )
    assert unit.project.code in everything
    assert "某收款公司" not in everything


@pytest.mark.django_db
def test_counts_of_few_people_are_withheld(told):
    reading = monitored.read(told, "sat", date(2026, 8, 31), 92)
    Evidence.objects.create(
        reading=reading,
        kind="survey",
        shows="问卷",
        asked=12,
        answered=7,
        method="随机抽样",
        made_on=date(2026, 8, 31),
        added_on=date(2026, 8, 31),
    )
    (row,) = [each for each in open_rows("readings") if each[1] == "sat"]
    assert row[-2:] == (None, None)


@pytest.mark.django_db
def test_the_page_and_the_dictionary_are_everybodys(client):
    assert client.get(reverse("open-data")).status_code == 200
    told = client.get(reverse("open-dictionary")).json()
    assert {each["code"] for each in told["datasets"]} == set(ROWS)
    assert client.get(reverse("open-dataset", args=["secrets", "csv"])).status_code == 404
    assert client.get(reverse("open-dataset", args=["projects", "exe"])).status_code == 404


def test_a_small_count_is_withheld_with_what_would_tell_it():
    assert suppressed(0, least=10) == 0
    assert suppressed(9, least=10) is None
    assert suppressed_together(100, 95, least=10) == (None, None)
    assert suppressed_together(100, 80, least=10) == (100, 80)


@pytest.mark.deep
def test_a_hundred_thousand_rows_take_no_more_memory_than_a_thousand(tmp_path):
    readings = load_open_data().datasets["readings"]

    def peak(count: int) -> int:
        tracemalloc.start()
        for lines in (csv_lines, json_lines):
            for _ in lines(readings, (ROW for _ in range(count))):
                pass
        write_streamed(
            tmp_path / "open.xlsx", name="r", heads=["x"] * 10, rows=(ROW for _ in range(count))
        )
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    assert peak(100_000) < peak(1_000) + 2_000_000
