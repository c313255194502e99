"""How many remarks came and what became of them, as anybody may know it (clause 5.3).

Offices stand by name; counts that are too small are withheld together with others, so that none
follows from the rest (`core.participating.counts`).
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from gongzhi.core.participating.counts import parts_shown, whole_shown
from gongzhi.core.participating.remarks import Outcome
from gongzhi.forum.models import Remark
from gongzhi.parties.models import Organisation

ON_TIME, LATE, WAITING, OVERDUE = "on_time", "late", "waiting", "overdue"
CELLS = (ON_TIME, LATE, WAITING, OVERDUE)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFigures:
    """An office: how many it received, and how they stood against their clock."""

    office: Organisation
    received: int | None
    cells: Mapping[str, int | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class RemarkFigures:
    """All together, by outcome, and by office; None for what is withheld."""

    received: int | None
    outcomes: Mapping[str, int | None]
    offices: Sequence[OfficeFigures]


def figures_until(until: date, *, least: int) -> RemarkFigures:
    """What was received before a day, as it stood on that day."""
    rows = Remark.objects.filter(received_on__lt=until)
    answered = rows.filter(answered_on__lt=until)
    known = Counter(answered.order_by().values_list("outcome", flat=True))
    outcomes = {str(each): known[each] for each in Outcome}
    by_office = _by_office(until)
    received = {office: sum(cells.values()) for office, cells in by_office.items()}
    shown = parts_shown(received, least=least)
    offices = Organisation.objects.in_bulk(list(by_office))
    return RemarkFigures(
        received=whole_shown(received, least=least),
        outcomes=parts_shown(outcomes, least=least),
        offices=[
            OfficeFigures(
                office=offices[each],
                received=shown[each],
                cells=_cells(by_office[each], is_shown=shown[each] is not None, least=least),
            )
            for each in sorted(by_office, key=lambda each: offices[each].code)
        ],
    )


def _cells(cells: Mapping[str, int], *, is_shown: bool, least: int) -> Mapping[str, int | None]:
    if not is_shown or whole_shown(cells, least=least) is None:
        return dict.fromkeys(cells)
    return parts_shown(cells, least=least)


def _by_office(until: date) -> Mapping[UUID, Mapping[str, int]]:
    found: dict[UUID, dict[str, int]] = {}
    rows = Remark.objects.filter(Q(received_on__lt=until)).order_by()
    for office, due_on, answered_on in rows.values_list("receiver", "due_on", "answered_on"):
        cells = found.setdefault(office, dict.fromkeys(CELLS, 0))
        cells[_cell(due_on, answered_on, until=until)] += 1
    return found


def _cell(due_on: date, answered_on: date | None, *, until: date) -> str:
    if answered_on is not None and answered_on < until:
        return ON_TIME if answered_on <= due_on else LATE
    return OVERDUE if due_on < until else WAITING
