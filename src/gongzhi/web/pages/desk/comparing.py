"""This month beside the last: how far money and goals came, and what became of alerts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.monitoring import Curves
from gongzhi.core.monitoring.alert import TRANSITIONS, Stage
from gongzhi.core.monitoring.figures import percent
from gongzhi.core.terms import Ratio
from gongzhi.cycle.models import Alert, AlertStep
from gongzhi.cycle.reading import overseen
from gongzhi.web.pages.monitoring.gathered import signed
from gongzhi.web.pages.monitoring.seen import percent_or_dash

CLOSING = frozenset(each.verb for each in TRANSITIONS if each.to is Stage.CLOSED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A figure at the end of the last month, now, and the difference."""

    name: str
    before: str
    now: str
    change: str


def compared(member: Member, curves: Curves, *, today: date) -> tuple[Compared, ...]:
    """The figures of all projects together, then those of alerts; in January there is no before."""
    if curves.month != today.month or today.month == 1:
        return ()
    return (*_shares(curves), *_alerts(member, today=today))


def _shares(curves: Curves) -> Iterator[Compared]:
    at = curves.month - 1
    named = (
        (_("已支付占预算"), curves.money),
        (_("按计划应支付"), curves.money_planned),
        (_("目标完成"), curves.goals),
        (_("按计划应完成"), curves.goals_planned),
    )
    for name, shares in named:
        before, now = shares[at - 1], shares[at]
        yield Compared(
            name=name,
            before=percent_or_dash(before),
            now=percent_or_dash(now),
            change=_points(before, now),
        )


def _points(before: Ratio | None, now: Ratio | None) -> str:
    if before is None or now is None:
        return ""
    return _("%(points)s 个百分点") % {"points": signed(f"{percent(now - before):+}")}


def _alerts(member: Member, *, today: date) -> Iterator[Compared]:
    first = today.replace(day=1)
    earlier = (first - timedelta(days=1)).replace(day=1)
    opened = Alert.objects.visible_to(member).overseen_by(member).filter(opened_on__gte=earlier)
    days = opened.values_list("opened_on", flat=True)
    yield _counted(_("新发的预警"), [*days], first=first)
    closed = AlertStep.objects.visible_to(member).filter(
        overseen(member, way="alert__project__"), verb__in=CLOSING, done_on__gte=earlier
    )
    yield _counted(_("办结的预警"), [*closed.values_list("done_on", flat=True)], first=first)


def _counted(name: str, days: list[date], *, first: date) -> Compared:
    now = sum(day >= first for day in days)
    before = len(days) - now
    return Compared(name=name, before=str(before), now=str(now), change=signed(f"{now - before:+}"))
