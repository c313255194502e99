"""A negotiation as its page shows it: what each side states, rounds, what is proposed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.forum.models import (
    Negotiation,
    NegotiationParty,
    NegotiationPosition,
    NegotiationRound,
    Settlement,
)
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.here import Here
from gongzhi.web.pages.participation.deed_forms import Choices, DeedForm, deed_form
from gongzhi.web.pages.participation.negotiations.cells import CellRow, CellTable, Filling
from gongzhi.web.pages.participation.negotiations.forms import (
    AnswerForm,
    AskForm,
    CriterionForm,
    DecideForm,
    GateForm,
    LinkFigureForm,
    PlanForm,
    ReferForm,
    RoundForm,
    SeatForm,
    SignForm,
    UnlinkFigureForm,
    WithdrawCriterionForm,
    WithdrawPlanForm,
)
from gongzhi.web.pages.participation.negotiations.plan_figures import FigureChoices
from gongzhi.web.pages.participation.negotiations.position_lines import (
    ShownPosition,
    shown_position,
)

ANSWERING = "answer_round"
FORMS: Mapping[str, type[forms.Form]] = {
    "seat_negotiation_party": SeatForm,
    "ask_for_seat": AskForm,
    "record_legal_gate": GateForm,
    "add_plan": PlanForm,
    "withdraw_plan": WithdrawPlanForm,
    "link_plan_figure": LinkFigureForm,
    "unlink_plan_figure": UnlinkFigureForm,
    "add_criterion": CriterionForm,
    "withdraw_criterion": WithdrawCriterionForm,
    "open_round": RoundForm,
    ANSWERING: AnswerForm,
    "sign_settlement": SignForm,
    "refer_dispute": ReferForm,
}
DECIDING = "decide_on_seat"
# The newest position of each side that the reader may see.
Positions = Mapping[str, NegotiationPosition]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownParty:
    """A side: its newest position as far as the reader may see it, and the form to seat it."""

    row: NegotiationParty
    is_mine: bool
    position: ShownPosition | None
    form: DeedForm | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownRound:
    """A round with the answers that the reader may see, and how many others there are."""

    row: NegotiationRound
    answers: Sequence[object]
    hidden: int


def table_forms(
    request: MemberRequest,
    row: Negotiation,
    *,
    here: Here,
    faults: Mapping[str, Said] | None,
    figures: FigureChoices,
) -> dict[str, DeedForm | None]:
    """The forms that stand once; what can be chosen is what nobody withdrew."""
    plans = [(each.pk, f"{each.code} {each.name}") for each in row.options.standing()]
    criteria = [(each.pk, each.name) for each in row.criteria.standing()]
    choices: Mapping[str, Mapping[str, Choices]] = {
        "withdraw_plan": {"option": plans},
        "withdraw_criterion": {"criterion": criteria},
        "link_plan_figure": {"option": plans, "figure": figures.offered},
        "unlink_plan_figure": {"figure": figures.linked},
    }
    return {
        verb: deed_form(
            request,
            here[verb],
            form,
            address=reverse(verb, args=[row.pk]),
            choices=choices.get(verb),
            faults=faults,
        )
        for verb, form in FORMS.items()
    }


def support_tables(
    request: MemberRequest,
    row: Negotiation,
    form: DeedForm | None,
    *,
    faults: Mapping[str, Said] | None,
) -> Sequence[CellTable]:
    """How much a side supports each plan, to be filled in."""
    if form is None:
        return ()
    filling = Filling.of(form, request, faults=faults)
    column = _("支持程度")
    table = CellTable(
        name="support",
        caption=_("对各方案有多支持"),
        hint=_("0 是完全不同意，100 是完全同意。"),
        columns=[column],
        rows=[
            CellRow(
                head=f"{each.code} {each.name}",
                cells=[filling.cell(f"support_{each.code}", each.code, column)],
            )
            for each in row.options.standing()
        ],
    )
    return (table,)


def shown_parties(
    request: MemberRequest, row: Negotiation, *, seen: Positions, here: Here
) -> list[ShownParty]:
    """The sides and who asked to be one; a refused one is seen by itself and by whoever decides."""
    return [
        _party(request, each, seen.get(str(each.pk)), here=here)
        for each in row.parties.all()
        if each.stage == "seated" or each.is_of(request.member) or here[DECIDING]
    ]


def _party(
    request: MemberRequest,
    row: NegotiationParty,
    position: NegotiationPosition | None,
    *,
    here: Here,
) -> ShownParty:
    is_mine = row.is_of(request.member)
    waits = row.stage == NegotiationParty.Stage.ASKED
    address = reverse(DECIDING, args=[row.negotiation_id])
    return ShownParty(
        row=row,
        is_mine=is_mine,
        position=None
        if position is None
        else shown_position(position, reader=request.member, is_mine=is_mine),
        form=deed_form(
            request,
            here[DECIDING],
            DecideForm,
            address=address,
            tail=str(row.pk),
            hidden={"party": row.pk},
        )
        if waits
        else None,
    )


def shown_rounds(request: MemberRequest, row: Negotiation, *, seen: Positions) -> list[ShownRound]:
    """The rounds: an answer is shown to whoever may see the position of who gave it."""
    rounds = row.rounds.prefetch_related("answers__party__organisation", "answers__party__person")
    return [_round(each, seen, request.member) for each in rounds]


def _round(row: NegotiationRound, seen: Positions, member: Member) -> ShownRound:
    answers = list(row.answers.all())
    mine = [a for a in answers if str(a.party_id) in seen or a.party.is_of(member)]
    return ShownRound(row=row, answers=mine, hidden=len(answers) - len(mine))


def may_see_settlements(row: Negotiation, member: Member) -> bool:
    """Those at the table and its mediator see what is up for signature; others what was signed."""
    seated = any(each.is_of(member) for each in row.seated())
    own = member.organisation
    return seated or (own is not None and own in {str(row.mediator_id), str(row.project.unit_id)})


def shown_settlements(request: MemberRequest, row: Negotiation) -> list[Settlement]:
    """What was put up for signature, with its transfers and signatures."""
    rows = row.settlements.select_related("option").prefetch_related(
        "transfers__giver__organisation",
        "transfers__getter__organisation",
        "transfers__parts",
        "signatures__party__organisation",
        "signatures__party__person",
    )
    if not may_see_settlements(row, request.member):
        rows = rows.filter(stage=Settlement.Stage.SIGNED)
    return list(rows)
