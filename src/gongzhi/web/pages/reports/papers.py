"""A report to take away: Word and PDF, the same bytes as long as nothing changes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import override
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member
from gongzhi.cycle.models import Report
from gongzhi.cycle.reporting import own_words, report_for
from gongzhi.papers.notes import of_report
from gongzhi.papers.report import ReportPaper, about
from gongzhi.papers.report_docx import report_docx
from gongzhi.papers.report_pdf import report_pdf
from gongzhi.parties.business_date import business_date
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.downloads import DOCX, PDF, as_file
from gongzhi.web.official_files import PAPERS_LANGUAGE, mark_of
from gongzhi.web.readable import readable_thing
from gongzhi.web.seals import seals_on


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A kind of file: how its name ends, what people call it, how it is written."""

    code: str
    name: str
    content_type: str
    write: Callable[[ReportPaper], bytes]


DOCUMENTS: Mapping[str, Document] = {
    each.code: each
    for each in (
        Document(code="docx", name="Word", content_type=DOCX, write=report_docx),
        Document(code="pdf", name="PDF", content_type=PDF, write=report_pdf),
    )
}


@require_safe
def report_paper(request: MemberRequest, report: UUID, document: str) -> HttpResponse:
    """The report as a file."""
    if document not in DOCUMENTS:
        raise Http404
    kind, row = DOCUMENTS[document], readable_thing(request, "report", report)
    paper = paper_of(request.member, row)
    answer = as_file(
        kind.write(paper),
        name=f"gongzhi-report-{row.fiscal_year}.{kind.code}",
        shown=f"{paper.title}-{row.project.name}-{row.fiscal_year}.{kind.code}",
        content_type=kind.content_type,
    )
    answer["Cache-Control"] = "private, no-store"
    return answer


def paper_of(member: Member, row: Report) -> ReportPaper:
    """The report as it is printed for its reader."""
    today = business_date()
    version = row.versions.order_by("number").last()
    with override(PAPERS_LANGUAGE):
        stage = str(row.get_stage_display())
    note = of_report(
        writer=row.writer.name,
        stage=stage,
        number=version.number if version else 0,
        day=row.signed_on or today,
        seal=mark_of(seals_on([row], verbs=["sign_report"]).get(row.thing().name)),
    )
    evaluator = row.evaluation.evaluator.name if row.evaluation else ""
    return ReportPaper(
        about=about(row.project.name, year=row.fiscal_year, evaluator=evaluator),
        notes=(note,),
        drafted=report_for(member, row, today=today),
        own=own_words(version),
    )
