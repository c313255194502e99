"""What changed since the budget was approved, by whose decision; what was stopped or given up."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.monitoring.alert import MOVED
from gongzhi.core.terms import Said
from gongzhi.cycle.models import AlertStep, BudgetAct, GoalVersion, Project
from gongzhi.parties.rights import charter_in_force
from gongzhi.web.pages.monitoring.alerts import CHOICES

SHOWN = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An act on a project's budget or goals: what kind, how much, by whose decision."""

    on: date
    kind: str
    project: Project
    amount: Decimal | None
    other: Project | None
    authority: str
    document_number: str
    reason: str
    version: GoalVersion | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """A step by which a project's money was stopped, moved or given up, with what was said."""

    step: AlertStep
    project: Project
    name: Said
    chose: Said | None
    stage: str


def changes(member: Member, *, year: int) -> tuple[Changed, ...]:
    """The acts on budgets and the adjustments of goals, the newest first."""
    found = [*_acts(member, year=year), *_adjustments(member, year=year)]
    return tuple(sorted(found, key=lambda each: (each.on, each.document_number), reverse=True))


def _acts(member: Member, *, year: int) -> Iterator[Changed]:
    rows = BudgetAct.objects.visible_to(member).filter(fiscal_year=year)
    chosen = rows.select_related("project__unit", "other").order_by("-decided_on", "-id")
    for act in chosen[:SHOWN]:
        yield Changed(
            on=act.decided_on,
            kind=str(act.get_kind_display()),
            project=act.project,
            amount=act.amount,
            other=act.other,
            authority=act.authority,
            document_number=act.document_number,
            reason=act.reason,
        )


def _adjustments(member: Member, *, year: int) -> Iterator[Changed]:
    rows = GoalVersion.objects.visible_to(member).approved()
    replacing = rows.filter(fiscal_year=year, replaces__isnull=False)
    chosen = replacing.select_related("project__unit").order_by("-approved_on", "-id")
    for version in chosen.defer("record")[:SHOWN]:
        yield Changed(
            on=version.approved_on,
            kind=_("绩效目标调整"),
            project=version.project,
            amount=None,
            other=None,
            authority="",
            document_number=version.document_number,
            reason="",
            version=version,
        )


def totals(found: Sequence[Changed]) -> list[tuple[str, int, Decimal]]:
    """How many of each kind, and how much money they moved."""
    kinds: dict[str, tuple[int, Decimal]] = {}
    for each in found:
        count, amount = kinds.get(each.kind, (0, Decimal(0)))
        kinds[each.kind] = (count + 1, amount + abs(each.amount or Decimal(0)))
    return [(kind, count, amount) for kind, (count, amount) in kinds.items()]


def stopped(member: Member, *, year: int) -> tuple[Stopped, ...]:
    """Where suspension was proposed or decided, and what units chose to move or to give up."""
    telling = Q(verb="propose_suspension") | Q(verb="decide_suspension") | Q(choice__in=MOVED)
    rows = AlertStep.objects.visible_to(member).filter(telling, alert__fiscal_year=year)
    chosen = rows.select_related("alert__project__unit").order_by("-done_on", "-id")
    names = charter_in_force().verb_names
    return tuple(_stopped(step, names) for step in chosen[:SHOWN])


def _stopped(step: Any, names: Any) -> Stopped:
    decided = Said(str(step.get_decision_display())) if step.decision else None
    return Stopped(
        step=step,
        project=step.alert.project,
        name=names.get(step.verb, Said(step.verb)),
        chose=CHOICES.get(step.choice) or decided,
        stage=str(step.alert.get_stage_display()),
    )
