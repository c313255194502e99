"""A panel as its page shows it: counts without small ones, chances without names, the reader's."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from gongzhi.core.charter import Member, Thing
from gongzhi.core.participating.sortition.asking import Quota
from gongzhi.core.participating.sortition.published import redo
from gongzhi.core.participating.standards import PanelCounts
from gongzhi.core.participating.surveying.suppressing import table_of, withheld
from gongzhi.core.privacy.suppressing import suppressed
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Clock, Waiting, clock_of
from gongzhi.forum.models import (
    Panel,
    PanelAttendance,
    PanelChange,
    PanelLottery,
    PanelOpinion,
    PanelSolving,
    PanelVolunteer,
)
from gongzhi.forum.panel_draws import published_of
from gongzhi.parties.business_date import business_date
from gongzhi.rules.calendar import load_calendar
from gongzhi.rules.participation.panels import load_panel_rules
from gongzhi.web.here import NEW, Here, Permitted
from gongzhi.web.shown import Stage as Station
from gongzhi.web.shown_posts import ShownPost, shown_posts

WAY = (Panel.Stage.VOLUNTEERING, Panel.Stage.POOLED, Panel.Stage.DRAWN)
STEPS = 1000  # chances are told apart by tenths of a percent


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuota:
    """A quota with how many volunteered; None where the count is withheld."""

    quota: Quota
    volunteered: int | None
    on_panel: int | None
    first: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Volunteering:
    """Whether one may volunteer now, how many did (None where withheld), and the clock."""

    is_open: bool
    count: int | None
    clock: Clock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mine:
    """The reader's own place, or the one that they could take, and what they are asked for."""

    row: PanelVolunteer | None
    thing: Any
    asked: tuple[tuple[int, str, tuple[str, ...]], ...]

    @property
    def is_in(self) -> bool:
        """Whether they volunteered and stayed."""
        return self.row is not None and self.row.stage != PanelVolunteer.Stage.LEFT

    @property
    def waits(self) -> bool:
        """Whether they were drawn and haven't said yet."""
        return self.row is not None and self.row.stage == PanelVolunteer.Stage.OFFERED

    @property
    def seated(self) -> bool:
        """Whether they sit on the panel."""
        return self.row is not None and self.row.stage == PanelVolunteer.Stage.SEATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Chance:
    """A chance and how many people have it."""

    percent: Decimal
    people: int
    width: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Solving:
    """How many groups of people have their chance, of how many; the share in per cent."""

    done: int
    total: int
    share: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Redone:
    """The draw done again just now: whether it agrees with what was written down."""

    agrees: bool
    ticket: int | None
    total: int
    finished: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A place on the panel for whoever convenes: whose in front, and whether it is late."""

    row: PanelVolunteer
    late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOpinion:
    """An opinion with its clock and, where the reader may answer it, the deed."""

    row: PanelOpinion
    post: ShownPost
    clock: Clock | None
    answer: Permitted | None


def stations(row: Panel) -> list[Station]:
    """The way of a panel: what it passed, where it stands, what comes; or where it ended."""
    names = dict(Panel.Stage.choices)
    ending = called_off(row)
    if ending is not None:
        passed = WAY[: WAY.index(Panel.Stage(ending.before["stage"])) + 1]
        ways = [Station(name=str(names[each]), state="done") for each in passed]
        return [*ways, Station(name=str(names[Panel.Stage.CALLED_OFF]), state="here")]
    at = WAY.index(Panel.Stage(row.stage))
    return [
        Station(
            name=str(names[each]),
            state="done" if n < at else "here" if n == at else "next",
        )
        for n, each in enumerate(WAY)
    ]


def called_off(row: Panel) -> PanelChange | None:
    """When and why it was called off; None where it wasn't."""
    if row.stage != Panel.Stage.CALLED_OFF:
        return None
    last: PanelChange | None = row.changes.select_related("office__organisation").last()
    return last


def solving_of(row: Panel) -> Solving | None:
    """How far the job got with the lottery of a closed pool; None where none is awaited."""
    if row.stage != Panel.Stage.POOLED or hasattr(row, "lottery"):
        return None
    noted = PanelSolving.objects.filter(panel=row).first()
    done, total = (noted.done, noted.total) if noted else (0, 0)
    return Solving(done=done, total=total, share=done * 100 // total if total else 0)


def volunteering_of(row: Panel) -> Volunteering:
    """Whether one may volunteer, and how many did."""
    today = business_date()
    is_open = row.stage == Panel.Stage.VOLUNTEERING and today <= row.until
    count = row.volunteers.in_pool().count()
    return Volunteering(
        is_open=is_open,
        count=suppressed(count, least=load_panel_rules().least),
        clock=_clock(row.announced_on, until=row.until, today=today) if is_open else None,
    )


def shown_quotas(row: Panel) -> list[ShownQuota]:
    """The quotas, feature by feature; what is too small to be told isn't."""
    stated = [
        (each.features, each.stage) for each in row.volunteers.in_pool().only("features", "stage")
    ]
    sought = row.sought()
    is_drawn = row.stage == Panel.Stage.DRAWN
    on_panel = (PanelVolunteer.Stage.OFFERED, PanelVolunteer.Stage.SEATED)
    shown = []
    for feature in sought.features:
        quotas = [each for each in sought.quotas if each.feature == feature]
        counted = Counter(features.get(feature) for features, _ in stated)
        drawn = Counter(features.get(feature) for features, stage in stated if stage in on_panel)
        for at, (quota, count) in enumerate(
            zip(quotas, _told([counted[each.value] for each in quotas]), strict=True)
        ):
            seats = drawn[quota.value] if is_drawn else None
            shown.append(ShownQuota(quota=quota, volunteered=count, on_panel=seats, first=at == 0))
    return shown


def _told(counts: list[int]) -> list[int | None]:
    """The counts of a feature, without those that are too small or would tell such a one."""
    hidden = withheld(table_of([counts]), least=load_panel_rules().least)
    small = sum(counts) < load_panel_rules().least
    return [
        None if (small and any(counts)) or (1, at) in hidden else count
        for at, count in enumerate(counts, start=1)
    ]


def mine_of(row: Panel, *, member: Member) -> Mine | None:
    """The reader's own place; None for a visitor or an office."""
    if member.person is None or member.organisation is not None:
        return None
    own = row.volunteers.filter(person=UUID(member.person)).with_facts().first()
    to_be = PanelVolunteer(panel=row, person_id=UUID(member.person)).thing()
    sought = row.sought()
    asked = tuple(
        (at, feature, tuple(q.value for q in sought.quotas if q.feature == feature))
        for at, feature in enumerate(sought.features)
    )
    comes_back = own is None or own.stage == PanelVolunteer.Stage.LEFT
    return Mine(row=own, thing=replace(to_be, id=NEW) if comes_back else own, asked=asked)


def chances_of(lottery: PanelLottery) -> list[Chance]:
    """Everybody's chance: how many people have which, the greatest first."""
    published = published_of(lottery)
    counted: Counter[int] = Counter()
    for chance, group in zip(published.lottery.chances(), published.lottery.groups, strict=True):
        counted[round(chance * STEPS)] += group.count
    return [
        Chance(percent=Decimal(step) / 10, people=counted[step], width=round(step / 10))
        for step in sorted(counted, reverse=True)
    ]


def redone_of(lottery: PanelLottery) -> Redone:
    """The draw, done again."""
    published = published_of(lottery)
    again = redo(published)
    return Redone(
        agrees=not again.faults and published.digest == lottery.digest,
        ticket=again.drawn.ticket + 1 if again.drawn else None,
        total=published.lottery.total,
        finished=published.lottery.finished,
    )


def seats_of(row: Panel, *, member: Member) -> list[Seat]:
    """The places on the panel, for whoever convenes; nobody else reads whose they are."""
    if member.organisation is None or row.stage != Panel.Stage.DRAWN:
        return []
    rows = PanelVolunteer.objects.visible_to(member).with_facts().filter(panel=row).on_panel()
    today = business_date()
    return [Seat(row=each, late=_is_late(each, today=today)) for each in rows]


def _is_late(row: PanelVolunteer, *, today: date) -> bool:
    due = row.due_on
    return row.stage == PanelVolunteer.Stage.OFFERED and due is not None and due < today


def attendance_of(row: Panel) -> list[tuple[date, int, int]]:
    """Each day with how many of how many were there."""
    days = (
        PanelAttendance.objects.filter(volunteer__panel=row)
        .order_by("held_on")
        .values("held_on")
        .annotate(all=Count("pk"), there=Count("pk", filter=Q(present=True)))
    )
    return [(each["held_on"], each["there"], each["all"]) for each in days]


def shown_opinions(
    rows: Iterable[PanelOpinion], *, reader: Member, here: Here
) -> list[ShownOpinion]:
    """Opinions by their numbers, names and numbers of people masked."""
    today, opinions = business_date(), list(rows)
    return [
        ShownOpinion(
            row=row,
            post=post,
            clock=_clock(row.submitted_on, until=row.due_on, today=today)
            if row.stage == PanelOpinion.Stage.RECEIVED
            else None,
            answer=here.on(row, "answer_panel_opinion"),
        )
        for row, post in zip(opinions, shown_posts(opinions, reader=reader), strict=True)
    ]


def counts_of(row: Panel) -> PanelCounts:
    """The panel in numbers, to be held against a standard."""
    opinions = row.opinions.aggregate(
        all=Count("pk"), answered=Count("pk", filter=Q(stage=PanelOpinion.Stage.ANSWERED))
    )
    return PanelCounts(
        by_lot=row.size,
        invited=row.invited,
        is_drawn=row.stage == Panel.Stage.DRAWN,
        seated=row.volunteers.filter(stage=PanelVolunteer.Stage.SEATED).count(),
        opinions=opinions["all"],
        answered=opinions["answered"],
        is_proven=not hasattr(row, "lottery") or published_of(row.lottery).lottery.finished,
    )


def _clock(opened_on: date, *, until: date, today: date) -> Clock:
    waiting = Waiting(
        verb="",
        thing=Thing(kind="panel", id=NEW),
        said=Said(""),
        opened_on=opened_on,
        due_on=until,
    )
    return clock_of(waiting, today=today, calendar=load_calendar())
