"""Many papers as one archive, written by a job for whoever asked: which, how far it got.

A few are written at a time, so that memory stays flat in what they state and progress can be told.
"""

import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from gongzhi.core.charter import Member
from gongzhi.core.parts import in_parts
from gongzhi.cycle.models import Feedback
from gongzhi.desk.actions.exports import Packed, note_progress, requester_of
from gongzhi.desk.models import Export
from gongzhi.papers.forms import RESULT_LETTER, SELF_EVALUATION
from gongzhi.papers.letters import file_names
from gongzhi.papers.official_paper import MADE_AT
from gongzhi.papers.paper import Paper
from gongzhi.web.official_files import ENDINGS, Issued
from gongzhi.web.pages.rectifications.papers import letters_of
from gongzhi.web.pages.self_evaluation.lists import rows_for
from gongzhi.web.pages.self_evaluation.papers import issued_of

AT_ONCE = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class PapersSet:
    """A set of papers: which rows a member may have of a year, what each states, its form."""

    paper: Paper[Any]
    rows: Callable[[Member, Export], Sequence[Any]]
    issued: Callable[[Member, Sequence[Any], int], Iterator[Issued]]


def _self_evaluations(member: Member, export: Export) -> Sequence[Any]:
    rows = rows_for(member, export.wanted["year"])
    kind, _, thing = export.about.partition(":")
    if kind == "organisation":
        rows = rows.filter(unit=thing)
    return list(rows.select_related("unit__parent", "unit__region").order_by("unit__code", "code"))


def _letters(member: Member, export: Export) -> Sequence[Any]:
    readable = Feedback.objects.visible_to(member).exclude(source=Feedback.Source.AUDIT)
    rows = readable.filter(fiscal_year=export.wanted["year"])
    return list(rows.with_facts().order_by("unit__code", "id"))


SETS: Mapping[str, PapersSet] = {
    Export.What.SELF_EVALUATIONS: PapersSet(
        paper=SELF_EVALUATION,
        rows=_self_evaluations,
        issued=lambda member, rows, year: issued_of(rows, year=year, reader=member),
    ),
    Export.What.LETTERS: PapersSet(
        paper=RESULT_LETTER,
        rows=_letters,
        issued=lambda member, rows, _: letters_of(member, rows, whole=True),
    ),
}


def packed_papers(export: Export) -> Packed:
    """The papers that were asked for, each a file of its own, as their requester may have them."""
    by, made = requester_of(export), SETS[export.what]
    ending, year = ENDINGS[export.wanted["ending"]], export.wanted["year"]
    rows = made.rows(by, export)
    out, done = BytesIO(), 0
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for some in in_parts(iter(rows), size=AT_ONCE):
            note_progress(export, done=done, total=len(rows))
            issued = list(made.issued(by, some, year))
            names = file_names([made.paper.summary(each.value).project for each in issued])
            for number, (name, each) in enumerate(zip(names, issued, strict=True), done + 1):
                content = ending.write(made.paper, [each.value], notes=[each.note])
                called = f"{number:04}-{name}.{ending.code}"
                entry = zipfile.ZipInfo(called, MADE_AT.timetuple()[:6])
                archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
            done += len(some)
    note_progress(export, done=done, total=len(rows))
    return Packed(content=out.getvalue(), count=done)
