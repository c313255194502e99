"""How a report is begun, written chapter by chapter, and signed by somebody who didn't write it.

Figures in people's own words are named in braces; a name that no figure has is refused. What is
signed is kept with every sentence, table and figure as it was.
"""

from collections.abc import Mapping
from dataclasses import replace

from django.db.models import Q, QuerySet

from gongzhi.core.charter import Member, Thing
from gongzhi.core.evaluating.stages import EvaluationStage
from gongzhi.core.reporting import Chapter, unknown_in
from gongzhi.core.reporting.records import report_as_record
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.models import Evaluation, Project, Report, ReportVersion
from gongzhi.cycle.panels import panel_for
from gongzhi.cycle.reporting import Subject, report_for
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.unsuitable import Unsuitable

TEXT_MAX = 20_000
BEGUN = Said("这份报告已经有人起草，请在它的页面上接着写")
NO_CHAPTER = Said("没有这一章")
TOO_LONG = Said("最多 {most} 字", {"most": TEXT_MAX})
UNKNOWN_FIGURE = Said("“{name}”不是可以引用的数字：花括号里写页面上列出的名称")
CHANGED_MEANWHILE = Said("报告在您编辑时已经有第 {number} 版，请先看过再改")
NOT_CONCLUDED = Said("评价还没有作出结论，不能签发")
AWAITED = Said("还有评价没有结论，不能签发：{count} 件")
UNEXPLAINED = Said("还有 {count} 处差距没有说明，综合得分不作数，不能签发")
NO_SCORE = Said("还没有得分，不能签发")


def report_to_be(subject: Subject, *, writer: Organisation) -> Report:
    """A report that could be begun."""
    evaluation = subject.evaluation
    label = evaluation.label if evaluation else subject.project.label
    return Report(
        project=subject.project,
        evaluation=evaluation,
        fiscal_year=subject.year,
        writer=writer,
        label=label,
    )


def thing_to_be(report: Report) -> Thing:
    """A report as the charter sees it: whose it is to write, before anybody has begun."""
    thing = report.thing()
    if not report._state.adding or _may_write(report):
        return thing
    return replace(thing, owner=NOBODY)


def _may_write(report: Report) -> bool:
    """Whether a report is its writer's to write: it evaluated, or it commissioned."""
    if report.evaluation is not None:
        return report.writer_id == report.evaluation.evaluator_id
    rows = _standing(report.project, year=report.fiscal_year)
    return rows.filter(commissioner=report.writer).exists()


def draft_report(*, by: Member, report: Report, key: str | None = None) -> ReportVersion:
    """Begin a report: everything in it comes from the data, until somebody writes beside it."""
    with act(by, "draft_report", on=thing_to_be(report), key=key) as record:
        _begin(report)
        return _keep(report, by=by, record=record, texts={}, chapter="", number=1)


def write_report(
    *, by: Member, report: Report, chapter: str, text: str, seen: int, key: str | None = None
) -> ReportVersion:
    """Keep what is written in a chapter as the next version.

    seen is the version that it was written from: who would write over a later one is told so.
    """
    with act(by, "write_report", on=report, key=key) as record:
        newest = _newest(report, seen=seen)
        _refuse_unfit(by, report, chapter=chapter, text=text, record=record)
        texts = {**newest.texts, chapter: text.strip()}
        version = _keep(report, by=by, record=record, texts=texts, chapter=chapter, number=seen + 1)
        record["chapter"] = chapter
        record.private("text", texts[chapter])
    return version


def sign_report(*, by: Member, report: Report, seen: int, key: str | None = None) -> Report:
    """Sign a report whose evaluations are concluded; what it says stays as it is."""
    with act(by, "sign_report", on=report, key=key) as record:
        newest = _newest(report, seen=seen)
        _refuse_unfinished(by, report)
        drafted = report_for(by, report, today=record.business_date)
        if "综合得分" not in drafted.figures:
            raise Unsuitable({"": NO_SCORE})
        report.record = report_as_record(drafted)
        report.stage = Report.Stage.SIGNED
        report.signed_by_id = by.office
        report.signed_on = record.business_date
        report.save(update_fields=["record", "stage", "signed_by", "signed_on"])
        record["number"] = newest.number
        record["stage"] = str(report.stage)
        record.private("record", digest(canonical({"data": report.record, "texts": newest.texts})))
    return report


def _standing(project: Project, *, year: FiscalYear) -> "QuerySet[Evaluation]":
    """The evaluations of a project's year that nobody declined or took back."""
    return Evaluation.objects.filter(project=project, fiscal_year=year).that_stand()


def _begin(report: Report) -> None:
    """Keep a report that nobody of its writer has begun."""
    list(Project.objects.select_for_update().filter(pk=report.project_id))
    same = Report.objects.filter(
        Q(evaluation=report.evaluation_id),
        project=report.project_id,
        fiscal_year=report.fiscal_year,
        writer=report.writer_id,
        stage=Report.Stage.DRAFTING,
    )
    if same.exists():
        raise Unsuitable({"": BEGUN})
    report.save()


def _newest(report: Report, *, seen: int) -> ReportVersion:
    """The version that stands, if it is the one that was seen; the report is locked meanwhile."""
    list(Report.objects.select_for_update().filter(pk=report.pk))
    newest: ReportVersion = report.versions.order_by("number").reverse()[0]
    if newest.number != seen:
        raise Unsuitable({"seen": Said(CHANGED_MEANWHILE.text, {"number": newest.number})})
    return newest


def _keep(
    report: Report,
    *,
    by: Member,
    record: Record,
    texts: Mapping[str, str],
    chapter: str,
    number: int,
) -> ReportVersion:
    """Keep a version; the log says which, and nothing of its words."""
    assert by.person is not None, "whoever writes stands in an office"
    record["report"] = str(report.pk)
    record["project"] = str(report.project_id)
    record["fiscal_year"] = report.fiscal_year
    record["number"] = number
    return ReportVersion.objects.create(
        report=report,
        number=number,
        texts=dict(texts),
        chapter=chapter,
        written_by_id=by.person,
        written_on=record.business_date,
    )


def _refuse_unfit(by: Member, report: Report, *, chapter: str, text: str, record: Record) -> None:
    """Raise Unsuitable for a chapter that isn't one, for too many words, for unknown figures."""
    if chapter not in set(Chapter):
        raise Unsuitable({"chapter": NO_CHAPTER})
    if len(text) > TEXT_MAX:
        raise Unsuitable({f"text-{chapter}": TOO_LONG})
    figures = report_for(by, report, today=record.business_date).figures
    if unknown := unknown_in(text, figures=figures):
        raise Unsuitable({f"text-{chapter}": Said(UNKNOWN_FIGURE.text, {"name": unknown[0]})})


def _refuse_unfinished(by: Member, report: Report) -> None:
    """Raise Unsuitable while an evaluation that the report is about has no conclusion."""
    if report.evaluation is not None:
        if report.evaluation.stage != EvaluationStage.CONCLUDED:
            raise Unsuitable({"": NOT_CONCLUDED})
        return
    rows = _standing(report.project, year=report.fiscal_year)
    unfinished = rows.exclude(stage=EvaluationStage.CONCLUDED).count()
    if unfinished or not rows.exists():
        raise Unsuitable({"": Said(AWAITED.text, {"count": unfinished})})
    if gaps := len(panel_for(by, report.project, year=report.fiscal_year).unanswered):
        raise Unsuitable({"": Said(UNEXPLAINED.text, {"count": gaps})})
