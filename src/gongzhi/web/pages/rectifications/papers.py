"""Letters, notices and reports to take away, one or a year's; what a report that comes back says.

Hundreds of letters come as files of PAPERS_MAX each.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.exceptions import BadRequest
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.core.indicators.canonical import canonical
from gongzhi.core.official import LetterLine, RectificationReport, ReportedMeasure, ResultLetter
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.cycle.models import Feedback, Rectification
from gongzhi.papers.forms import RECTIFICATION_NOTICE, RECTIFICATION_REPORT, RESULT_LETTER
from gongzhi.papers.notes import of_letter
from gongzhi.parties.middleware import MemberRequest
from gongzhi.trust.seals import Seal
from gongzhi.web.official_files import (
    PAPERS_LANGUAGE,
    PAPERS_MAX,
    Issued,
    as_paper,
    ending_of,
    mark_of,
    no_paper,
    year_asked,
)
from gongzhi.web.pages.rectifications.seen import line_name
from gongzhi.web.papers_in import CHECK_IT, if_guessed, received
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import name_of, seals_on


@require_safe
def feedback_letter(request: MemberRequest, feedback: UUID, ending: str) -> HttpResponse:
    """A letter as a paper: every line that lost points; an audit's as the notice it is."""
    kind, row = ending_of(ending), readable_thing(request, "feedback", feedback)
    paper = RECTIFICATION_NOTICE if row.source == Feedback.Source.AUDIT else RESULT_LETTER
    issued = list(letters_of(request.member, [row], whole=paper is RESULT_LETTER))
    return as_paper(
        paper, issued, ending=kind, about=str(row), name=f"gongzhi-letter-{row.fiscal_year}"
    )


@require_safe
def rectification_notice(request: MemberRequest, feedback: UUID, ending: str) -> HttpResponse:
    """What a letter asks to be put right, as a notice."""
    kind, row = ending_of(ending), readable_thing(request, "feedback", feedback)
    issued = list(letters_of(request.member, [row], whole=False))
    return as_paper(
        RECTIFICATION_NOTICE,
        issued,
        ending=kind,
        about=str(row),
        name=f"gongzhi-notice-{row.fiscal_year}",
    )


@require_safe
def feedback_letters(request: MemberRequest, ending: str) -> HttpResponse:
    """The letters of a year that the reader may see, as one file; `part` counts the files."""
    kind = ending_of(ending)
    readable = Feedback.objects.visible_to(request.member).exclude(source=Feedback.Source.AUDIT)
    year = year_asked(request.GET, known=readable)
    first = _part(request.GET) * PAPERS_MAX
    rows = readable.filter(fiscal_year=year).with_facts().order_by("unit__code", "id")
    kept = list(rows[first : first + PAPERS_MAX])
    if not kept:
        nothing = _("没有可以下载的反馈函。")
        return no_paper(request, reverse("rectifications"), kept, nothing=nothing)
    issued = list(letters_of(request.member, kept, whole=True))
    about = f"{year}-{first + 1}-{first + len(kept)}"
    return as_paper(RESULT_LETTER, issued, ending=kind, about=about, name=f"gongzhi-letters-{year}")


def _part(asked: Mapping[str, str]) -> int:
    """Which of the files, from 0 on."""
    typed = asked.get("part") or "1"
    if not (typed.isascii() and typed.isdigit() and len(typed) <= len(str(PAPERS_MAX))):
        raise BadRequest("part")
    return max(int(typed) - 1, 0)


@require_safe
def rectification_report(request: MemberRequest, rectification: UUID, ending: str) -> HttpResponse:
    """One rectification as the form of its plan and report, to be filled in and sent back."""
    kind, row = ending_of(ending), readable_thing(request, "rectification", rectification)
    with override(PAPERS_LANGUAGE):
        stage = str(row.get_stage_display())
    seal = mark_of(seals_on([row]).get(name_of(row)))
    issued = Issued(value=stated(row), note=of_letter(stage=stage, day=None, seal=seal))
    year = row.feedback.fiscal_year
    return as_paper(
        RECTIFICATION_REPORT,
        [issued],
        ending=kind,
        about=str(row.feedback),
        name=f"gongzhi-rectification-{year}",
    )


def letters_of(member: Member, rows: Sequence[Feedback], *, whole: bool) -> Iterator[Issued]:
    """Letters with their seals; the whole with every line that lost points."""
    seals: Mapping[str, Seal] = seals_on(rows)
    readable = Rectification.objects.visible_to(member).filter(feedback__in=rows)
    asked: dict[UUID, list[Rectification]] = {}
    for each in readable.select_related("feedback").order_by("id"):
        asked.setdefault(each.feedback_id, []).append(each)
    for row in rows:
        note = of_letter(stage="", day=row.sent_on, seal=mark_of(seals.get(name_of(row))))
        mine = asked.get(row.pk, [])
        yield Issued(value=_letter(row, asked=mine, whole=whole), note=note)


def _letter(row: Feedback, *, asked: Sequence[Rectification], whole: bool) -> ResultLetter:
    lines = _every_line(row, asked) if whole else map(_line_asked, asked)
    return ResultLetter(
        to=row.unit.name,
        project=row.project.name if row.project else "",
        code=row.project.code if row.project else "",
        year=row.fiscal_year,
        document_number=row.document_number,
        score=row.score,
        grade=row.grade,
        words=row.words,
        sender=row.sender.name,
        sent_on=row.sent_on.isoformat(),
        lines=tuple(lines),
    )


def _every_line(row: Feedback, asked: Iterable[Rectification]) -> Iterator[LetterLine]:
    """The lines that lost points, each with what is asked of it; then what stands beside them."""
    by_key = {f"{each.evaluation_id}:{each.line}": each for each in asked}
    for line in row.found():
        of_it = by_key.pop(line.key, None)
        yield LetterLine(
            name=line.name.zh,
            weight=line.weight,
            points=line.points,
            found=line.reason,
            demand=of_it.demand if of_it else "",
            plan_until=of_it.plan_due_on.isoformat() if of_it else "",
            report_until=of_it.report_due_on.isoformat() if of_it else "",
        )
    yield from map(_line_asked, by_key.values())


def _line_asked(each: Rectification) -> LetterLine:
    line = next(
        (told for told in each.feedback.found() if told.key == f"{each.evaluation_id}:{each.line}"),
        None,
    )
    return LetterLine(
        name=line.name.zh if line else "",
        weight=line.weight if line else None,
        points=line.points if line else None,
        found=each.found,
        demand=each.demand,
        plan_until=each.plan_due_on.isoformat(),
        report_until=each.report_due_on.isoformat(),
    )


def stated(row: Rectification) -> RectificationReport:
    """A rectification as its paper states it."""
    letter, name = row.feedback, line_name(row)
    words = [step.reason for step in row.steps.all() if step.verb == "report_rectification"]
    return RectificationReport(
        unit=letter.unit.name,
        project=letter.project.name if letter.project else "",
        code=letter.project.code if letter.project else "",
        year=letter.fiscal_year,
        source=name.zh if name else letter.document_number,
        found=row.found,
        demand=row.demand,
        plan_until=row.plan_due_on.isoformat(),
        report_until=row.report_due_on.isoformat(),
        overall=words[-1] if words else "",
        lines=tuple(
            ReportedMeasure(
                what=each.what,
                responsible=each.responsible,
                until=each.until.isoformat() if each.until else "",
                done=each.done,
                evidence=each.evidence,
            )
            for each in row.measures()
        ),
    )


# ── the way back in ──


@dataclass(frozen=True, slots=True, kw_only=True)
class FromPaper:
    """What a report that was sent fills into the fields; None where it is about something else."""

    given: Mapping[str, str] | None
    problems: tuple[Problem, ...]


def read_report(row: Rectification, *, file: "UploadedFile[Any] | None") -> FromPaper:
    """The fields of plan and report that a file fills in; nothing is kept."""
    sent = received(RECTIFICATION_REPORT, file)
    paper = next((each for each in sent.papers if _is_about(each.value, row)), None)
    if paper is None:
        others = [_other(each.value) for each in sent.papers[:1]]
        return FromPaper(given=None, problems=(*sent.problems, *others))
    problems = (*sent.problems, *paper.problems, *if_guessed(paper))
    return FromPaper(given=dict(_fields(paper.value)), problems=problems)


def _is_about(told: RectificationReport, row: Rectification) -> bool:
    """Whether a report is about this: the same problem, of the same unit's year."""
    letter = row.feedback
    if told.year not in (None, letter.fiscal_year):
        return False
    same_unit = canonical(told.unit) == canonical(letter.unit.name)
    return same_unit and canonical(told.found) == canonical(row.found)


def _other(told: RectificationReport) -> Problem:
    what = Said("文件里写的是“{unit}”的“{found}”，不是这一项整改",
                {"unit": told.unit, "found": told.found[:40]})  # fmt: skip
    return Problem(where=Where(), what=what, hint=CHECK_IT)


def _fields(told: RectificationReport) -> Iterator[tuple[str, str]]:
    yield "reason", told.overall
    for number, line in enumerate(told.lines):
        yield f"what-{number}", line.what
        yield f"responsible-{number}", line.responsible
        yield f"until-{number}", line.until
        yield f"done-{number}", line.done
        yield f"evidence-{number}", line.evidence
