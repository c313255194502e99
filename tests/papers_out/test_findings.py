"""What the check gives back on paper: a page, a ledger, a letter to each unit."""

import re
from dataclasses import replace
from io import BytesIO

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from lxml import html

from gongzhi.city.forms import sample_form, sample_forms
from gongzhi.core.terms import Form, Problem, Said, Where
from gongzhi.papers.checking import CheckedFile, check_under
from gongzhi.papers.findings_html import findings_html
from gongzhi.papers.findings_xlsx import findings_xlsx
from gongzhi.papers.letters import Letter, file_names, letters, safe_name

EVIL = "<script>alert(1)</script>\"&=cmd|'/C calc'!A0\x00\x1b"


def checked_file(name: str, *forms: Form) -> CheckedFile:
    results = [check_under(form) for form in forms]
    return CheckedFile(
        name=name,
        forms=tuple(checked for checked, _ in results),
        reasons=tuple(why for _, why in results),
    )


def samples() -> list[CheckedFile]:
    return [checked_file(f"{sample.record}.docx", sample.form) for sample in sample_forms()]


def evil() -> CheckedFile:
    form = sample_form("008")
    rows = tuple(replace(row, level3=EVIL, actual_text=f"≥{EVIL}") for row in form.indicators)
    return checked_file(EVIL, replace(form, project=EVIL, unit=EVIL, indicators=rows))


# the page


def test_the_page_holds_every_form_and_every_finding() -> None:
    files = samples()
    page = html.document_fromstring(findings_html(files, language="zh"))

    forms = [form for file in files for form in file.forms]
    assert len(page.xpath("//section[@class='form']")) == len(forms)
    assert len(page.xpath("//ol[@class='findings']/li")) == sum(len(f.findings) for f in forms)


def test_every_mark_leads_to_its_finding() -> None:
    page = html.document_fromstring(findings_html(samples(), language="zh"))

    targets = [link.get("href").removeprefix("#") for link in page.xpath("//a")]
    assert targets
    assert all(page.xpath(f"//*[@id='{target}']") for target in targets)


def test_w10_the_page_asks_for_nothing_from_anywhere() -> None:
    text = findings_html(samples(), language="zh").decode()

    assert not re.search(r"\b(src|srcset|action|@import)\s*=?\s*[\"']?(https?:)?//", text)
    assert not re.search(r"https?://|url\(", text)
    assert "<script" not in text
    assert "default-src 'none'" in text


def test_s32_what_a_form_says_never_becomes_markup() -> None:
    text = findings_html([evil()], language="zh").decode()

    assert "<script" not in text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in text
    assert "\x00" not in text
    assert "\x1b" not in text


def test_the_page_tells_what_could_not_be_read() -> None:
    problem = Problem(where=Where(page=3), what=Said("没有这个文件"), hint=Said("换一份文件再试"))
    page = findings_html([CheckedFile(name="坏.pdf", problems=(problem,))], language="zh").decode()

    assert "坏.pdf" in page
    assert "第 3 页" in page
    assert "换一份文件再试" in page


def test_the_page_speaks_english_too() -> None:
    text = findings_html([checked_file("a.docx", sample_form("008"))], language="en").decode()

    assert '<html lang="en">' in text
    assert "Stated total" in text
    assert "deduction is not in proportion" in text


# the ledger


def test_the_ledger_has_a_row_for_each_form_and_each_finding() -> None:
    files = samples()
    book = openpyxl.load_workbook(BytesIO(findings_xlsx(files, language="zh")))

    forms = [form for file in files for form in file.forms]
    assert book.sheetnames == ["各表", "发现的问题", "读不了的内容"]
    assert book["各表"].max_row == 1 + len(forms)
    assert book["发现的问题"].max_row == 1 + sum(len(form.findings) for form in forms)


def test_the_ledger_gives_money_in_yuan_and_both_totals() -> None:
    book = openpyxl.load_workbook(
        BytesIO(findings_xlsx([checked_file("a.docx", sample_form("008"))], language="zh"))
    )
    head, row = (list(line) for line in book["各表"].iter_rows(values_only=True))
    told = dict(zip(head, row, strict=True))

    assert told["全年预算数（元）"] == 387664.62
    assert told["年初预算数（元）"] is None
    assert (told["自报总分"], told["重算总分"], told["等级"]) == (96, 99.8, "优")
    assert told["算术不符"] == 2


def test_s44_nothing_in_the_ledger_is_a_formula() -> None:
    book = openpyxl.load_workbook(BytesIO(findings_xlsx([evil()], language="zh")))

    kinds = {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


# the letters


def test_every_unit_with_findings_gets_one_letter() -> None:
    files = [*samples(), checked_file("再来一份.docx", sample_form("008"))]
    written = letters(files, language="zh")

    units = [letter.unit for letter in written]
    assert len(units) == len(set(units))
    assert "某省某县某中学" in units
    assert len({letter.file_name.casefold() for letter in written}) == len(written)


def test_a_form_without_unit_is_called_by_its_file_not_by_where_that_lay() -> None:
    nobody = replace(sample_form("008"), unit=None, department=None)

    [letter] = letters([checked_file("/srv/报送/表一.docx", nobody)], language="zh")

    assert (letter.unit, letter.file_name) == ("表一.docx", "修改意见-表一.docx.docx")


def letter_to(unit: str, language: str = "zh") -> Letter:
    return next(letter for letter in letters(samples(), language=language) if letter.unit == unit)


def test_a_letter_tells_place_print_sum_and_what_to_do_and_leaves_room_for_the_reply() -> None:
    document = docx.Document(BytesIO(letter_to("某省某县某中学").content))
    rows = [[cell.text for cell in row.cells] for row in document.tables[0].rows]

    assert rows[0] == ["序号", "所在位置", "表上所填", "问题和算式", "怎么办", "单位答复"]
    [row] = [row for row in rows if row[3].startswith("S2")]
    assert "实际完成值 98%；分值 10；得分 9" in row[2]
    assert "98 ÷ 100 × 10 = 9.8" in row[3]
    assert row[4].startswith("按完成值与指标值之比重算得分")
    assert row[5] == ""


def test_a_letter_counts_what_it_lists() -> None:
    document = docx.Document(BytesIO(letter_to("某省某县某中学").content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)

    assert "某省某县某中学：" in text
    assert "1 张绩效表，发现算术不符 2 处" in text


def test_every_run_of_a_letter_names_its_chinese_type_face() -> None:
    document = docx.Document(BytesIO(letter_to("某省某县某中学").content))

    for run in document.element.body.iter(qn("w:r")):
        assert run.find(qn("w:rPr")).find(qn("w:rFonts")).get(qn("w:eastAsia"))


def test_s46_a_letter_names_no_person_and_no_time() -> None:
    properties = docx.Document(BytesIO(letter_to("某省某县某中学").content)).core_properties

    assert properties.author == "共治"
    assert properties.last_modified_by == ""


def test_a_hostile_form_still_gives_a_letter() -> None:
    [letter] = letters([evil()], language="en")

    assert letter.file_name.endswith(".docx")
    assert docx.Document(BytesIO(letter.content)).tables


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("某县教育局", "某县教育局"),
        ("../../etc/passwd", "_.._etc_passwd"),
        ("C:\\a|b?", "C__a_b_"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("", "_"),
        ("...", "_"),
        ("a\x00b\nc", "ab c"),
    ],
)
def test_s42_a_unit_name_becomes_a_safe_file_name(text: str, name: str) -> None:
    assert safe_name(text) == name


def test_a_long_name_is_cut_between_characters() -> None:
    name = safe_name("长" * 300)

    assert len(name.encode()) <= 180
    assert set(name) == {"长"}


def test_names_that_a_system_holds_for_the_same_are_told_apart() -> None:
    assert file_names(["A", "a", "A"]) == ["A", "a(2)", "A(3)"]
