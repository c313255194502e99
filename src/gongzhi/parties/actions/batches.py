"""Closing what waited: deeds without author and moment enter the log as one shuffled batch."""

from collections.abc import Iterable

from django.db import transaction

from gongzhi.core.charter import INSTALLATION, SYSTEM
from gongzhi.core.ledger.batch import Row
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act
from gongzhi.parties.unseen import Pool, rows_of, shuffled, take_away


@transaction.atomic
def close_pool(pool: Pool) -> int:
    """Enter the rows that wait in a pool, in an order that nobody chose; says how many."""
    waiting = shuffled(pool)
    if waiting:
        close_batch(pool, rows_of(waiting))
        take_away(waiting)
    return len(waiting)


@transaction.atomic
def close_batch(pool: Pool, rows: Iterable[Row]) -> None:
    """Enter rows in the order of chance in which they are given; at least one.

    One entry, which names no party, and the day of the rows or of the close, no more.
    """
    with act(SYSTEM, "close_batch", on=INSTALLATION) as record:
        record.names_party = False
        record.business_date = pool.day or business_date()
        if pool.closes_with:
            record["closed"] = pool.closes_with
        record.batch(pool.verb, rows)
