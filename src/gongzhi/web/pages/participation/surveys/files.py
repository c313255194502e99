"""Files of a survey: paper forms, the table to key them in elsewhere, the result as a table."""

from collections.abc import Iterator
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from gongzhi.core.participating.surveying import Estimate, Question, QuestionKind
from gongzhi.core.terms import Said, Text
from gongzhi.forum.models import Survey, SurveyPaper
from gongzhi.papers.survey_form import (
    PrintedQuestion,
    PrintedSurvey,
    keying_table,
    survey_forms,
)
from gongzhi.papers.workbook import Column, Kind, Sheet, Value
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.downloads import PDF, XLSX, as_file
from gongzhi.web.frame import reader_language
from gongzhi.web.here import about
from gongzhi.web.pages.participation.surveys.seen import (
    options_of,
    questions_of,
    result_of,
    shown_result,
)
from gongzhi.web.readable import readable_thing
from gongzhi.web.table_files import CSV, FORMATS, table_file
from gongzhi.web.templatetags.words import said

FORMS_MAX = 500  # what one file may hold; the next ones come with the next numbers
NUMBERS_MAX = 5000
COLUMNS = (
    ("题号", Kind.COUNT, 8),
    ("题目", Kind.TEXT, 40),
    ("哪些人", Kind.TEXT, 20),
    ("选项", Kind.TEXT, 20),
    ("份数", Kind.COUNT, 10),
    ("占比或者均值", Kind.FIGURE, 14),
    ("误差（±）", Kind.FIGURE, 12),
    ("说明", Kind.TEXT, 24),
)


@require_safe
def paper_forms(request: MemberRequest, survey: UUID) -> HttpResponse:
    """The forms that were numbered and not come back yet; a specimen for everybody else."""
    row = _noted(request, survey)
    numbers = _numbers(request, row, SurveyPaper.Stage.PRINTED)[:FORMS_MAX]
    papers = [(number, _address(request, row, number)) for number in numbers]
    specimen = (_("样张"), _address(request, row, ""))
    content = survey_forms(printed(row), papers or [specimen])
    return as_file(content, name=f"gongzhi-survey-{row.pk}.pdf", content_type=PDF)


@require_safe
def table(request: MemberRequest, survey: UUID) -> HttpResponse:
    """The table to key papers in elsewhere: those that nobody keyed, or one person."""
    row = _noted(request, survey)
    stages = (SurveyPaper.Stage.PRINTED, SurveyPaper.Stage.KEYED)
    numbers = _numbers(request, row, *stages)[:NUMBERS_MAX]
    content = keying_table(printed(row), numbers)
    return as_file(content, name=f"gongzhi-survey-{row.pk}.xlsx", content_type=XLSX)


@require_safe
def result_file(request: MemberRequest, survey: UUID) -> HttpResponseBase:
    """The result as a table, with all that is said of it beside each figure."""
    row = _noted(request, survey)
    kind = request.GET.get("format", CSV)
    if kind not in FORMATS or row.stage != Survey.Stage.PUBLISHED:
        raise Http404
    columns = [Column(_(title), kind, width) for title, kind, width in COLUMNS]
    sheet = Sheet(name=_("调查结果"), columns=columns, rows=list(_lines(row)))
    return table_file(sheet, name=f"gongzhi-survey-{row.pk}", kind=kind)


def _noted(request: MemberRequest, identifier: UUID) -> Survey:
    row: Survey = readable_thing(request, "survey", identifier)
    about(request, row)
    return row


def _numbers(request: MemberRequest, row: Survey, *stages: str) -> list[str]:
    """The numbers at these stages, for whoever works on the survey alone."""
    if request.member.organisation != str(row.organisation_id):
        return []
    return list(row.papers.filter(stage__in=stages).values_list("number", flat=True))


def _address(request: HttpRequest, row: Survey, number: str) -> str:
    address = request.build_absolute_uri(reverse("answering-survey", args=[row.pk]))
    return f"{address}?{urlencode({'paper': number})}" if number else address


def printed(row: Survey) -> PrintedSurvey:
    """The survey as its form prints it, in the reader's language."""
    until = _("请在 %(day)s 前交回。") % {"day": row.closes_on.isoformat()}
    holder = _("调查方：%(name)s") % {"name": row.organisation.name}
    private = _("匿名：不写姓名。编号只用来保证一份只算一次，也可以扫码在网上回答。")
    return PrintedSurvey(
        title=row.title,
        notes=(holder, row.method, private, until),
        questions=tuple(_printed(each) for each in questions_of(row)),
        said_of_code=_("扫码在网上回答"),
        language=reader_language(),
    )


def _printed(question: Question) -> PrintedQuestion:
    several = question.kind is QuestionKind.MULTIPLE
    hints = [_("可多选")] if several else []
    hints += [] if question.required else [_("可不答")]
    options = [(code, said(text)) for code, text in options_of(question)]
    return PrintedQuestion(
        number=question.number,
        text=said(question.text),
        options=tuple(options),
        several=several,
        hint="，".join(hints),
    )


def _lines(row: Survey) -> Iterator[list[Value]]:
    found = result_of(row)
    assert found is not None, "asked before"
    withheld = _("人数过少，不公布")
    for each in shown_result(found, questions_of(row)):
        start: list[Value] = [each.question.number, said(each.question.text)]
        for shown_row in (each.whole, *each.strata):
            whose: Text | Said = shown_row.name
            if shown_row.mean:
                mean = _("满意度") if each.is_scale else _("均值")
                yield [*start, said(whose), mean, shown_row.count, *_estimate(shown_row.mean), ""]
            if shown_row is not each.whole and each.by_mean:
                continue
            for option in shown_row.options:
                told = "" if option.count is not None else withheld
                figures = [option.count, *_estimate(option.share)]
                yield [*start, said(whose), said(option.text), *figures, told]


def _estimate(estimate: Estimate | None) -> list[Value]:
    return [estimate.value, estimate.margin] if estimate else [None, None]
