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

AT_ONCE = 500
KEY = ["project", "fiscal_year"]
DERIVED = ["on", "level", "budget", "paid", "money_now", "goals_now", "curves", "signals"]


def watch_projects(*, year: int, projects: Sequence[UUID] | None = None) -> int:
    """Compute curves, signals and forecasts of a year anew, of all projects unless told otherwise.

    The log gets how many projects show which colour, and the digest of all that was kept.
    """
    with act(SYSTEM, "watch_projects", on=INSTALLATION) as record:
        chosen = sorted(projects_of(year) if projects is None else projects)
        watching = Watching(year=year, today=record.business_date)
        digest, levels = hashlib.sha256(), []
        for rows in in_parts(watching.kept(chosen), size=AT_ONCE):
            Watched.objects.bulk_create(
                rows,
                update_conflicts=True,
                unique_fields=KEY,
                update_fields=[*DERIVED, "forecasts"],
            )
            levels += [row.level for row in rows]
            for line in _lines(rows):
                digest.update(line)
        record["year"] = year
        record["projects"] = len(chosen)
        record["levels"] = dict(counted(levels))
        record["digest"] = digest.hexdigest()
    return len(chosen)


def _lines(rows: Sequence[Watched]) -> Iterator[bytes]:
    """What a project showed, as a line that anybody with the row can write again."""
    for row in rows:
        seen = [str(row.project_id), row.level, str(row.budget), str(row.paid), row.curves]
        yield json.dumps([*seen, row.signals], ensure_ascii=False, sort_keys=True).encode() + b"\n"
