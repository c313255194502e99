"""A document becomes a Paper: its forms as values, and what could not be read."""

import json

from gongzhi.core.terms import Paper, Problem, Said, Where
from gongzhi.intake.document import Document
from gongzhi.intake.kinds import OPENED, kind_of
from gongzhi.intake.opening import open_document
from gongzhi.papers.reader.forming import form_of
from gongzhi.papers.reader.gaps import gaps_of
from gongzhi.papers.reader.joining import drafts_of
from gongzhi.papers.record import paper_as_record, paper_from_record


def read_document(document: Document) -> Paper:
    """The forms of an opened document, in reading order; a document without one says so."""
    drafts, problems = drafts_of(document)
    read = [(draft, form_of(draft)) for draft in drafts]
    gaps = (problem for draft, form in read for problem in gaps_of(draft, form))
    paper = Paper(
        name=document.name,
        forms=tuple(form for _, form in read),
        problems=(*document.problems, *document.notes, *problems, *gaps),
    )
    return paper if paper.forms or document.problems else paper.with_problem(_no_form(document))


def read_bytes(name: str, content: bytes) -> bytes:
    """Open and read a file: the task of the limited child, which answers in JSON."""
    paper = read_document(open_document(name, content))
    return json.dumps(paper_as_record(paper), ensure_ascii=False).encode()


def read_file(name: str, content: bytes) -> Paper:
    """A file as it came in: its forms, and every reason why something could not be read."""
    if kind_of(content) not in OPENED:
        return Paper(name=name, problems=(_unknown(),))
    return paper_from_record(json.loads(read_bytes(name, content)))


def _unknown() -> Problem:
    return Problem(
        where=Where(),
        what=Said("这种文件读不了"),
        hint=Said("请上传 docx、xlsx、xls、doc、文字版 PDF、HTML 或 CSV 文件"),
    )


def _no_form(document: Document) -> Problem:
    if not any(document.tables()):
        return Problem(
            where=Where(),
            what=Said("文件里没有表格"),
            hint=Said("没有框线的 PDF 表格读不出来，请上传 Word 或 Excel 原文件"),
        )
    return Problem(
        where=Where(),
        what=Said("文件里没有找到绩效自评表、绩效目标表或绩效监控表"),
        hint=Said("请确认上传的是填好的绩效表原文件，并保留表头和“项目名称”“一级指标”等栏目"),
    )
