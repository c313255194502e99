"""Official papers as files that a reader takes away: docx, xlsx and PDF, each with its seal."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import BadRequest
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gongzhi.papers.forms import as_docx, as_pdf, as_xlsx
from gongzhi.papers.notes import sealed, under
from gongzhi.papers.paper import Paper
from gongzhi.trust.proofs import head
from gongzhi.trust.seals import Seal
from gongzhi.web.downloads import DOCX, PDF, XLSX, as_file

YEAR = re.compile(r"20[0-9]{2}")
PAPERS_LANGUAGE = "zh-hans"
PAPERS_MAX = 200  # in one file: more than a unit has projects, and no more than a second of work


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """A kind of file: how its name ends, what people call it, and how it is written."""

    code: str
    name: str
    content_type: str
    write: Callable[..., bytes]


ENDINGS: Mapping[str, Ending] = {
    each.code: each
    for each in (
        Ending(code="docx", name="Word", content_type=DOCX, write=as_docx),
        Ending(code="xlsx", name="Excel", content_type=XLSX, write=as_xlsx),
        Ending(code="pdf", name="PDF", content_type=PDF, write=as_pdf),
    )
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """A paper as it is given out: what it states, and the note under its title."""

    value: Any
    note: str


def ending_of(asked: str) -> Ending:
    """The kind of file that an address names, or 404."""
    if asked not in ENDINGS:
        raise Http404
    return ENDINGS[asked]


def as_paper(
    paper: Paper[Any], issued: Sequence[Issued], *, ending: Ending, about: str, name: str
) -> HttpResponse:
    """The papers as one file; readers know it by `about`, old browsers get `name`.

    Each names the log as it was signed last.
    """
    signed = head()
    log = signed.checkpoint if signed else None
    values, notes = [each.value for each in issued], [under(each.note, log) for each in issued]
    answer = as_file(
        ending.write(paper, values, notes=notes),
        name=f"{name}.{ending.code}",
        shown=f"{paper.layout.title}-{about}.{ending.code}",
        content_type=ending.content_type,
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def mark_of(seal: Seal | None) -> str:
    """A seal as papers state it; "" where there is none."""
    return "" if seal is None else sealed(seal.index)


def no_paper(
    request: HttpRequest, address: str, rows: Sequence[object], *, nothing: str
) -> HttpResponse:
    """Back to where it was asked for, told that there is nothing to state, or too much."""
    many = _("这个单位的项目太多，一个文件最多 %(most)s 份表。") % {"most": PAPERS_MAX}
    messages.info(request, many if rows else nothing, extra_tags="watch")
    return redirect(address)


def year_asked(asked: Mapping[str, str], *, known: Any) -> int | None:
    """The year that an address names; the newest of those known where it names none."""
    if typed := asked.get("year"):
        if not YEAR.fullmatch(typed):
            raise BadRequest("year")
        return int(typed)
    newest: int | None = known.aggregate(newest=Max("fiscal_year"))["newest"]
    return newest
