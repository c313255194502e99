"""Official papers as they come back: docx and xlsx that were written here, else any layout.

Every sheet stands by itself: a bad one is named with its problems, the others are kept. What isn't
laid out as it was written here goes through the reader of published layouts, which knows less.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from gongzhi.core.terms import Paper as GuessedPaper
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.document import Document
from gongzhi.intake.opening import open_document
from gongzhi.intake.passage import passed
from gongzhi.intake.record import document_as_record, document_from_record
from gongzhi.intake.secrecy import secrecy_of
from gongzhi.papers.drawn_xlsx import INDEX
from gongzhi.papers.finding_boxes import Stack, papers_in, stacks_of
from gongzhi.papers.paper import Paper
from gongzhi.papers.reading import read_file

Value = TypeVar("Value")
UNRELIABLE = frozenset({"pdf"})  # its lines break anywhere, and pages repeat heads


@dataclass(frozen=True, slots=True, kw_only=True)
class Read(Generic[Value]):
    """A paper that was read: where it begins, what in it can't be read.

    exactly: it is laid out as it was written here, so nothing in it was guessed.
    """

    value: Value
    where: Where
    exactly: bool
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Received(Generic[Value]):
    """What a file brought: papers in its order, and the problems of the file and of its sheets."""

    papers: tuple[Read[Value], ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def good(self) -> tuple[Value, ...]:
        """The values without a problem."""
        return tuple(each.value for each in self.papers if not each.problems)

    @property
    def all_problems(self) -> tuple[Problem, ...]:
        """Those of the file, then those of each paper."""
        return (*self.problems, *(told for each in self.papers for told in each.problems))


def receive(paper: Paper[Value], *, name: str, content: bytes) -> Received[Value]:
    """The papers of this kind in a file of any kind that intake reads; never an error."""
    document = _opened(name, content)
    if isinstance(document, Problem):
        return Received(problems=(document,))
    found, rest = found_in(document, paper)
    if found and not rest:
        return Received(papers=tuple(found), problems=document.problems)
    sheets = [_sheet(stack) for stack in rest]
    if not paper.of_forms:
        told = [_other(paper, sheet) for sheet in sheets or [None]]
        return Received(papers=tuple(found), problems=(*document.problems, *told))
    others, problems = _guessed(paper, read_file(name, content), sheets=sheets)
    order = [table.sheet for table in document.tables()]
    papers = sorted([*found, *others], key=lambda each: order.index(each.where.sheet))
    return Received(papers=tuple(papers), problems=(*document.problems, *problems))


def _guessed(
    paper: Paper[Value], guessed: GuessedPaper, *, sheets: Sequence[str | None]
) -> tuple[list[Read[Value]], list[Problem]]:
    """What the reader of published layouts makes of the sheets, and which have no such paper."""
    others: list[Read[Value]] = []
    problems = [told for told in guessed.problems if not sheets or told.where.sheet is None]
    for sheet in sheets:
        forms = [form for form in guessed.forms if form.where.sheet == sheet]
        fitting = [form for form in forms if form.form_type in paper.of_forms]
        told = tuple(each for each in guessed.problems if sheet and each.where.sheet == sheet)
        others += [
            Read(
                value=paper.of_forms[form.form_type](form),
                where=form.where,
                exactly=False,
                problems=told,
            )
            for form in fitting
        ]
        if not fitting:
            problems += [_other(paper, sheet), *told]
    return others, problems


def _sheet(stack: Stack) -> str | None:
    return stack.tops[0][1].sheet


def _other(paper: Paper[Value], sheet: str | None) -> Problem:
    title = paper.layout.title
    what = Said("这里没有《{title}》", {"title": title})
    if sheet is not None:
        what = Said("工作表“{sheet}”不是《{title}》", {"sheet": sheet, "title": title})
    hint = Said("请在下载的表样里填写，不要改动表头、栏目和列")
    return Problem(where=Where(sheet=sheet), what=what, hint=hint)


def _opened(name: str, content: bytes) -> Document | Problem:
    """A file opened in the limited child; whatever keeps it from being read is the answer."""
    read = passed("gongzhi.papers.receiving:open_bytes", name, content)
    if isinstance(read, Problem):
        return read
    document = document_from_record(json.loads(read.answer))
    return replace(document, problems=(*document.problems, *read.notes))


def open_bytes(name: str, content: bytes) -> bytes:
    """Open a file: the task of the limited child, which answers in JSON."""
    document = open_document(name, content)
    if secret := secrecy_of(document):
        document = Document(name=name, kind=document.kind, problems=(secret,))
    return json.dumps(document_as_record(document), ensure_ascii=False).encode()


def found_in(document: Document, paper: Paper[Value]) -> tuple[list[Read[Value]], list[Stack]]:
    """The papers laid out as they are written here, and the grids without one."""
    found: list[Read[Value]] = []
    rest: list[Stack] = []
    for stack in stacks_of(document):
        here = [] if document.kind in UNRELIABLE else list(_read(stack, paper))
        found += here
        if not here and stack.texts and _sheet(stack) != INDEX:
            rest.append(stack)
    return found, rest


def _read(stack: Stack, paper: Paper[Value]) -> Iterator[Read[Value]]:
    for found in papers_in(stack, paper.layout):
        problems: list[Problem] = []
        value = paper.taken(found, problems)
        yield Read(value=value, where=found.where, exactly=True, problems=tuple(problems))
