"""What stands on the board of a joint project, each line with the forms that belong to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django import forms
from django.urls import reverse

from gongzhi.core.participating.joint import Agreement
from gongzhi.core.terms import Said
from gongzhi.forum.joint_figures import Gift
from gongzhi.forum.models import JointNeed, JointOffer, JointProject, JointTask
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import ExplainedForm
from gongzhi.web.here import Here
from gongzhi.web.pages.participation.deed_forms import Choices, DeedForm, deed_form
from gongzhi.web.pages.participation.joint.forms import (
    AcceptForm,
    DeliveryForm,
    JoinForm,
    MoneyForm,
    MonthForm,
    NeedForm,
    OfferForm,
    PledgeForm,
    ReportForm,
    TaskForm,
    VolunteersForm,
)

# Forms that stand once on the board; the others stand beside what they are about.
FORMS: Mapping[str, type[forms.Form]] = {
    "join_joint_project": JoinForm,
    "state_need": NeedForm,
    "offer_supply": OfferForm,
    "pledge_contribution": PledgeForm,
    "set_joint_task": TaskForm,
    "log_volunteers": VolunteersForm,
    "reconcile_joint_month": MonthForm,
    "leave_joint_project": ExplainedForm,
}
BESIDE: Mapping[str, tuple[type[forms.Form], str]] = {
    "accept_offer": (AcceptForm, "offer"),
    "confirm_delivery": (DeliveryForm, "offer"),
    "confirm_contribution": (MoneyForm, "contribution"),
    "report_joint_task": (ReportForm, "task"),
}
AGREEMENTS = {
    Agreement.AGREE: ("kept", Said("两边一致")),
    Agreement.ONE_SIDED: ("watch", Said("只有一边说过")),
    Agreement.DIFFER: ("fault", Said("两边不一致")),
}
NOT_YET = ("unknown", Said("还没有交付"))


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownOffer:
    """An offer, with the form to accept it."""

    row: JointOffer
    form: DeedForm | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownNeed:
    """What is needed, how much is still open, and who offers."""

    row: JointNeed
    open: Decimal
    offers: Sequence[ShownOffer]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownGift:
    """A gift with both its sides, whether they agree, and the form for one's own."""

    gift: Gift
    mark: str
    name: Said
    form: DeedForm | None


def board_forms(
    request: MemberRequest, row: JointProject, *, here: Here
) -> dict[str, DeedForm | None]:
    """The forms that stand once."""
    choices = _choices(request, row)
    return {
        verb: deed_form(
            request,
            here[verb],
            form,
            address=reverse(verb, args=[row.pk]),
            choices=choices.get(verb),
        )
        for verb, form in FORMS.items()
    }


def _choices(request: MemberRequest, row: JointProject) -> Mapping[str, Mapping[str, Choices]]:
    own = request.member.organisation
    now = row.roles.filter(until_on=None).select_related("organisation")
    parties = [(each.organisation_id, each.organisation.name) for each in now]
    needs = [
        (each.pk, f"{each.item} {each.quantity - each.accepted:g} {each.unit}")
        for each in row.needs.all()
        if each.accepted < each.quantity
    ]
    return {
        "offer_supply": {"need": needs},
        "pledge_contribution": {"receiver": [one for one in parties if str(one[0]) != own]},
        "set_joint_task": {"organisation": parties},
    }


def beside_form(
    request: MemberRequest, row: JointProject, verb: str, *, of: object, here: Here
) -> DeedForm | None:
    """A form that stands beside what it is about."""
    form, name = BESIDE[verb]
    return deed_form(
        request,
        here[verb],
        form,
        address=reverse(verb, args=[row.pk]),
        tail=str(of),
        hidden={name: of},
    )


def shown_needs(request: MemberRequest, row: JointProject, *, here: Here) -> list[ShownNeed]:
    """What is needed, each with its offers."""
    needs = JointNeed.objects.visible_to(request.member).filter(joint=row)
    whole = needs.select_related("organisation").prefetch_related("offers__organisation")
    return [
        ShownNeed(
            row=need,
            open=need.quantity - need.accepted,
            offers=[_offer(request, row, need, offer, here=here) for offer in need.offers.all()],
        )
        for need in whole
    ]


def _offer(
    request: MemberRequest, row: JointProject, need: JointNeed, offer: JointOffer, *, here: Here
) -> ShownOffer:
    is_mine = str(need.organisation_id) == request.member.organisation
    waits = is_mine and offer.accepted_on is None
    form = beside_form(request, row, "accept_offer", of=offer.pk, here=here) if waits else None
    return ShownOffer(row=offer, form=form)


def shown_gifts(
    request: MemberRequest, row: JointProject, gifts: Sequence[Gift], *, here: Here
) -> list[ShownGift]:
    """Gifts with both their sides."""
    return [_gift(request, row, gift, here=here) for gift in gifts]


def _gift(request: MemberRequest, row: JointProject, gift: Gift, *, here: Here) -> ShownGift:
    is_silent = gift.both.gave is None and gift.both.got is None
    mark, name = NOT_YET if is_silent else AGREEMENTS[gift.both.agreement]
    verb = "confirm_delivery" if isinstance(gift.row, JointOffer) else "confirm_contribution"
    is_mine = request.member.organisation in gift.sides
    form = beside_form(request, row, verb, of=gift.row.pk, here=here) if is_mine else None
    return ShownGift(gift=gift, mark=mark, name=name, form=form)


def report_form(
    request: MemberRequest, row: JointProject, task: JointTask, *, here: Here
) -> DeedForm | None:
    """The form to report a task of one's own that waits."""
    is_mine = str(task.organisation_id) == request.member.organisation
    if not is_mine or task.stage != JointTask.Stage.OPEN:
        return None
    return beside_form(request, row, "report_joint_task", of=task.pk, here=here)
