"""The units, and the departments above them, that some rows are of: the first of them by name.

Asked unit by unit in their order, so that the rows of a whole province need not be sorted.
"""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from gongzhi.cycle.summing import Per
from gongzhi.parties.models import Organisation

Named = dict[UUID, str]


def units_having(
    rows: QuerySet[Any],
    *,
    at_most: int,
    asked: UUID | None = None,
    unit: str = "unit",
    order: str = "name",
) -> Named:
    """The units; the one that is asked for too, however far behind it stands.

    `unit` leads from a row to its unit.
    """
    of_it = rows.order_by().filter(**{unit: OuterRef("pk")})
    return _first(
        Organisation.objects.filter(Exists(of_it)), at_most=at_most, asked=asked, order=order
    )


def departments_having(rows: QuerySet[Any], *, at_most: int, asked: UUID | None = None) -> Named:
    """The departments above units, and the units without one, that sums are of."""
    bodies = rows.order_by().annotate(body=Per.DEPARTMENT.body).values("body")
    having = Organisation.objects.filter(pk__in=bodies)
    return _first(having, at_most=at_most, asked=asked, order="name")


def _first(having: QuerySet[Any], *, at_most: int, asked: UUID | None, order: str) -> Named:
    found: Named = dict(having.order_by(order).values_list("pk", "name")[:at_most])
    if asked is not None and asked not in found:
        found |= dict(having.filter(pk=asked).values_list("pk", "name"))
    return found


def names_of(bodies: Collection[UUID]) -> Named:
    """What units or departments are called."""
    return dict(Organisation.objects.filter(pk__in=bodies).values_list("pk", "name"))
