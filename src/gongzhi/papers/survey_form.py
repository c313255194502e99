"""A survey as a paper form: A4, numbered, with a code that leads to answering online instead.

And as a table in which somebody keys papers in elsewhere: written here, filled in, read back.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from unicodedata import normalize

import segno
import typst

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.listing import Sheet as ReadSheet
from gongzhi.intake.lists import open_list
from gongzhi.papers.drawn_pdf import FONTS, is_covered
from gongzhi.papers.plain import plain
from gongzhi.papers.workbook import Column, Sheet, workbook

TEMPLATE = str(Path(__file__).parent / "survey_form.typ")
SHEET, EXPLAINED = "录入", "说明"
NUMBER = "问卷编号"
SEVERAL = "、,，;； "
WIDE = 40
NOT_THIS_TABLE = Said("这不是录入表：第一行找不到“问卷编号”")
DOWNLOAD_AGAIN = Said("请下载这份问卷的录入表，填好再上传")


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedQuestion:
    """A question as the form prints it; options with what is keyed in for each."""

    number: int
    text: str
    options: tuple[tuple[int, str], ...]
    several: bool = False
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedSurvey:
    """The form of a survey: who asks what, how, until when."""

    title: str
    notes: tuple[str, ...]
    questions: tuple[PrintedQuestion, ...]
    said_of_code: str
    language: str = "zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedRow:
    """A row of the table: its line, the paper's number, what stands below each head."""

    line: int
    number: str
    given: Mapping[int, Sequence[str]]


def survey_forms(survey: PrintedSurvey, papers: Sequence[tuple[str, str]]) -> bytes:
    """A form for each paper, by its number and the address that its code leads to."""
    data = {
        "title": plain(survey.title),
        "notes": [plain(each) for each in survey.notes],
        "language": survey.language,
        "said_of_code": plain(survey.said_of_code),
        "questions": [
            {
                "number": each.number,
                "text": plain(each.text),
                "hint": plain(each.hint),
                "several": each.several,
                "options": [[code, plain(text)] for code, text in each.options],
            }
            for each in survey.questions
        ],
        "papers": [
            {"number": number, "address": address, "code": _code(address)}
            for number, address in papers
        ],
    }
    text = json.dumps(data, ensure_ascii=False)
    return typst.compile(
        TEMPLATE,
        font_paths=[str(FONTS)],
        ignore_system_fonts=is_covered(text),
        sys_inputs={"survey": text},
        pdf_standards="ua-1",
    )


def _code(address: str) -> str:
    out = BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=1, scale=4)
    return out.getvalue().decode()


def keying_table(survey: PrintedSurvey, numbers: Sequence[str]) -> bytes:
    """The table to key papers in elsewhere, with what each figure means on a sheet of its own."""
    heads = [Column(NUMBER, width=16)]
    heads += [Column(_head(each), width=18, asked=True) for each in survey.questions]
    blank = [""] * len(survey.questions)
    rows = [[number, *blank] for number in numbers]
    meanings = [[f"第 {each.number} 题", each.text, _meaning(each)] for each in survey.questions]
    explained = [Column("题号", width=10), Column("题目", width=WIDE), Column("填什么", width=WIDE)]
    return workbook(
        [
            Sheet(name=SHEET, columns=heads, rows=rows, locked=True),
            Sheet(name=EXPLAINED, columns=explained, rows=meanings),
        ]
    )


def _head(question: PrintedQuestion) -> str:
    return f"{question.number}. {question.text}"


def _meaning(question: PrintedQuestion) -> str:
    options = "；".join(f"{code} {text}" for code, text in question.options)
    return f"{options}（可填几个，用顿号隔开）" if question.several else options or "照写"


def read_keying_table(
    name: str, content: bytes, survey: PrintedSurvey
) -> Sequence[KeyedRow] | Problem:
    """The rows that somebody keyed in, xlsx or CSV; or why they can't be read."""
    listing = open_list(name, content)
    if isinstance(listing, Problem):
        return listing
    for sheet in listing.sheets:
        rows = _rows(sheet, survey)
        if rows is not None:
            return rows
    return Problem(where=Where(), what=NOT_THIS_TABLE, hint=DOWNLOAD_AGAIN)


def _rows(sheet: ReadSheet, survey: PrintedSurvey) -> Sequence[KeyedRow] | Problem | None:
    """The rows of a sheet; none where its first row isn't the table's heads."""
    found: list[tuple[int, list[str]]] = []
    for each in sheet.rows():
        if isinstance(each, Problem):
            return each
        found.append((each[0], each[1]))
    heads = [head.strip() for head in found[0][1]] if found else []
    if NUMBER not in heads:
        return None
    return list(_filled(found[1:], heads, survey))


def _filled(
    rows: Sequence[tuple[int, Sequence[str]]], heads: Sequence[str], survey: PrintedSurvey
) -> Iterator[KeyedRow]:
    """Rows with anything keyed in; a question is known by the number before its words."""
    places = {head.partition(".")[0].strip(): place for place, head in enumerate(heads)}
    for line, cells in rows:
        number = _cell(cells, heads.index(NUMBER))
        given = {
            each.number: _said(each, _cell(cells, places[str(each.number)]))
            for each in survey.questions
            if str(each.number) in places
        }
        if number and any(given.values()):
            yield KeyedRow(line=line, number=number, given=given)


def _said(question: PrintedQuestion, cell: str) -> list[str]:
    if not cell:
        return []
    if not question.several:
        return [cell]
    for sign in SEVERAL:
        cell = cell.replace(sign, "\n")
    return [each for each in cell.splitlines() if each]


def _cell(cells: Sequence[str], place: int) -> str:
    return normalize("NFKC", plain(cells[place])).strip() if place < len(cells) else ""
