"""Closing what waited: deeds without author and moment enter the log as one shuffled batch."""

from collections.abc import Sequence

from django.db import transaction

from gongzhi.core.charter import INSTALLATION, SYSTEM
from gongzhi.core.ledger.batch import Row
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act
from gongzhi.parties.unseen import Pool, rows_of, shuffled, take_away


@transaction.atomic
def close_batch(pool: Pool, *, kept: Sequence[Row] | None = None) -> int:
    """Enter the rows that wait in a pool, in an order that nobody chose; says how many.

    `kept`: those that a room kept for itself until its thing closed, in the order of chance that
    it gave them. The entry names no party, and the day of the rows or of the close, no more.
    """
    waiting = shuffled(pool) if kept is None else []
    if not waiting and not kept:
        return 0
    with act(SYSTEM, "close_batch", on=INSTALLATION) as record:
        record.names_party = False
        record.business_date = pool.day or business_date()
        if pool.closes_with:
            record["closed"] = pool.closes_with
        record.batch(pool.verb, kept or rows_of(waiting))
        take_away(waiting)
    return len(kept or waiting)
