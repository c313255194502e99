"""How far projects are, asked of the database: the same answer as `core.telling` gives of one.

`way` leads from the row that is asked to what was watched of it.
"""

from typing import Any

from django.db.models import Case, DecimalField, F, Func, IntegerField, Q, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, Least, Round

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
    due = Least(Coalesce(read, planned), Value(1), output_field=SHARE)
    # A position of −1 would be the last month's.
    return Case(When(Q(**{f"{way}curves__ended__gt": 0}), then=due), output_field=SHARE)


def behind(way: str = "") -> Any:
    """By how many points less was reached than was due, each rounded as it is shown."""
    return Round(goals_due(way) * HUNDRED, 1) - Round(F(f"{way}goals_now") * HUNDRED, 1)


def stands(standing: Standing, *, way: str = "") -> Q:
    """The rows that stand so; they must be annotated with `points_behind`."""
    now, over = f"{way}goals_now", Q(**{f"{way}curves__ended": MONTHS})
    known, whole = Q(**{f"{now}__isnull": False}), Q(**{f"{now}__gte": 1})
    under_way = known & ~whole & ~over
    late = Q(points_behind__gte=STEP)
    return {
        Standing.UNREAD: ~known,
        Standing.KEPT: whole,
        Standing.MISSED: known & ~whole & over,
        Standing.BEHIND: under_way & late,
        Standing.ON_PLAN: under_way & (~late | Q(points_behind__isnull=True)),
    }[standing]
