"""The outcomes that a reader gives: a file, a pasted table, a project's readings, the example."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404

from gongzhi.connectors.opening import open_source
from gongzhi.connectors.outcomes import OutcomeTable, outcomes_in
from gongzhi.core.charter import Member
from gongzhi.core.effects import Grain
from gongzhi.core.effects.effect import shown
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.cycle.models import Project, Reading, Settlement
from gongzhi.cycle.settled import what_stands
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.given_tables import example, table_given

MONTHS = 12
INVENTED = {"1": "example", "teachers": "teachers"}
TREATED = {"teachers": 2}  # how many of the first columns
NOTHING = Problem(
    where=Where(),
    what=Said("还没有给数据"),
    hint=Said("选一个文件，或者把表粘贴在下面：第一列是期，每个单位一列"),
)


def outcomes_given(
    given: Mapping[str, str], file: "UploadedFile[Any] | None"
) -> OutcomeTable | Problem:
    """What a file or a pasted table says; the file where both were given."""
    listing, _ = table_given(given, file, nothing=NOTHING)
    return listing if isinstance(listing, Problem) else outcomes_in(listing)


def example_table(name: str) -> OutcomeTable | Problem:
    """An invented city beside five others, or its remote schools, to try the page with."""
    text = example(INVENTED.get(name, INVENTED["1"]))
    listing = open_source("table.csv", text.encode())
    return listing if isinstance(listing, Problem) else outcomes_in(listing)


def as_text(table: OutcomeTable) -> str:
    """The table as it is shown to be changed: a line for each period, a column for each unit."""
    cells = {(unit, period): value for unit, period, value in table.rows}
    lines = ["\t".join(("期", *table.units))]
    for period in table.periods:
        values = (cells.get((unit, period.number)) for unit in table.units)
        told = (shown(value) if value is not None else "" for value in values)
        lines.append("\t".join((period.label, *told)))
    return "\n".join(lines)


def readable_projects_table(
    member: Member, *, asked: Mapping[str, str]
) -> tuple[Project, OutcomeTable] | None:
    """The readings of an indicator that an address asks for, month by month; None if it doesn't."""
    identifier = identifier_in(asked.get("project", ""))
    if identifier is None:
        return None
    project: Project | None = Project.objects.visible_to(member).filter(pk=identifier).first()
    if project is None:
        raise Http404
    rows = _months(member, project=project, indicator=asked.get("indicator", ""))
    found = tuple((project.name, period, value) for period, value in sorted(rows.items()))
    return project, OutcomeTable(rows=found, grain=Grain.MONTH)


def _months(member: Member, *, project: Project, indicator: str) -> Mapping[int, float]:
    """What was read by the month; what somebody decided on, or else what was read last, stands."""
    decisions = Settlement.objects.visible_to(member).filter(reading__project=project)
    settled = what_stands(
        (each.reading_id, each.against, each) for each in decisions.order_by("pk")
    )
    readings = Reading.objects.visible_to(member).filter(
        project=project, indicator=indicator, value__isnull=False, corrected_by=None
    )
    found: dict[int, tuple[bool, float]] = {}
    for row in readings.order_by("ends_on", "read_on", "pk"):
        period, stands = row.ends_on.year * MONTHS + row.ends_on.month - 1, _stands(row.pk, settled)
        if stands or not found.get(period, (False, 0.0))[0]:
            found[period] = (stands, float(row.value))
    return {period: value for period, (_, value) in found.items()}


def _stands(identifier: UUID, settled: Mapping[UUID, Any]) -> bool:
    return identifier in settled
