"""The form of what a side states as its page shows it: tables by plan and by criterion."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.terms import Said
from gongzhi.forum.models import Negotiation, NegotiationParty, NegotiationPosition
from gongzhi.forum.negotiation_computing import own_bounds, terms_of
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.here import Here
from gongzhi.web.pages.participation.deed_forms import DeedForm, ShownField, deed_form
from gongzhi.web.pages.participation.negotiations.cells import Cell, CellRow, CellTable, Filling
from gongzhi.web.pages.participation.negotiations.shown import Positions
from gongzhi.web.pages.participation.negotiations.stating import CHOICES, PositionForm

VERB = "state_position"
FIRST = ("text", "measure")
INSISTING = ("keeps_judgements",)
OF_RESIDENTS = frozenset(("alike", "size"))
OF_INSTITUTIONS = frozenset(("pays_most", "gets_most", "tells_mediator"))
PAIRS_LEAST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class PositionSheet:
    """The form: fields before the tables and after them, worth by plan, how plans are weighed."""

    form: DeedForm
    first: Sequence[ShownField]
    worth: CellTable
    weighing: Sequence[CellTable]
    insisting: Sequence[ShownField]
    last: Sequence[ShownField]
    weighs: bool


def position_sheet(
    request: MemberRequest,
    row: Negotiation,
    *,
    here: Here,
    own: NegotiationParty | None,
    seen: Positions,
    faults: Mapping[str, Said] | None,
) -> PositionSheet | None:
    """The form with what its side stated before; none for who may not state anything."""
    before = None if own is None else seen.get(str(own.pk))
    values = {"measure": "money"} if before is None else dict(_stated_before(before, row))
    is_resident = own is None or own.is_resident
    form = deed_form(
        request,
        here[VERB],
        PositionForm,
        address=reverse(VERB, args=[row.pk]),
        values=values,
        faults=faults,
    )
    if form is None:
        return None
    filling = Filling.of(form, request, faults=faults, before=values)
    left_out = OF_INSTITUTIONS if is_resident else OF_RESIDENTS
    named = {each.name: each for each in form.fields if each.name not in left_out}
    weighing = tuple(_weighing(row, filling))
    weighed = (cell for table in weighing for line in table.rows for cell in line.cells)
    return PositionSheet(
        form=form,
        first=[named[name] for name in FIRST],
        worth=_worth(row, filling, is_resident=is_resident),
        weighing=weighing,
        insisting=[named[name] for name in INSISTING],
        last=[each for name, each in named.items() if name not in (*FIRST, *INSISTING)],
        weighs=any(cell.value or cell.fault for cell in weighed),
    )


def _worth(row: Negotiation, filling: Filling, *, is_resident: bool) -> CellTable:
    columns = [("worth", _("对本方值多少")), ("floors", _("依法或评估至少应得（元）"))]
    if is_resident:
        columns.append(("offered", _("方案答应补偿（元）")))
    accepts = _("本方可以接受")
    return CellTable(
        name="worth",
        caption=_("各方案对本方怎么样"),
        hint=_("还没有算补偿的时候，亏损写负数；可以写 120万。只能按标准打分的，这里不填。"),
        columns=[*(str(name) for _what, name in columns), accepts],
        rows=[
            CellRow(
                head=f"{each.code} {each.name}",
                about=each.figures,
                cells=[
                    *(filling.cell(f"{what}_{each.code}", each.code, n) for what, n in columns),
                    filling.cell(f"accepts_{each.code}", each.code, accepts, kind="check"),
                ],
            )
            for each in row.options.standing()
        ],
    )


def _weighing(row: Negotiation, filling: Filling) -> Iterator[CellTable]:
    """Weights and scores; and judgements of pairs instead of weights."""
    criteria, plans = list(row.criteria.standing()), list(row.options.standing())
    if not criteria:
        return
    weight = _("权重")
    yield CellTable(
        name="weighed",
        caption=_("各项标准看得多重，各方案得几分（0 到 100，高的好）"),
        hint=_("权重写多少都可以，按比例算，比如合起来 100。"),
        columns=[weight, *(f"{each.code} {each.name}" for each in plans)],
        rows=[
            CellRow(
                head=each.name,
                cells=[
                    filling.cell(f"points_{each.number}", each.name, weight),
                    *_scores(each.number, each.name, row, filling),
                ],
            )
            for each in criteria
        ],
    )
    if len(criteria) < PAIRS_LEAST:
        return
    compared = _("哪一项重要")
    yield CellTable(
        name="pairs",
        caption=_("定不了权重的，两项两项地比"),
        hint=_("和权重只用一种。要比完每一对；前后不一的，会指出哪一对最值得再想。"),
        columns=[compared],
        rows=[
            CellRow(
                head=f"{one.name} — {other.name}",
                cells=[_pair(one.number, other.number, f"{one.name} {other.name}", filling)],
            )
            for one, other in combinations(criteria, 2)
        ],
    )


def _scores(number: int, name: str, row: Negotiation, filling: Filling) -> Iterator[Cell]:
    for plan in row.options.standing():
        yield filling.cell(f"score_{plan.code}_{number}", name, f"{plan.code} {plan.name}")


def _pair(one: int, other: int, head: str, filling: Filling) -> Cell:
    choices = [(code, str(name)) for code, name in CHOICES]
    name = f"pair_{one}_{other}"
    return filling.cell(name, head, _("哪一项重要"), kind="select", choices=choices)


def _stated_before(own: NegotiationPosition, row: Negotiation) -> Iterator[tuple[str, str]]:
    """What stands in the fields of whoever stated a position before: its newest one."""
    terms, bounds = terms_of(own), own_bounds(own)
    for name in ("text", "measure", "evidence", "label"):
        yield name, getattr(own, name)
    for name in ("limit", "pays_most", "gets_most"):
        amount = getattr(bounds, name)
        yield name, "" if amount is None else str(amount)
    yield "tells_mediator", "yes" if terms.tells_mediator else ""
    yield "alike", terms.alike
    yield "size", f"{terms.size.normalize():f}"
    for what, amounts in (("worth", own.worth), ("floors", terms.floors)):
        yield from ((f"{what}_{code}", each) for code, each in amounts.items())
    yield from ((f"offered_{code}", each) for code, each in terms.offered.items())
    yield from ((f"accepts_{code}", "yes") for code in own.accepts)
    numbers = {each.name: each.number for each in row.criteria.standing()}
    for name, weight in own.points.items():
        yield f"points_{numbers.get(name)}", weight
    for code, scores in own.scores.items():
        yield from ((f"score_{code}_{numbers.get(name)}", each) for name, each in scores.items())
    for first, second, times in terms.judgements:
        yield f"pair_{numbers.get(first)}_{numbers.get(second)}", times
