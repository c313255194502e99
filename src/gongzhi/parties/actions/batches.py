"""Closing what waited: deeds without author and moment enter the log as one shuffled batch."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from gongzhi.core.charter import INSTALLATION, SYSTEM
from gongzhi.core.ledger.batch import Row
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act
from gongzhi.parties.unseen import Pool, rows_of, shuffled, take_away


@transaction.atomic
def close_batch(pool: Pool) -> int:
    """Enter the rows that wait in a pool, in an order that nobody chose; says how many."""
    waiting = shuffled(pool)
    if waiting:
        _enter(pool, rows_of(waiting))
        take_away(waiting)
    return len(waiting)


@transaction.atomic
def close_kept(pool: Pool, rows: Sequence[Row]) -> int:
    """Enter rows that a room kept for itself, in the order of chance that it gave them."""
    if rows:
        _enter(pool, rows)
    return len(rows)


def _enter(pool: Pool, rows: Iterable[Row]) -> None:
    """One entry, which names no party, and the day of the rows or of the close, no more."""
    with act(SYSTEM, "close_batch", on=INSTALLATION) as record:
        record.names_party = False
        record.business_date = pool.day or business_date()
        if pool.closes_with:
            record["closed"] = pool.closes_with
        record.batch(pool.verb, rows)
