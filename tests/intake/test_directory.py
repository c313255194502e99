"""Archives are counted, not believed; how their parts begin is looked at."""

import time
from functools import cache
from io import BytesIO
from zipfile import ZipFile

import pytest

from gongzhi.city.forms import sample_form
from gongzhi.city.sample_papers import sample_docx, sample_xlsx
from gongzhi.core.terms import Problem
from gongzhi.intake.directory import entry_count
from gongzhi.intake.gate import inspect
from gongzhi.intake.kinds import Kind
from gongzhi.words import say
from intake.hostile_files import bomb, office_file, understated, with_large_end

TOO_MANY = "压缩包里的部件超过 2000 个，不像办公文件"
DOCTYPE = "文件里夹带了文档类型声明（DOCTYPE），办公软件不会这样写"


def answered_at_once(content: bytes) -> str:
    started = time.process_time()
    answer = inspect(content)
    assert time.process_time() - started < 0.05
    assert isinstance(answer, Problem)
    return say(answer.what, "zh")


@cache
def many(count: int) -> bytes:
    return office_file({f"{number}": b"" for number in range(count)})


def test_the_count_is_what_the_archive_holds() -> None:
    content = sample_docx(sample_form("008"))

    assert entry_count(content, most=2000) == len(ZipFile(BytesIO(content)).namelist())


def test_s40_a_gigabyte_in_a_megabyte_is_refused() -> None:
    assert answered_at_once(bomb()) == "解开后有 1024 MB，超过 300 MB"


@pytest.mark.parametrize("count", [2000, 38_000, 60_000])
def test_s42_a_directory_that_lies_about_its_count_is_counted(count: int) -> None:
    assert answered_at_once(understated(many(count), count=3)) == TOO_MANY


def test_s42_a_second_end_record_does_not_hide_entries() -> None:
    assert answered_at_once(with_large_end(many(60_000), announced=3)) == TOO_MANY


def test_an_exporter_that_always_writes_the_end_for_large_archives_is_let_in() -> None:
    assert inspect(with_large_end(sample_xlsx(sample_form("008")))) is Kind.XLSX


def test_s42_an_archive_behind_other_bytes_is_no_office_file() -> None:
    assert answered_at_once(b"PK00" + bomb()) == "认不出这种文件"


def test_a_table_of_text_may_begin_with_the_letters_of_an_archive() -> None:
    assert inspect("PK,项目名称\n1,道路养护\n".encode()) is Kind.CSV


@pytest.mark.parametrize("name", ["word/media/image1.png", "docProps/thumbnail.jpeg"])
def test_s42_an_archive_that_poses_as_a_picture_is_found(name: str) -> None:
    assert answered_at_once(office_file({name: many(1)})) == "压缩包里还有压缩包"


def test_the_workbook_behind_a_chart_is_no_hidden_archive() -> None:
    chart = {"word/embeddings/Microsoft_Excel_Sheet1.xlsx": sample_xlsx(sample_form("008"))}

    assert inspect(office_file(chart)) is Kind.DOCX


@pytest.mark.parametrize("kind", ["word", "xl"])
@pytest.mark.parametrize("part", ["docProps/core.xml", "customXml/item1.xml", "_rels/.rels"])
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
        '<!-- <!-- --><!DOCTYPE x SYSTEM "http://203.0.113.1/x.dtd">',
    ],
)
def test_s43_a_document_type_in_any_part_is_refused(
    kind: str, part: str, charset: str, declared: str
) -> None:
    xml = f'<?xml version="1.0" encoding="{charset}"?>{declared}<x/>'.encode(charset)

    assert answered_at_once(office_file({part: xml}, kind=kind)) == DOCTYPE


def test_a_text_about_document_types_is_let_in() -> None:
    text = b"<x><![CDATA[<!DOCTYPE html>]]></x>"

    assert inspect(office_file({"customXml/item1.xml": text})) is Kind.DOCX


def test_s42_two_thousand_parts_are_looked_at_in_time() -> None:
    parts = {f"word/{number}.xml": b"<x>" * 2000 for number in range(1990)}
    hidden = parts | {"word/last.xml": b"<!DOCTYPE x><x/>"}
    content = office_file(hidden)

    started = time.process_time()
    answer = inspect(content)

    assert time.process_time() - started < 0.5
    assert isinstance(answer, Problem)
