"""Holding a thing open until something is in it: whoever closes it waits, and nobody else does."""

from datetime import date

from django.db import connection

from gongzhi.forum.models import Survey, Topic, Vote


def is_held_open(row: Survey | Topic | Vote, *, today: date) -> bool:
    """Whether it is open and its last day not over; then it stays so until the transaction ends."""
    still_open = (
        f"SELECT 1 FROM {row._meta.db_table} "  # noqa: S608 - own names
        "WHERE id = %s AND stage = 'open' AND closes_on >= %s FOR SHARE"
    )
    with connection.cursor() as cursor:
        cursor.execute(still_open, [row.pk, today])
        return cursor.fetchone() is not None
