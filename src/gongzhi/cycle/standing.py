"""How far projects are, computed by the database: the same answer as `core.telling` gives of one.

`way` leads from the row that is asked to what was watched of it. How a project stands and by how
much it is behind are columns that the database makes when it is watched, to be found by.
"""

from typing import Any

from django.db.models import (
    Case,
    CharField,
    DecimalField,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    Q,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Greatest, Round
from django.db.models.lookups import GreaterThanOrEqual

from gongzhi.core.monitoring.alert import SEVERITY
from gongzhi.core.monitoring.figures import HUNDRED
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.telling import Standing
from gongzhi.core.telling.promises import STEP

SHARE = DecimalField(max_digits=12, decimal_places=6)


def _of_curves(way: str, *path: Any) -> Func:
    return Func(
        F(f"{way}curves"),
        *path,
        function="jsonb_extract_path_text",
        output_field=TextField(),
    )


def months_over(way: str = "") -> Any:
    """How many months of its year were over when it was seen."""
    return Cast(_of_curves(way, Value("ended")), IntegerField())


def goals_due(way: str = "") -> Any:
    """What should be reached by what was read; None before the first month is over.

    Rows that were kept before this was say what was planned by the end of the last month.
    """
    read = Cast(_of_curves(way, Value("due")), SHARE)
    ended = months_over(way)
    at = Cast(ended - 1, TextField())
    planned = Cast(_of_curves(way, Value("goals_planned"), at), SHARE)
    known = Coalesce(read, planned)
    # LEAST would pass over what is unknown: where nothing was planned nothing is due.
    due = ExpressionWrapper(known - Greatest(known - 1, Value(0)), output_field=SHARE)
    # A position of −1 would be the last month's.
    return Case(When(Q(**{f"{way}curves__ended__gt": 0}), then=due), output_field=SHARE)


def behind() -> Any:
    """By how many points less was reached than was due, each rounded as it is shown."""
    return Round(goals_due() * HUNDRED, 1) - Round(F("goals_now") * HUNDRED, 1)


def standing() -> Case:
    """How a project stands."""
    return Case(
        When(goals_now__isnull=True, then=Value(str(Standing.UNREAD))),
        When(goals_now__gte=1, then=Value(str(Standing.KEPT))),
        When(curves__ended=MONTHS, then=Value(str(Standing.MISSED))),
        When(GreaterThanOrEqual(behind(), Value(STEP)), then=Value(str(Standing.BEHIND))),
        default=Value(str(Standing.ON_PLAN)),
        output_field=CharField(),
    )


def stands(standing: Standing, *, way: str = "") -> Q:
    """The rows that stand so; what was never watched was never read."""
    so = Q(**{f"{way}standing": str(standing)})
    unwatched = Q(**{f"{way}standing__isnull": True})
    return so | unwatched if standing is Standing.UNREAD else so


def graveness() -> Case:
    """Where a project's colour stands among the colours, the gravest first; none is last."""
    colours = (*map(str, SEVERITY), "")
    return Case(
        *(When(level=code, then=Value(place)) for place, code in enumerate(colours)),
        output_field=IntegerField(),
    )
