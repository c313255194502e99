"""Processes as deeds: started from a template, moved with a reason, concluded with an account."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.participating.processes import (
    PhaseDates,
    ProcessStage,
    planned,
    why_not_moved,
    why_not_planned,
)
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models import Phase, Process, ProcessStep
from gongzhi.forum.posts import personal_faults, refuse_personal
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.processes import load_templates

NO_TEMPLATE = Said("请选择一种参与过程")
NO_TITLE = Said("请写明标题")
NO_QUESTION = Said("请写明想听取什么")
PAST = Said("开始日期不能早于今天")
OTHER_PHASES = Said("阶段的个数与这一过程不符")
NO_ACCOUNT = Said("请写明采纳了什么、改变了什么、没有采纳的理由")


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """A process to be: by which template, about what, in which words, from which day on."""

    template: str
    title: str
    question: str
    fiscal_year: FiscalYear
    project: Project | None = None
    about: str = ""
    opens_on: date | None = None


def start_process(
    *, by: Member, beginning: Beginning, organisation: Organisation, key: str | None = None
) -> Process:
    """Start a process: its phases follow one another as its template says."""
    process = process_to_be(beginning, organisation=organisation)
    with act(by, "start_process", on=process.thing(), key=key) as record:
        today = record.business_date
        opens_on = beginning.opens_on or today
        _refuse_unfit(beginning, opens_on=opens_on, today=today)
        process.started_on = today
        process.save(force_insert=True)
        phases = planned(process.kind(), opens_on=opens_on, calendar=load_calendar())
        _keep(process, phases)
        record["process"] = str(process.pk)
        if process.project_id:
            record["project"] = str(process.project_id)
        if process.about:
            record["about"] = process.about
        record["template"] = process.template
        record["fiscal_year"] = process.fiscal_year
        record["until"] = phases[-1].closes_on.isoformat()
        record.private("text", f"{process.title}\n{process.question}")
    return process


def move_phases(
    *,
    by: Member,
    process: Process,
    phases: Sequence[PhaseDates],
    reason: str,
    key: str | None = None,
) -> Process:
    """Give phases other dates, with the reason; what is past stays as it was."""
    with act(by, "move_phases", on=process, key=key) as record:
        was = process.dates()
        if [each.code for each in was] != [each.code for each in phases]:
            raise Unsuitable({"phases": OTHER_PHASES})
        problem = why_not_moved(was, phases, today=record.business_date)
        if problem is not None:
            raise Unsuitable({"phases": problem})
        _keep(process, phases, was=was)
        record["until"] = phases[-1].closes_on.isoformat()
        _note(process, "move_phases", by=by, reason=reason, record=record)
    return process


def conclude_process(
    *, by: Member, process: Process, account: str, key: str | None = None
) -> Process:
    """End it and say what was adopted, what it changed, and why the rest was not."""
    with act(by, "conclude_process", on=process, key=key) as record:
        if not account.strip():
            raise Unsuitable({"account": NO_ACCOUNT})
        _end(process, ProcessStage.CONCLUDED, account=account, record=record)
    return process


def withdraw_process(
    *, by: Member, process: Process, reason: str, key: str | None = None
) -> Process:
    """Take it back, with the reason; it stays to be seen."""
    with act(by, "withdraw_process", on=process, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        _end(process, ProcessStage.WITHDRAWN, account=reason, record=record)
    return process


def process_to_be(beginning: Beginning, *, organisation: Organisation) -> Process:
    """A process that nobody has started yet."""
    return Process(
        template=beginning.template,
        fiscal_year=beginning.fiscal_year,
        organisation=organisation,
        project=beginning.project,
        about=beginning.about,
        title=beginning.title.strip(),
        question=beginning.question.strip(),
        label=beginning.project.label if beginning.project else "public",
    )


def _refuse_unfit(beginning: Beginning, *, opens_on: date, today: date) -> None:
    faults: dict[str, Said] = {}
    if beginning.template not in load_templates():
        faults["template"] = NO_TEMPLATE
    if not beginning.title.strip():
        faults["title"] = NO_TITLE
    if not beginning.question.strip():
        faults["question"] = NO_QUESTION
    said = {"title": beginning.title, "question": beginning.question}
    faults = personal_faults(said) | faults
    if opens_on < today:
        faults["opens_on"] = PAST
    if faults:
        raise Unsuitable(faults)


def _keep(
    process: Process, phases: Sequence[PhaseDates], *, was: Sequence[PhaseDates] = ()
) -> None:
    """Write down what is new of the phases."""
    problem = why_not_planned(phases)
    assert problem is None, problem
    known = dict(enumerate(was, start=1))
    Phase.objects.bulk_create(
        Phase(
            process=process,
            number=number,
            code=each.code,
            opens_on=each.opens_on,
            closes_on=each.closes_on,
        )
        for number, each in enumerate(phases, start=1)
        if known.get(number) != each
    )


def _end(process: Process, stage: ProcessStage, *, account: str, record: Record) -> None:
    refuse_personal({"account" if stage is ProcessStage.CONCLUDED else "reason": account})
    process.stage, process.account = stage, account.strip()
    process.ended_on = record.business_date
    process.save(update_fields=["stage", "account", "ended_on"])
    record["stage"] = str(stage)
    record.private("text", process.account)


def _note(process: Process, verb: str, *, by: Member, reason: str, record: Record) -> None:
    said = reason.strip()
    if not said:
        raise Unsuitable({"reason": NO_REASON})
    assert by.office is not None, "whoever leads a process stands in an office"
    ProcessStep.objects.create(
        process=process, verb=verb, reason=said, office_id=by.office, done_on=record.business_date
    )
    record.private("reason", said)
