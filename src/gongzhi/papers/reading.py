"""A document becomes a Paper: its forms as values, and what could not be read."""

import json
from dataclasses import replace

from gongzhi.core.terms import Paper, Problem
from gongzhi.intake.document import Document
from gongzhi.intake.opening import open_document
from gongzhi.intake.passage import passed
from gongzhi.intake.secrecy import secrecy_of
from gongzhi.papers.reader.forming import form_of
from gongzhi.papers.reader.gaps import gaps_of, no_form
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
    return paper if paper.forms or document.problems else paper.with_problem(no_form(document))


def read_bytes(name: str, content: bytes) -> bytes:
    """Open and read a file: the task of the limited child, which answers in JSON."""
    document = open_document(name, content)
    secret = secrecy_of(document)
    paper = Paper(name=name, problems=(secret,)) if secret else read_document(document)
    return json.dumps(paper_as_record(paper), ensure_ascii=False).encode()


def read_file(name: str, content: bytes) -> Paper:
    """A file as it came in: its forms, and every reason why something could not be read."""
    read = passed("gongzhi.papers.reading:read_bytes", name, content)
    if isinstance(read, Problem):
        return Paper(name=name, problems=(read,))
    paper = paper_from_record(json.loads(read.answer))
    return replace(paper, problems=(*paper.problems, *read.notes))
