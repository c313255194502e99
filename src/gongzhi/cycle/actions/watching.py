"""Keeping what the two curves of all projects show on a day."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from uuid import UUID

from gongzhi.core.charter import INSTALLATION, SYSTEM
from gongzhi.cycle.followed import projects_of
from gongzhi.cycle.models import Watched
from gongzhi.cycle.watching import Watching, counted, in_parts
from gongzhi.parties.deeds import act
from gongzhi.trust.straight import straight

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
LEVEL = COLUMNS.index("level")
AT_ONCE = 500
Kept = tuple[object, ...]


def watch_projects(*, year: int, projects: Sequence[UUID] | None = None) -> int:
    """Compute curves, signals and forecasts of a year anew, of all projects unless told otherwise.

    The log gets how many projects show which colour, and the digest of all that was kept.
    """
    with act(SYSTEM, "watch_projects", on=INSTALLATION) as record:
        chosen = sorted(projects_of(year) if projects is None else projects)
        watching = Watching(year=year, today=record.business_date)
        Watched.objects.filter(fiscal_year=year, project__in=chosen).delete()
        digest, levels = hashlib.sha256(), []
        # While rows stream to the database it answers no question: each part is made before.
        for part in in_parts(_rows(watching, chosen), size=AT_ONCE):
            _write(part)
            for row in part:
                digest.update("\t".join(map(str, row)).encode() + b"\n")
                levels.append(str(row[LEVEL]))
        record["year"] = year
        record["projects"] = len(chosen)
        record["levels"] = dict(counted(levels))
        record["digest"] = digest.hexdigest()
    return len(chosen)


def _write(rows: Sequence[Kept]) -> None:
    """Add rows to the table; while they are copied the connection takes no question."""
    names = ", ".join(f'"{name}"' for name in COLUMNS)
    statement = f"COPY {Watched._meta.db_table} ({names}) FROM STDIN"
    with straight() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def _rows(watching: Watching, projects: Sequence[UUID]) -> Iterator[Kept]:
    """What is kept of each project, as the table takes it: what is derived as text."""
    for row in watching.kept(projects):
        derived = (row.curves, row.signals, row.forecasts)
        yield (
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
