"""What a call for readings asks: for which month, about which indicators."""

from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gongzhi.core.monitoring.figures import end_of
from gongzhi.cycle.models import Collection, GoalIndicator, GoalVersion


def month_of(collection: Collection) -> tuple[date, date]:
    """The first and the last day of the month that is called for."""
    year, month = collection.fiscal_year, collection.month
    return date(year, month, 1), end_of(year, month)


def asked_for(collection: Collection) -> QuerySet[Any]:
    """The indicators that a call asks for, of all units in its region."""
    region = collection.organisation.region_id
    here = Q(version__project__unit__region=region) | Q(
        version__project__unit__region__ancestors__contains=[str(region)]
    )
    in_force = GoalVersion.objects.in_force().filter(
        fiscal_year=collection.fiscal_year, project__stage="disclosed"
    )
    asked: QuerySet[Any] = GoalIndicator.objects.filter(here, version__in=in_force)
    return asked
