"""An evaluation's score sheet to take away, and what a sheet that comes back fills in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.official import ScorePaper, marks_in, score_lines
from gongzhi.core.scoring.records import frame_from_record
from gongzhi.core.scoring.sheet import Mark, Sheet, problems_of, score_sheet
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.cycle.evaluated_facts import computed_for, sheet_of
from gongzhi.cycle.models import Evaluation, ScoreSheet
from gongzhi.papers.figures import points_text
from gongzhi.papers.forms import SCORE_SHEET
from gongzhi.papers.notes import of_score_sheet
from gongzhi.papers.receiving import Read
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import may
from gongzhi.rules.packs import load_packs
from gongzhi.web.official_files import PAPERS_LANGUAGE, Issued, as_paper, ending_of
from gongzhi.web.pages.evaluations.seen import kind_name
from gongzhi.web.papers_in import CHECK_IT, if_guessed, received
from gongzhi.web.readable import readable_thing

NUMBER_MAX = 4  # digits of a version's number


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPaper:
    """What a sheet that was sent makes of the marks: the fields, the sheet, what is to be told.

    sheet is None where the file holds none of this evaluation.
    """

    given: Mapping[str, str]
    sheet: Sheet | None
    problems: tuple[Problem, ...]


@require_safe
def score_sheet_paper(request: MemberRequest, evaluation: UUID, ending: str) -> HttpResponse:
    """The newest sheet that the reader may see, or one by its number; an empty one without."""
    kind, row = ending_of(ending), readable_thing(request, "evaluation", evaluation)
    version = _version(request, row)
    stated = _stated(row, version=version, fresh=_fresh(request, row) if version is None else None)
    with override(PAPERS_LANGUAGE):
        stage = str(row.get_stage_display())
    note = of_score_sheet(
        stage=stage,
        number=version.number if version else None,
        day=version.drafted_on if version else business_date(),
    )
    return as_paper(
        SCORE_SHEET,
        [Issued(value=stated, note=note)],
        ending=kind,
        about=f"{row.subject}-{row.fiscal_year}-{row.evaluator.name}",
        name=f"gongzhi-score-sheet-{row.fiscal_year}",
    )


def _version(request: MemberRequest, row: Evaluation) -> ScoreSheet | None:
    readable = ScoreSheet.objects.visible_to(request.member).filter(evaluation=row)
    asked = request.GET.get("number")
    if not asked:
        found: ScoreSheet | None = readable.order_by("number").last()
        return found
    if not (asked.isascii() and asked.isdigit() and len(asked) <= NUMBER_MAX):
        raise BadRequest("number")
    version: ScoreSheet | None = readable.filter(number=int(asked)).first()
    if version is None:
        raise Http404
    return version


def _fresh(request: MemberRequest, row: Evaluation) -> Sheet:
    """An empty sheet; what facts give stands in it for whoever fills it in."""
    frame = frame_from_record(row.frame)
    if not may(request.member, "draft_sheet", row):
        return Sheet(frame=frame)
    return Sheet(frame=frame, computed=computed_for(row, today=business_date()))


def _stated(row: Evaluation, *, version: ScoreSheet | None, fresh: Sheet | None) -> ScorePaper:
    sheet = fresh if version is None else sheet_of(version)
    assert sheet is not None, "there is an empty sheet where there is no version"
    score = score_sheet(sheet, pack=load_packs()[row.pack])
    named = row.project or row.aim
    return ScorePaper(
        project=named.name if named else "",
        code=named.code if named else "",
        evaluated=row.evaluated.name,
        evaluator=row.evaluator.name,
        kind=kind_name(row).zh,
        year=row.fiscal_year,
        frame=sheet.frame.title.zh,
        grade=score.grade or "",
        lines=score_lines(score),
    )


# ── the way back in ──


def read_sheet(
    row: Evaluation, *, file: "UploadedFile[bytes] | None", base: Sequence[Mark]
) -> FromPaper:
    """The marks of a file beside those that stood before: a line it says nothing of stays."""
    sent = received(SCORE_SHEET, file)
    paper = next((each for each in sent.papers if _is_about(each.value, row)), None)
    if paper is None and len(sent.papers) == 1:
        paper = sent.papers[0]
    if paper is None:
        return FromPaper(given={}, sheet=None, problems=(*sent.problems, *_none(sent.papers, row)))
    frame = frame_from_record(row.frame)
    read = marks_in(paper.value, frame=frame, where=paper.where)
    marks = {mark.line: mark for mark in (*base, *read.marks)}
    sheet = Sheet(
        frame=frame,
        marks=tuple(marks.values()),
        computed=computed_for(row, today=business_date()),
    )
    return FromPaper(
        given=dict(_fields(read.marks)),
        sheet=sheet,
        problems=(
            *sent.problems,
            *paper.problems,
            *if_guessed(paper),
            *_others(paper, row),
            *read.problems,
            *_to_mend(sheet, read.marks, where=paper.where),
        ),
    )


def _is_about(stated: ScorePaper, row: Evaluation) -> bool:
    """Whether a sheet names what is evaluated, by code if it has one, and the year."""
    if stated.year not in (None, row.fiscal_year):
        return False
    named = row.project or row.aim
    if named is None:
        return canonical(stated.evaluated) == canonical(row.evaluated.name)
    if stated.code:
        return canonical(stated.code) == canonical(named.code)
    return canonical(stated.project) == canonical(named.name)


def _none(papers: Sequence[Read[ScorePaper]], row: Evaluation) -> Iterator[Problem]:
    if papers:
        what = Said("文件里有 {count} 份评分表，没有一份是“{subject}”的",
                    {"count": len(papers), "subject": str(row.subject)})  # fmt: skip
        yield Problem(where=Where(), what=what, hint=Said("请核对项目名称、项目代码和年度"))


def _others(paper: Read[ScorePaper], row: Evaluation) -> Iterator[Problem]:
    """What the head of a sheet says otherwise than the evaluation."""
    stated = paper.value
    if not _is_about(stated, row):
        subject = stated.project or stated.evaluated
        what = Said("表头写的是“{subject}”", {"subject": subject})
        yield Problem(where=paper.where, what=what, hint=CHECK_IT)
    if stated.evaluator and canonical(stated.evaluator) != canonical(row.evaluator.name):
        what = Said("表里的评价方是“{name}”", {"name": stated.evaluator})
        yield Problem(where=paper.where, what=what, hint=CHECK_IT)


def _to_mend(sheet: Sheet, read: Sequence[Mark], *, where: Where) -> Iterator[Problem]:
    """What of the marks that were read has to be mended before the sheet is handed in."""
    mine = {mark.line for mark in read}
    for each in problems_of(sheet):
        line = sheet.frame.line(each.line)
        if each.line in mine and line is not None:
            what = Said("“{name}”：{said}", {"name": line.name.zh, "said": each.said})
            yield Problem(where=where, what=what, hint=Said("改好以后再提交"))


def _fields(marks: Sequence[Mark]) -> Iterator[tuple[str, str]]:
    for mark in marks:
        yield f"mark-{mark.line}", points_text(mark.points)
        yield f"reason-{mark.line}", mark.reason
