"""What happened to a project, day by day: goals and money decided, alerts and how they were met."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from gongzhi.core.telling import amount_said
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Alert, AlertStep, BudgetAct, GoalVersion
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.pages.monitoring.alerts import CHOICES
from gongzhi.web.pages.projects.gathered import Gathered

APPROVED, ADJUSTED = Said("{year} 年绩效目标批复"), Said("{year} 年绩效目标调整")
OPENED = Said("发出预警（{month} 月底评判）")
CHOSEN = Said("{deed}：{choice}")
ACTS = {
    BudgetAct.Kind.AMENDMENT: Said("预算调整 {amount}"),
    BudgetAct.Kind.TRANSFER: Said("预算调剂 {amount}"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on a day: what, where it is told at length, who, their words."""

    on: date
    what: Said
    address: str = ""
    who: str = ""
    words: str = ""
    state: str = ""


def happened(known: Gathered) -> list[Event]:
    """Everything that the reader may read, the newest first."""
    events = [*_of_goals(known), *_of_money(known), *_of_alerts(known)]
    return sorted(events, key=lambda event: event.on, reverse=True)


def _of_goals(known: Gathered) -> Iterator[Event]:
    versions = GoalVersion.objects.visible_to(known.member).approved()
    for row in versions.filter(project=known.project).order_by("-approved_on", "-id"):
        decided = ADJUSTED if row.replaces_id else APPROVED
        yield Event(
            on=row.approved_on,
            what=Said(decided.text, {"year": row.fiscal_year}),
            address=reverse("goal-version", args=[row.pk]),
            words=row.document_number,
        )


def _of_money(known: Gathered) -> Iterator[Event]:
    for act in known.acts:
        values = {"amount": amount_said(act.amount, unit=known.currency)}
        yield Event(
            on=act.decided_on,
            what=Said(ACTS[BudgetAct.Kind(act.kind)].text, values),
            address=f"{reverse('project-monitoring', args=[known.project.pk])}#money",
            who=act.authority,
            words=f"{act.document_number} {act.reason}",
        )


def _of_alerts(known: Gathered) -> Iterator[Event]:
    for alert in known.alerts:
        address = reverse("alert", args=[alert.pk])
        for step in reversed(alert.steps.all()):
            yield _step(step, address=address)
        yield _opened(alert, address=address)


def _opened(alert: Alert, *, address: str) -> Event:
    return Event(
        on=alert.opened_on,
        what=Said(OPENED.text, {"month": alert.round}),
        address=address,
        state="fault" if alert.level == "red" else "watch",
    )


def _step(step: AlertStep, *, address: str) -> Event:
    name = charter_in_force().verb_names.get(step.verb, Said(step.verb))
    chosen = CHOICES.get(step.choice)
    what = Said(CHOSEN.text, {"deed": name, "choice": chosen}) if chosen else name
    office = step.office
    return Event(
        on=step.done_on,
        what=what,
        address=address,
        who=office.organisation.name if office else "",
        words=step.reason,
    )
