"""Counting no further than anybody waits for."""

from typing import Any

from django.db.models import Max, QuerySet


def are_more_than(rows: QuerySet[Any], most: int) -> bool:
    """Whether there are more rows; a table whose numbers never went so far isn't counted."""
    newest = rows.model._default_manager.aggregate(newest=Max("pk"))["newest"] or 0
    return newest > most and rows.order_by()[: most + 1].count() > most
