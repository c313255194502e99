"""A question or an opinion as pages show it: what it is about, its points, its clock."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.inquiring import InquiryStage, PointState
from gongzhi.core.terms import Said
from gongzhi.core.waiting import Clock, clock_of
from gongzhi.cycle.inquiry_waiting import due_of
from gongzhi.cycle.models import Inquiry, InquiryAnswer, InquiryPoint, InquiryStep
from gongzhi.parties.business_date import business_date
from gongzhi.parties.rights import charter_in_force
from gongzhi.rules.calendar import load_calendar
from gongzhi.web.places import Place, places
from gongzhi.web.shown import Stage as Station

WAY = (InquiryStage.OPEN, InquiryStage.ANSWERED, InquiryStage.CLOSED)
STATES = {
    PointState.WAITING: ("watch", Said("待答复")),
    PointState.ANSWERED: ("unknown", Said("待评价")),
    PointState.SETTLED: ("kept", Said("已办结")),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What an inquiry is about: in its people's own words where it has a name, else in ours."""

    own: str = ""
    said: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownInquiry:
    """A line of a list."""

    row: Inquiry
    about: About
    clock: Clock | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPoint:
    """A point with all its answers, the first above."""

    row: InquiryPoint
    state: PointState
    mark: str
    name: Said
    answers: tuple[InquiryAnswer, ...]

    @property
    def waits(self) -> bool:
        """Whether it is to be answered."""
        return self.state is PointState.WAITING

    @property
    def is_answered(self) -> bool:
        """Whether it is to be assessed."""
        return self.state is PointState.ANSWERED


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A step with the name of its deed."""

    row: InquiryStep
    name: Said


def shown_inquiries(rows: Iterable[Inquiry], *, member: Member) -> list[ShownInquiry]:
    """Lines of a list."""
    inquiries = list(rows)
    known = places(member, [name for row in inquiries if (name := _name_of(row))])
    return [
        ShownInquiry(row=row, about=_about(row, known.get(_name_of(row))), clock=clock_now(row))
        for row in inquiries
    ]


def about_of(row: Inquiry, *, member: Member) -> About:
    """What it is about, with an address where the reader may go there."""
    name = _name_of(row)
    return _about(row, places(member, [name]).get(name) if name else None)


def _name_of(row: Inquiry) -> str:
    """The thing that it is about, as the log names it; empty for the whole or a budget item."""
    if row.project_id is not None:
        return f"project:{row.project_id}"
    return f"evaluation:{row.evaluation_id}" if row.evaluation_id is not None else ""


def _about(row: Inquiry, place: Place | None) -> About:
    address = place.address if place else ""
    if row.project is not None:
        return About(own=row.project.name, address=address)
    if row.evaluation is not None:
        return About(own=str(row.evaluation), said=_("评价"), address=address)
    item = _("预算科目 {code}").format(code=row.functional) if row.functional else ""
    if row.department is not None:
        return About(own=row.department.name, said=item)
    return About(said=item or _("全部预算"))


def clock_now(row: Inquiry) -> Clock | None:
    """How long there is to answer; None once nobody has to."""
    if row.stage != InquiryStage.OPEN:
        return None
    return clock_of(due_of(row), today=business_date(), calendar=load_calendar())


def stations(row: Inquiry) -> list[Station]:
    """The way of an inquiry: what it passed, where it stands, what comes."""
    stage = InquiryStage(row.stage)
    way = WAY if stage in WAY else (InquiryStage.OPEN, stage)
    at, names = way.index(stage), dict(Inquiry.Stage.choices)
    return [
        Station(name=str(names[each]), state=_standing(number, at=at))
        for number, each in enumerate(way)
    ]


def _standing(number: int, *, at: int) -> str:
    if number < at:
        return "done"
    return "here" if number == at else "next"


def shown_points(row: Inquiry, *, member: Member) -> list[ShownPoint]:
    """Its points, each with its answers."""
    told = InquiryAnswer.objects.visible_to(member).order_by("pk")
    whole = told.select_related("office__organisation", "assessed_by__organisation")
    points = row.points.prefetch_related(Prefetch("answers", whole))
    return [_shown_point(point) for point in points]


def _shown_point(point: InquiryPoint) -> ShownPoint:
    state = point.state()
    mark, name = STATES[state]
    return ShownPoint(
        row=point, state=state, mark=mark, name=name, answers=tuple(point.answers.all())
    )


def shown_steps(row: Inquiry) -> Iterator[ShownStep]:
    """What was urged, published or taken back."""
    names = charter_in_force().verb_names
    for step in row.steps.select_related("office__organisation"):
        yield ShownStep(row=step, name=names.get(step.verb, Said(step.verb)))
