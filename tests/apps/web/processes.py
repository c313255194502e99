"""Processes and stakeholders for the sweeps: rows at every stage, bodies, what would be made."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import city_hall
from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.processes import ProcessStage, planned
from gongzhi.cycle.models import Project
from gongzhi.forum.models import Phase, Process, Stakeholder
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation
from gongzhi.rules.calendar import load_calendar


def processes(unit: city_hall.Unit) -> Iterator[Process]:
    """One at each stage, public and inside."""
    today = business_date()
    for label in ("public", "internal"):
        for stage in ProcessStage:
            is_open = stage is ProcessStage.OPEN
            row = Process.objects.create(
                template="goals",
                fiscal_year=today.year,
                organisation=unit.organisation,
                project=unit.project,
                title="目标值是高是低",
                question="说说目标值",
                stage=stage,
                label=label,
                started_on=today,
                account="" if is_open else "采纳两条",
                ended_on=None if is_open else today,
            )
            dates = planned(row.kind(), opens_on=today, calendar=load_calendar())
            for number, each in enumerate(dates, start=1):
                Phase.objects.create(
                    process=row,
                    number=number,
                    code=each.code,
                    opens_on=each.opens_on,
                    closes_on=each.closes_on,
                )
            yield row


def stakeholders(unit: city_hall.Unit) -> Iterator[Stakeholder]:
    """A group that the project affects."""
    yield Stakeholder.objects.create(
        project=unit.project, name="沿街商户", effect="施工挡路", registered_on=business_date()
    )


def _moved(_: Any) -> dict[str, str]:
    first = business_date() + timedelta(days=1)
    dates = {}
    for number in range(1, 4):
        dates[f"opens_{number}"] = first.isoformat()
        dates[f"closes_{number}"] = (first + timedelta(days=20)).isoformat()
        first += timedelta(days=21)
    return {**dates, "reason": "材料还没有备齐"}


PROCESS_BODIES: Mapping[str, Any] = {
    "start_process": lambda cast: {
        "template": "goals",
        "project": str(cast.unit.project.pk),
        "title": "目标值是高是低",
        "question": "说说目标值",
    },
    "move_phases": _moved,
    "conclude_process": {"account": "采纳两条，及格率由 70% 改为 85%"},
    "withdraw_process": {"reason": "项目取消"},
    "register_stakeholder": {"name": "沿街居民", "effect": "施工噪声"},
    "invite_stakeholder": {"text": "请在月底前说说您的看法"},
    "note_stakeholder": {"said": "在座谈会上说了噪声"},
}
PROCESS_OPTIONS: Mapping[str, frozenset[str]] = {
    "start_process": frozenset({"project", "about", "opens_on"}),
}


def _process_to_be(cast: Any, by: Member) -> Thing:
    known = Organisation.objects.filter(pk=by.organisation).first()
    project = cast.unit.project
    return Process(
        organisation=known or project.unit, project=project, label=project.label, stage="open"
    ).thing()


def _stakeholder_to_be(row: Any, _: Member) -> Thing:
    project: Project = row
    return Stakeholder(project=project, name="沿街居民").thing()


PROCESSES_TO_BE: Mapping[str, Callable[[Any, Member], Thing]] = {"start_process": _process_to_be}
STAKEHOLDERS_OF: Mapping[str, Callable[[Any, Member], Thing]] = {
    "register_stakeholder": _stakeholder_to_be
}
