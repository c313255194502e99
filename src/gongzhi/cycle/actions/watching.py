"""Keeping what the two curves of all projects show on a day."""

import hashlib
import json
from collections.abc import Iterator
from itertools import chain

from gongzhi.core.charter import INSTALLATION, SYSTEM
from gongzhi.core.parts import in_parts
from gongzhi.cycle.actions.adding_up import keep_sums
from gongzhi.cycle.followed import projects_of
from gongzhi.cycle.models import Watched
from gongzhi.cycle.on_the_way import copying
from gongzhi.cycle.summing import Summing
from gongzhi.cycle.watching import Watching, counted
from gongzhi.parties.deeds import act

COLUMNS = (
    "project_id",
    "fiscal_year",
    "on",
    "level",
    "budget",
    "paid",
    "money_now",
    "goals_now",
    "curves",
    "signals",
    "forecasts",
)
AT_ONCE = 500
Kept = tuple[object, ...]


def watch_projects(*, year: int) -> int:
    """Compute curves, signals and forecasts of all projects of a year anew, and their sums.

    The log gets how many projects show which colour, and the digest of all that was kept.
    """
    with act(SYSTEM, "watch_projects", on=INSTALLATION) as record:
        chosen = sorted(projects_of(year))
        watching = Watching(year=year, today=record.business_date)
        Watched.objects.filter(fiscal_year=year, project__in=chosen).delete()
        digest, levels, sums = hashlib.sha256(), [], Summing(chosen)
        for some in in_parts(chosen, size=AT_ONCE):
            for row, kept in _written(watching.kept(some)):
                digest.update("\t".join(map(str, kept)).encode() + b"\n")
                levels.append(row.level)
                sums.add(row)
        keep_sums(year, watched=sums.rows(on=record.business_date))
        record["year"] = year
        record["projects"] = len(chosen)
        record["levels"] = dict(counted(levels))
        record["digest"] = digest.hexdigest()
    return len(chosen)


def _written(rows: Iterator[Watched]) -> Iterator[tuple[Watched, Kept]]:
    """Add rows to the table while they are made, so that neither waits for the other.

    What they are made of is asked for before: while rows are copied the connection takes no
    question.
    """
    first = next(rows)
    with copying(Watched._meta.db_table, columns=COLUMNS) as copy:
        for row in chain((first,), rows):
            kept = _kept(row)
            copy.write_row(kept)
            yield row, kept


def _kept(row: Watched) -> Kept:
    """What is kept of a project, as the table takes it: what is derived as text."""
    derived = (row.curves, row.signals, row.forecasts)
    return (
        row.project_id,
        row.fiscal_year,
        row.on,
        row.level,
        row.budget,
        row.paid,
        row.money_now,
        row.goals_now,
        *(json.dumps(each, ensure_ascii=False, sort_keys=True) for each in derived),
    )
