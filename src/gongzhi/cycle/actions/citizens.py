"""Citizens evaluate a service, the unit answers, finance looks into what many speak of."""

from collections.abc import Collection, Mapping
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.citizens import points_of
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.actions.gaps import keep_gaps_of
from gongzhi.cycle.citizens import citizens_frame, matters_to_check
from gongzhi.cycle.models import Project, ServiceAnswer, ServiceCheck, ServiceEvaluation
from gongzhi.parties.deeds import act
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.packs.folders import USUAL

NOT_ALL = Said("每一项请选一个满意程度")
NO_MATTER = Said("请选主要说的是哪一项")
NO_TEXT = Said("请写几句说明")
NONE_CHOSEN = Said("请选要答复的公民评价")
NOT_ENOUGH = Said("这一事项的公民评价没有达到应当核查的件数，或者已经核查")
TO_ANSWER = ("received", "asked")


def evaluate_service(
    *,
    by: Member,
    project: Project,
    fiscal_year: FiscalYear,
    levels: Mapping[str, int],
    matter: str,
    text: str,
    key: str | None = None,
) -> ServiceEvaluation:
    """Say how satisfied one is with what a project did in a year; a second time revises it.

    A revised one is to be answered anew.
    """
    row = _mine(by, project, fiscal_year=fiscal_year)
    with act(by, "evaluate_service", on=row.thing(), key=key) as record:
        frame = citizens_frame()
        total = points_of(levels, frame=frame)
        if total is None:
            raise Unsuitable({"levels": NOT_ALL})
        if frame.line(matter) is None:
            raise Unsuitable({"matter": NO_MATTER})
        if not text.strip():
            raise Unsuitable({"text": NO_TEXT})
        row.stage, row.pack, row.levels = ServiceEvaluation.Stage.RECEIVED, USUAL, dict(levels)
        row.total, row.matter, row.text = total, matter, text.strip()
        row.evaluated_on = record.business_date
        row.answer, row.asked, row.asked_on, row.supplement = None, "", None, None
        row.save()
        keep_gaps_of(project, year=fiscal_year, today=record.business_date)
        record["project"] = str(project.pk)
        record["fiscal_year"] = fiscal_year
        record.private("record", digest(canonical({"levels": dict(levels), "text": row.text})))
    return row


def ask_supplement(
    *, by: Member, evaluation: ServiceEvaluation, reason: str, key: str | None = None
) -> ServiceEvaluation:
    """Say, once, that the answer doesn't meet the point."""
    with act(by, "ask_supplement", on=evaluation, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        evaluation.stage = ServiceEvaluation.Stage.ASKED
        evaluation.asked, evaluation.asked_on = reason.strip(), record.business_date
        evaluation.save(update_fields=["stage", "asked", "asked_on"])
        record.private("reason", evaluation.asked)
    return evaluation


def answer_citizens(
    *,
    by: Member,
    project: Project,
    evaluations: Collection[UUID],
    text: str,
    key: str | None = None,
) -> ServiceAnswer:
    """Answer citizens: one answer for several that say the same, first or supplementary."""
    with act(by, "answer_citizens", on=project, key=key) as record:
        rows = ServiceEvaluation.objects.select_for_update().filter(
            project=project, pk__in=evaluations, stage__in=TO_ANSWER
        )
        chosen = list(rows)
        if not chosen:
            raise Unsuitable({"evaluations": NONE_CHOSEN})
        if not text.strip():
            raise Unsuitable({"text": NO_TEXT})
        assert by.office is not None, "whoever answers stands in an office"
        answer = ServiceAnswer.objects.create(
            project=project,
            text=text.strip(),
            office_id=by.office,
            answered_on=record.business_date,
        )
        for row in chosen:
            _answered(row, answer)
        record["count"] = len(chosen)
        record["answer"] = str(answer.pk)
        record.private("text", answer.text)
    return answer


def publish_service_check(
    *,
    by: Member,
    project: Project,
    fiscal_year: FiscalYear,
    matter: str,
    text: str,
    key: str | None = None,
) -> ServiceCheck:
    """Publish what the finance bureau found about a matter that many citizens spoke of."""
    with act(by, "publish_service_check", on=project, key=key) as record:
        rows = ServiceEvaluation.objects.filter(project=project, fiscal_year=fiscal_year)
        found = next((each for each in matters_to_check(rows) if each.code == matter), None)
        if found is None:
            raise Unsuitable({"matter": NOT_ENOUGH})
        if not text.strip():
            raise Unsuitable({"text": NO_TEXT})
        assert by.office is not None, "whoever looks into it stands in an office"
        check = ServiceCheck.objects.create(
            project=project,
            fiscal_year=fiscal_year,
            matter=matter,
            count=found.count,
            text=text.strip(),
            office_id=by.office,
            published_on=record.business_date,
        )
        record["fiscal_year"] = fiscal_year
        record["line"] = matter
        record["count"] = found.count
        record.private("text", check.text)
    return check


def _mine(by: Member, project: Project, *, fiscal_year: FiscalYear) -> ServiceEvaluation:
    """The citizen's standing evaluation, or the one to be; nobody's for who isn't known."""
    person = UUID(by.person) if by.person else None
    known = ServiceEvaluation.objects.filter(project=project, fiscal_year=fiscal_year)
    mine: ServiceEvaluation | None = known.filter(person=person).first()
    if mine is not None:
        return mine
    to_be = ServiceEvaluation(project=project, fiscal_year=fiscal_year, label=project.label)
    if person is not None:
        to_be.person_id = person
    return to_be


def _answered(row: ServiceEvaluation, answer: ServiceAnswer) -> None:
    if row.stage == ServiceEvaluation.Stage.ASKED:
        row.supplement, row.stage = answer, ServiceEvaluation.Stage.SUPPLEMENTED
    else:
        row.answer, row.stage = answer, ServiceEvaluation.Stage.ANSWERED
    row.save(update_fields=["answer", "supplement", "stage"])
