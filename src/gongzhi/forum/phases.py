"""What a process allows on a day: a deed of a phase is refused outside of it, under clause 5.16."""

from collections.abc import Iterable
from datetime import date

from gongzhi.core.charter import Member, Refused
from gongzhi.core.participating.processes import ProcessStage, running, verbs_on, why_not_now
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.models.processes import Process
from gongzhi.parties.deeds import refuse
from gongzhi.parties.rights import Charted

CLAUSE = "5.16"
NEWEST = 10
ENDED = Said("这一参与过程已经结束")


def keep_to_the_phase(
    by: Member, verb: str, *, on: Charted, process: Process | None, today: date
) -> None:
    """Refuse a deed under way that its process doesn't invite on that day; without one, nothing.

    Called within `act(…)`; raises Refused, and the deed is undone.
    """
    if process is None:
        return
    reason = _reason(process, verb, today=today)
    if reason is not None:
        refuse(by, on, Refused(clauses=(CLAUSE,), verb=verb, reason=reason, thing=on.thing()))


def _reason(process: Process, verb: str, *, today: date) -> Said | None:
    if process.stage != ProcessStage.OPEN:
        return ENDED
    return why_not_now(process.kind(), process.dates(), verb=verb, today=today)


def inviting(
    project: Project, verb: str, *, today: date, until: date | None = None
) -> Process | None:
    """The public process about a project that invites a deed today; until: and still does then."""
    rows = Process.objects.filter(project=project, stage=ProcessStage.OPEN, label="public")
    newest: Iterable[Process] = rows.with_facts().order_by("-pk")[:NEWEST]
    for process in newest:
        dates = process.dates()
        phase = running(dates, today=today)
        is_for_it = verb in verbs_on(process.kind(), dates, today=today)
        if phase is not None and is_for_it and phase.closes_on >= (until or today):
            return process
    return None
