"""Tables that units added to their readings: the city's own facts, place by place, with source."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.http import Http404

from gongzhi.connectors.opening import open_source
from gongzhi.core.charter import Member
from gongzhi.core.terms import Problem
from gongzhi.cycle.models import Evidence, GoalIndicator, Reading
from gongzhi.intake.listing import Listing
from gongzhi.parties.middleware import MemberRequest
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.pages.readings.grounds import SeenEvidence, grounds_of

SHOWN_MAX, LOOKED_AT = 12, 60


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTable:
    """A table behind a reading: of which indicator, by whom, from what source, and its seal."""

    reading: Reading
    indicator: str
    ground: SeenEvidence

    def listing(self) -> Listing | Problem:
        """Its sheets."""
        file = self.ground.file
        assert file is not None, "only tables that may be opened are told of"
        assert file.content is not None, "what was erased isn't told of"
        return open_source(file.name, bytes(file.content.content))


def told_tables(member: Member) -> Sequence[ToldTable]:
    """The newest tables that everybody who reads the readings may open."""
    rows = Evidence.objects.visible_to(member).filter(kind=Evidence.Kind.FILE)
    return _told(member, list(rows.order_by("-id")[:LOOKED_AT]))[:SHOWN_MAX]


def told_table(member: Member, identifier: UUID) -> ToldTable | None:
    """One of them; None where there is none that the reader may open."""
    rows = Evidence.objects.visible_to(member).filter(pk=identifier, kind=Evidence.Kind.FILE)
    return next(iter(_told(member, list(rows))), None)


def table_asked(request: MemberRequest) -> ToldTable | None:
    """The table that the address or the form names; None where it names none, or gives its own."""
    given = request.POST if request.method == "POST" else request.GET
    if "from" not in given:
        return None
    identifier = identifier_in(given["from"])
    found = told_table(request.member, identifier) if identifier else None
    if found is None:
        raise Http404
    gives_own = bool(request.FILES) or bool(request.POST.get("table", "").strip())
    return None if gives_own else found


def _told(member: Member, rows: Sequence[Evidence]) -> list[ToldTable]:
    read = Reading.objects.visible_to(member).filter(pk__in={row.reading_id for row in rows})
    readings = {each.pk: each for each in read.select_related("organisation", "project")}
    grounds = {
        ground.row.pk: ground
        for of_reading in grounds_of(member, list(readings.values())).values()
        for ground in of_reading
        if ground.is_table
    }
    names = _names(list(readings.values()))
    return [
        ToldTable(
            reading=(reading := readings[row.reading_id]),
            indicator=names.get((reading.project_id, reading.indicator), reading.indicator),
            ground=grounds[row.pk],
        )
        for row in rows
        if row.pk in grounds
    ]


def _names(readings: Sequence[Reading]) -> Mapping[tuple[UUID, str], str]:
    """What the indicators of readings are called in the goals that were approved last."""
    rows = GoalIndicator.objects.filter(
        version__stage="approved",
        version__project__in={each.project_id for each in readings},
        key__in={each.indicator for each in readings},
    )
    ordered = rows.order_by("version__fiscal_year", "version__number")
    found = ordered.values_list("version__project", "key", "name")
    return {(project, key): name for project, key, name in found}
