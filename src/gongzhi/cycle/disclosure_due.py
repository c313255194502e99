"""By when units owe the disclosure of a year, who did it in time, and what waits of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member, Thing
from gongzhi.core.disclosure.clock import Timeliness, first_due, timeliness
from gongzhi.core.disclosure.stages import PackStage
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.core.waiting import Waiting
from gongzhi.core.working_days import Due
from gongzhi.cycle.disclosure_clocks import Owed, owed_by
from gongzhi.cycle.disclosure_pieces import Found, missing_from, pieces_for
from gongzhi.cycle.models import DisclosurePack, Project
from gongzhi.cycle.reading import overseen
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import NOBODY
from gongzhi.parties.rooms import Queue, Room

NEW = "new"
OFFICER, REVIEWER = "officer", "reviewer"
CLAUSE = "6.9"
EXAMINED = "6.10"
GATHER = Said("编制 {year} 年的绩效信息公开包")
ADD = Said("{year} 年有新的内容，编制公开包的下一版")
OVERDUE = Said("公开 {year} 年的绩效信息")
EXAMINE, PUBLISH = Said("审查公开包"), Said("公开审查完毕的公开包")


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """A unit's duty to disclose a year on an occasion: until when, since when done, how well."""

    unit: UUID
    since: date
    due: Due
    published_on: date | None
    state: Timeliness
    pack: UUID | None
    number: int | None


def duties(*, year: FiscalYear, occasion: str, today: date, units: Any | None = None) -> list[Duty]:
    """Every unit that owes one, the overdue first; of all units, or of these."""
    owed = owed_by(year=year, occasion=occasion, units=units)
    if not owed:
        return []
    packs = DisclosurePack.objects.filter(fiscal_year=year, occasion=occasion).published()
    columns = ("organisation", "pk", "number", "published_on", "replaces")
    rows = list(packs.order_by("-published_on").values_list(*columns))
    first = {unit: published_on for unit, _, _, published_on, _ in rows}
    replaced = {earlier for *_, earlier in rows}
    current = {unit: (pk, number) for unit, pk, number, *_ in rows if pk not in replaced}
    found = [
        Duty(
            unit=unit,
            since=since,
            due=due,
            published_on=first.get(unit),
            state=timeliness(due=due.on, published_on=first.get(unit), today=today),
            pack=current.get(unit, (None, None))[0],
            number=current.get(unit, (None, None))[1],
        )
        for unit, (since, due) in owed.items()
    ]
    return sorted(found, key=lambda each: (ORDER.index(each.state), each.due.on))


ORDER = (Timeliness.OVERDUE, Timeliness.WAITING, Timeliness.LATE, Timeliness.IN_TIME)


@Room
def waiting_for(member: Member, *, today: date) -> Iterator[Queue]:
    """What the member's own unit has to gather, examine and publish."""
    if member.organisation is None:
        return
    packs = DisclosurePack.objects.visible_to(member).unfinished()
    mine = packs.filter(organisation=member.organisation).with_facts()
    yield Queue(partial(_unfinished, mine), mine)
    yield Queue(partial(_to_gather_all, member.organisation, today=today))


def _to_gather_all(unit: str, *, today: date) -> Iterator[Waiting]:
    for year, occasion in _under_way(today):
        for duty in duties(year=year, occasion=occasion, today=today, units=[unit]):
            yield from _to_gather(duty, year=year, occasion=occasion)


@Room
def waiting_within(member: Member, *, today: date) -> Iterator[Queue]:
    """The units below the member that haven't disclosed in time."""
    yield Queue(partial(_late, member, today=today))


def _late(member: Member, *, today: date) -> Iterator[Waiting]:
    below = Project.objects.visible_to(member).filter(overseen(member, way=""))
    units = set(below.exclude(unit=member.organisation).order_by().values_list("unit", flat=True))
    for year, occasion in _under_way(today) if units else ():
        found = duties(year=year, occasion=occasion, today=today, units=units)
        late = [duty for duty in found if duty.state is Timeliness.OVERDUE]
        named = Organisation.objects.select_related("region").in_bulk([each.unit for each in late])
        for duty in late:
            owed = Owed(duty.since, duty.due)
            yield _gather(named[duty.unit], owed, said=OVERDUE, year=year)


def _under_way(today: date) -> list[tuple[FiscalYear, str]]:
    """The year's budget, and the accounts of the year before."""
    return [(today.year, "budget"), (today.year - 1, "accounts")]


def _unfinished(packs: Iterable[DisclosurePack]) -> Iterator[Waiting]:
    for pack in packs:
        is_draft = pack.stage == PackStage.DRAFT
        yield Waiting(
            verb="review_pack" if is_draft else "publish_pack",
            thing=pack.thing(),
            said=EXAMINE if is_draft else PUBLISH,
            title=str(pack),
            organisation=str(pack.organisation_id),
            role=REVIEWER,
            opened_on=pack.drafted_on,
            due_on=due.on if (due := _due_of(pack)) else None,
            provisional=due.provisional if due else False,
            clause=EXAMINED if is_draft else CLAUSE,
        )


def _due_of(pack: DisclosurePack) -> Due | None:
    """By when the pack is owed: a first one by its unit's day, a later one by what is new in it."""
    if pack.replaces_id is None:
        unit = pack.organisation_id
        owed = owed_by(year=pack.fiscal_year, occasion=pack.occasion, units=[unit]).get(unit)
        return owed.due if owed else None
    assert pack.replaces is not None, "a correction replaces a version"
    new = new_for(pack.organisation, pack.replaces)
    return first_due(each.owed.due for each in new if each.owed is not None)


def _to_gather(duty: Duty, *, year: FiscalYear, occasion: str) -> Iterator[Waiting]:
    mine = DisclosurePack.objects.filter(
        organisation=duty.unit, fiscal_year=year, occasion=occasion
    )
    if mine.unfinished().exists():
        return
    unit = Organisation.objects.select_related("region").get(pk=duty.unit)
    if duty.pack is None:
        yield _gather(unit, Owed(duty.since, duty.due), said=GATHER, year=year)
        return
    new = new_for(unit, mine.get(pk=duty.pack))
    owed = min(
        (each.owed for each in new if each.owed is not None),
        key=lambda each: each.due.on,
        default=None,
    )
    if owed is not None:
        yield _gather(unit, owed, said=ADD, year=year)


def new_for(unit: Organisation, pack: DisclosurePack) -> list[Found]:
    """What belongs into a unit's disclosure and isn't in this version of it."""
    found = pieces_for(unit, year=pack.fiscal_year, occasion=pack.occasion)
    return missing_from(list(pack.pieces.all()), found)


def _gather(unit: Organisation, owed: Owed, *, said: Said, year: FiscalYear) -> Waiting:
    return Waiting(
        verb="draft_pack",
        thing=pack_to_be(unit),
        said=Said(said.text, {"year": year}),
        title=unit.name,
        organisation=str(unit.pk),
        role=OFFICER,
        opened_on=owed.since,
        due_on=owed.due.on,
        provisional=owed.due.provisional,
        clause=CLAUSE,
        address_of=unit.thing(),
    )


def pack_to_be(unit: Organisation) -> Thing:
    """A pack of a unit that isn't there yet, as the charter is asked about it."""
    return Thing(
        kind="disclosure_pack",
        id=NEW,
        owner=str(unit.pk),
        overseer=str(unit.parent_id or NOBODY),
        stage=str(PackStage.DRAFT),
        authors=frozenset(),
        conflicted=frozenset(),
        regions=unit.region.line(),
    )
