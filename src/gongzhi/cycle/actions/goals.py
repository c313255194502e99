"""What is done with goals: drafted, handed in, forwarded, returned, approved, adjusted.

Which step may be taken when stands in core.goals.review.TRANSITIONS. A deed on many versions at
once (`…_budget`) is a deed with their unit, and needs the right for each of them besides.
"""

from collections.abc import Iterable, Sequence

from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.core.goals.review import GoalStage, Transition, step_to_take
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.actions.adding_up import open_projects
from gongzhi.cycle.actions.drafts import Drafted, drafts_of, keep_drafts
from gongzhi.cycle.each_allowed import each_allowed
from gongzhi.cycle.goal_lines import unfit
from gongzhi.cycle.goal_record import GoalPlan
from gongzhi.cycle.models import UNFINISHED, GoalStep, GoalVersion, Project
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable

NO_NUMBER = Said("请写批复文号")
NOTHING_CHOSEN = Said("没有可以办理的绩效目标")
UNDER_REVIEW = Said("这个年度的绩效目标正在审核，请等候审核意见，或者先撤回")
TWICE = Said("同一个项目只能有一份绩效目标")
IN_FORCE = Said("这个年度的绩效目标已经批复，请办理绩效目标调整")


def draft_goals(
    *,
    by: Member,
    project: Project,
    fiscal_year: FiscalYear,
    plan: GoalPlan,
    pack: str,
    key: str | None = None,
) -> GoalVersion:
    """Keep what a project promises as its unit's draft; an earlier draft of the year is withdrawn.

    Raises Unsuitable where the year's goals are under review or approved already.
    """
    with act(by, "draft_goals", on=project, key=key) as record:
        (version,) = _draft([(project, plan)], by=by, year=fiscal_year, pack=pack, record=record)
        record["version"] = str(version.pk)
        record["fiscal_year"] = fiscal_year
        record.private("record", _digest(version))
    return version


def draft_budget(
    *,
    by: Member,
    unit: Organisation,
    fiscal_year: FiscalYear,
    plans: Sequence[Drafted],
    pack: str,
    key: str | None = None,
) -> list[GoalVersion]:
    """Keep the goals of many projects of a unit as drafts, in one deed."""
    with act(by, "draft_budget", on=unit, key=key) as record:
        projects = [project for project, _ in plans]
        if len({project.pk for project in projects}) < len(projects):
            raise Unsuitable({"plan": TWICE})
        each_allowed(by, "draft_goals", projects)
        versions = _draft(plans, by=by, year=fiscal_year, pack=pack, record=record)
        record["fiscal_year"] = fiscal_year
        record["versions"] = [str(version.pk) for version in versions]
        record.private("records", [_digest(version) for version in versions])
    return versions


def adjust_goals(
    *, by: Member, version: GoalVersion, plan: GoalPlan, reason: str, key: str | None = None
) -> GoalVersion:
    """Draft a change of approved goals with its reason; it replaces them once it is approved."""
    with act(by, "adjust_goals", on=version, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        _fit([plan])
        project = Project.objects.select_for_update().get(pk=version.project_id)
        if version.adjustments.filter(stage=GoalStage.APPROVED).exists():
            raise Unsuitable({"plan": Said("这一版已经被后来的调整代替")})
        _give_up_drafts([project], by=by, year=version.fiscal_year)
        year, pack = version.fiscal_year, version.pack
        (made,) = drafts_of([(project, plan)], by=by, year=year, pack=pack, record=record)
        made.replaces = version
        keep_drafts([made], [plan])
        _note([made], "adjust_goals", by=by, record=record, reason=reason)
        record["version"] = str(made.pk)
        record["fiscal_year"] = made.fiscal_year
        record.private("record", _digest(made))
    return made


def withdraw_goals(*, by: Member, version: GoalVersion, key: str | None = None) -> GoalVersion:
    """Take goals back that nobody has decided on; they stay, out of the way."""
    with act(by, "withdraw_goals", on=version, key=key) as record:
        _take(version, "withdraw_goals", by=by, record=record)
    return version


def submit_goals(*, by: Member, version: GoalVersion, key: str | None = None) -> GoalVersion:
    """Hand goals in: to the department above the unit, else to the finance bureau."""
    with act(by, "submit_goals", on=version, key=key) as record:
        _take(version, "submit_goals", by=by, record=record)
    return version


def submit_budget(
    *,
    by: Member,
    unit: Organisation,
    versions: Iterable[GoalVersion],
    key: str | None = None,
) -> list[GoalVersion]:
    """Hand many goals of a unit in, in one deed."""
    with act(by, "submit_budget", on=unit, key=key) as record:
        chosen = _locked(versions, unit=unit)
        each_allowed(by, "submit_goals", chosen)
        return _take_all(chosen, "submit_goals", by=by, record=record)


def forward_goals(
    *, by: Member, version: GoalVersion, reason: str = "", key: str | None = None
) -> GoalVersion:
    """Pass a unit's goals on to the finance bureau, as its department."""
    with act(by, "forward_goals", on=version, key=key) as record:
        _take(version, "forward_goals", by=by, record=record, reason=reason)
    return version


def forward_budget(
    *,
    by: Member,
    department: Organisation,
    versions: Iterable[GoalVersion],
    reason: str = "",
    key: str | None = None,
) -> list[GoalVersion]:
    """Pass many goals of a department's units on to the finance bureau, in one deed."""
    with act(by, "forward_budget", on=department, key=key) as record:
        chosen = _locked(versions, unit=department, under_it=True)
        each_allowed(by, "forward_goals", chosen)
        return _take_all(chosen, "forward_goals", by=by, record=record, reason=reason)


def return_budget(
    *,
    by: Member,
    unit: Organisation,
    versions: Iterable[GoalVersion],
    reason: str,
    key: str | None = None,
) -> list[GoalVersion]:
    """Send some goals of a unit back with one reason, in one deed, as the finance bureau."""
    with act(by, "return_budget", on=unit, key=key) as record:
        chosen = _locked(versions, unit=unit)
        each_allowed(by, "return_goals", chosen)
        return _take_all(chosen, "return_goals", by=by, record=record, reason=reason)


def hand_back_budget(
    *,
    by: Member,
    department: Organisation,
    versions: Iterable[GoalVersion],
    reason: str,
    key: str | None = None,
) -> list[GoalVersion]:
    """Send some goals of a department's units back with one reason, in one deed."""
    with act(by, "hand_back_budget", on=department, key=key) as record:
        chosen = _locked(versions, unit=department, under_it=True)
        each_allowed(by, "return_goals", chosen)
        return _take_all(chosen, "return_goals", by=by, record=record, reason=reason)


def ask_about_goals(
    *, by: Member, version: GoalVersion, reason: str = "", key: str | None = None
) -> GoalVersion:
    """Let everybody read goals and say what they think, before they are decided on."""
    with act(by, "ask_about_goals", on=version, key=key) as record:
        _take(version, "ask_about_goals", by=by, record=record, reason=reason)
        record["goals"] = _digest(version)
    return version


def return_goals(
    *, by: Member, version: GoalVersion, reason: str, key: str | None = None
) -> GoalVersion:
    """Send goals back to their unit, with the reason."""
    with act(by, "return_goals", on=version, key=key) as record:
        _take(version, "return_goals", by=by, record=record, reason=reason)
    return version


def approve_goals(
    *, by: Member, version: GoalVersion, document_number: str, key: str | None = None
) -> GoalVersion:
    """Approve goals and lock them; the project and its goals are everybody's from then on."""
    with act(by, "approve_goals", on=version, key=key) as record:
        _approve([version], by=by, record=record, document_number=document_number)
        record["project"] = str(version.project_id)
        record["fiscal_year"] = version.fiscal_year
        record["number"] = version.number
        record["pack"] = version.pack
        record["goals"] = _digest(version)
        if version.replaces_id:
            record["replaces"] = str(version.replaces_id)
        if version.decision_id:
            record["by_decision"] = [str(version.decision_id)]
    return version


def approve_budget(
    *,
    by: Member,
    unit: Organisation,
    versions: Iterable[GoalVersion],
    document_number: str,
    key: str | None = None,
) -> list[GoalVersion]:
    """Approve many goals of a unit together with its budget, in one deed."""
    with act(by, "approve_budget", on=unit, key=key) as record:
        chosen = _locked(versions, unit=unit)
        each_allowed(by, "approve_goals", chosen)
        _approve(chosen, by=by, record=record, document_number=document_number)
        record["versions"] = [str(version.pk) for version in chosen]
        record["goals"] = [_digest(version) for version in chosen]
    return chosen


def _draft(
    plans: Sequence[Drafted], *, by: Member, year: FiscalYear, pack: str, record: Record
) -> list[GoalVersion]:
    """New drafts, in the place of those that nobody has handed in."""
    _fit([plan for _, plan in plans])
    projects = [project for project, _ in plans]
    list(Project.objects.select_for_update().filter(pk__in=[p.pk for p in projects]))
    approved = GoalVersion.objects.approved().filter(project__in=projects, fiscal_year=year)
    if approved.exists():
        raise Unsuitable({"plan": IN_FORCE})
    _give_up_drafts(projects, by=by, year=year)
    made = drafts_of(plans, by=by, year=year, pack=pack, record=record)
    keep_drafts(made, [plan for _, plan in plans])
    _note(made, "draft_goals", by=by, record=record)
    return made


def _fit(plans: Iterable[GoalPlan]) -> None:
    for plan in plans:
        faults = unfit(plan)
        if faults:
            raise Unsuitable(faults)


def _give_up_drafts(projects: Sequence[Project], *, by: Member, year: FiscalYear) -> None:
    unfinished = GoalVersion.objects.filter(
        project__in=projects, fiscal_year=year, stage__in=UNFINISHED
    )
    earlier = list(unfinished.with_facts())
    if any(version.stage != GoalStage.DRAFT for version in earlier):
        raise Unsuitable({"plan": UNDER_REVIEW})
    for version in earlier:
        withdraw_goals(by=by, version=version)


# ── steps ──


def _take(
    version: GoalVersion, verb: str, *, by: Member, record: Record, reason: str = ""
) -> Transition:
    """Take a step that the review of goals knows; raises Unsuitable where it isn't one now."""
    step = _step(version, verb, reason=reason)
    version.stage = step.to
    version.save(update_fields=["stage"])
    record["stage"] = str(step.to)
    _note([version], verb, by=by, record=record, reason=reason)
    return step


def _take_all(
    versions: list[GoalVersion], verb: str, *, by: Member, record: Record, reason: str = ""
) -> list[GoalVersion]:
    for version in versions:
        version.stage = _step(version, verb, reason=reason).to
    GoalVersion.objects.bulk_update(versions, ["stage"])
    record["versions"] = [str(version.pk) for version in versions]
    _note(versions, verb, by=by, record=record, reason=reason)
    return versions


def _step(version: GoalVersion, verb: str, *, reason: str = "") -> Transition:
    has_department = version.project.unit.parent_id is not None
    step = step_to_take(
        GoalStage(version.stage), verb, has_department=has_department, reason=reason
    )
    if isinstance(step, Said):
        raise Unsuitable({"reason": step})
    return step


def _approve(
    versions: Sequence[GoalVersion], *, by: Member, record: Record, document_number: str
) -> None:
    """Number and lock the versions; the rows of their projects keep numbers apart."""
    number = document_number.strip()
    if not number:
        raise Unsuitable({"document_number": NO_NUMBER})
    projects = Project.objects.filter(pk__in=[version.project_id for version in versions])
    list(projects.select_for_update())
    before = _numbers_before(versions)
    for version in versions:
        version.stage = _step(version, "approve_goals").to
        version.number = before.get((version.project_id, version.fiscal_year), 0) + 1
        version.approved_on = record.business_date
        version.document_number = number
    GoalVersion.objects.bulk_update(versions, ["stage", "number", "approved_on", "document_number"])
    open_projects(projects)
    record["document_number"] = number
    _note(versions, "approve_goals", by=by, record=record, reason=number)


def _numbers_before(versions: Iterable[GoalVersion]) -> dict[tuple[object, int], int]:
    approved = GoalVersion.objects.approved().filter(
        project__in=[version.project_id for version in versions]
    )
    counted: dict[tuple[object, int], int] = {}
    for which in approved.values_list("project_id", "fiscal_year"):
        counted[which] = counted.get(which, 0) + 1
    return counted


def _locked(
    versions: Iterable[GoalVersion], *, unit: Organisation, under_it: bool = False
) -> list[GoalVersion]:
    """The versions of a unit as they stand now, so that none is acted on in a stage passed.

    Those of the units under it too, where it is their department.
    """
    chosen = [version.pk for version in versions]
    rows = GoalVersion.objects.select_for_update(of=("self",)).with_facts()
    whose = Q(project__unit=unit)
    if under_it:
        whose |= Q(project__unit__parent=unit)
    found = list(rows.filter(whose, pk__in=chosen).order_by("id"))
    if not found or len(found) != len(set(chosen)):
        raise Unsuitable({"versions": NOTHING_CHOSEN})
    return found


def _note(
    versions: Iterable[GoalVersion], verb: str, *, by: Member, record: Record, reason: str = ""
) -> None:
    """Add a step to each; the log gets of the reason only its promise."""
    said = reason.strip()
    GoalStep.objects.bulk_create(
        GoalStep(
            version=version,
            verb=verb,
            reason=said,
            office_id=by.office,
            done_on=record.business_date,
        )
        for version in versions
    )
    if said and verb != "approve_goals":
        record.private("reason", said)


def _digest(version: GoalVersion) -> str:
    return digest(canonical(version.record))
