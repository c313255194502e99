"""Guizi Lane at one table: every side takes its steps, and the ledger is kept until it is paid."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from gongzhi.city.invented.negotiated import load_negotiated
from gongzhi.city.invented.stepwise import Step
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.cycle.models import BudgetLine, Project
from gongzhi.forum.actions import compensations as ledger
from gongzhi.forum.actions import negotiations as actions
from gongzhi.forum.actions import plans, positions, settlements
from gongzhi.forum.actions.plan_figures import coded, link_plan_figure
from gongzhi.forum.models import Compensation, Instalment, Negotiation, NegotiationParty
from gongzhi.forum.plan_figures import found_in

SITUATION, STANDARD = "住宅 · 货币补偿", "桂子巷补偿方案第三条：评估价值的倍数"
APPRAISED_BY = "云河市方圆房地产评估公司（演示，虚构）"
EVIDENCE = "云房评〔2026〕18号（演示，虚构）"
REASON = "房屋价值和搬迁"
PAID_FIRST, PAID_LAST = date(2026, 11, 16), date(2026, 12, 18)
HALF = 2
Given = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Negotiating:
    """The steps of the negotiation and its ledger, each by whoever takes it."""

    people: People

    def happenings(self) -> Iterator[Happening]:
        """Every step on its day."""
        for step in load_negotiated().steps:
            yield decided_on(step.on, partial(self._take, step))

    def _take(self, step: Step) -> None:
        by = self.people.member(step.by, "officer")
        if step.verb == "open_negotiation":
            self._open(by, step.given)
        elif step.verb in LEDGER:
            LEDGER[step.verb](by, step.given, on=step.on)
        else:
            TABLE[step.verb](by, _known(), step.given, self.people)

    def _open(self, by: Member, given: Given) -> None:
        opened = actions.Opened(
            title=given["title"],
            question=given["question"],
            mediator=self.people.organisations[given["mediator"]],
            options=given["options"],
        )
        actions.open_negotiation(by=by, project=_project(), opened=opened)


def _project() -> Project:
    rows = Project.objects.select_related("unit__region")
    found: Project = rows.get(code=load_negotiated().project)
    return found


def _known() -> Negotiation:
    """The negotiation as it stands; raises DoesNotExist where nobody opened it."""
    found: Negotiation = Negotiation.objects.with_facts().get(title=load_negotiated().title)
    return found


def _gate(by: Member, table: Negotiation, given: Given, _: People) -> object:
    return actions.record_legal_gate(by=by, negotiation=table, **given)


def _seat(by: Member, table: Negotiation, given: Given, people: People) -> object:
    return actions.seat_negotiation_party(
        by=by,
        negotiation=table,
        organisation=people.organisations[given["party"]],
        stake=given["stake"],
        is_resident=given["resident"],
    )


def _figure(by: Member, table: Negotiation, given: Given, _: People) -> object:
    """The first figure of its kind that the project has."""
    offered = found_in(table.project, reader=by)
    each = next(one for one in offered if one.kind == given["kind"])
    return link_plan_figure(
        by=by,
        negotiation=table,
        option=_plan(table, given),
        figure=coded(table.project, each),
    )


def _add(by: Member, table: Negotiation, given: Given, _: People) -> object:
    return plans.add_plan(by=by, negotiation=table, **given)


def _withdraw(by: Member, table: Negotiation, given: Given, _: People) -> object:
    return plans.withdraw_plan(
        by=by, negotiation=table, option=_plan(table, given), reason=given["reason"]
    )


def _plan(table: Negotiation, given: Given) -> Any:
    return table.options.get(code=given["option"]).pk


def _state(by: Member, table: Negotiation, given: Given, _: People) -> object:
    stated = positions.Stated(
        text=given["text"],
        worth={code: Decimal(value) for code, value in given["worth"]},
        accepts=given.get("accepts", ()),
        limit=given.get("limit"),
        evidence=given.get("evidence", ""),
        label=given["label"],
        terms=positions.Terms(tells_mediator=given.get("tells_mediator", False)),
    )
    return positions.state_position(by=by, negotiation=table, stated=stated)


def _round(by: Member, table: Negotiation, given: Given, _: People) -> object:
    return actions.open_round(by=by, negotiation=table, note=given["note"])


def _answer(by: Member, table: Negotiation, given: Given, _: People) -> object:
    told = [each.partition(":") for each in given["support"]]
    support = {code: Decimal(value) for code, colon, value in told if colon}
    dissent = "".join(text for text, colon, _value in told if not colon)
    return actions.answer_round(by=by, negotiation=table, support=support, dissent=dissent)


def _propose(by: Member, table: Negotiation, given: Given, people: People) -> object:
    seats = {each.organisation_id: each for each in table.seated()}

    def seat(code: str) -> NegotiationParty:
        return seats[people.organisations[code].pk]

    line = _line()
    transfers = [
        settlements.Given(
            giver=seat(giver).pk,
            getter=seat(getter).pk,
            parts=_parts(told),
            fiscal_year=line.fiscal_year,
            budget_line=line.number,
            reason=reason,
        )
        for giver, getter, reason, *told in given["transfers"]
    ]
    return settlements.propose_settlement(
        by=by,
        negotiation=table,
        option=_plan(table, given),
        text=given["text"],
        transfers=transfers,
    )


def _parts(told: Sequence[str]) -> list[ledger.Share]:
    """The instalments of a payment: each an amount and a day."""
    pairs = zip(told[::2], told[1::2], strict=True)
    return [
        ledger.Share(amount=Decimal(amount), due_on=date.fromisoformat(day))
        for amount, day in pairs
    ]


def _sign(by: Member, table: Negotiation, _: Given, __: People) -> object:
    return settlements.sign_settlement(by=by, negotiation=table, agrees=True)


def _line() -> BudgetLine:
    """The project's largest budget line of the year."""
    lines = BudgetLine.objects.filter(project=_project(), fiscal_year=PAID_FIRST.year)
    found: BudgetLine | None = lines.order_by("-initial", "pk").first()
    assert found is not None, "the project has its budget by then"
    return found


def _promise(by: Member, given: Given, *, on: date) -> object:  # noqa: ARG001
    whole = given["appraised"] * given["times"]
    line = _line()
    grounds = ledger.Grounds(
        situation=SITUATION,
        standard=STANDARD,
        appraised=given["appraised"],
        appraiser=APPRAISED_BY,
        evidence=EVIDENCE,
        difference=given.get("difference", ""),
    )
    promised = ledger.Promised(
        subject=given["subject"],
        reason=REASON,
        amount=whole,
        budget_line=line.number,
        fiscal_year=line.fiscal_year,
        grounds=grounds,
        parts=[
            ledger.Share(amount=whole / HALF, due_on=PAID_FIRST),
            ledger.Share(amount=whole / HALF, due_on=PAID_LAST),
        ],
    )
    return ledger.promise_compensation(by=by, project=_project(), promised=promised)


def _unpaid(given: Given) -> tuple[Compensation, Instalment]:
    row = Compensation.objects.with_facts().get(subject=given["subject"])
    return row, row.instalments.filter(payment=None).order_by("number")[0]


def _pay(by: Member, given: Given, *, on: date) -> object:
    row, part = _unpaid(given)
    return ledger.record_compensation_payment(
        by=by, compensation=row, instalment=part.pk, paid_on=on, voucher=given["voucher"]
    )


def _explain(by: Member, given: Given, *, on: date) -> object:  # noqa: ARG001
    row, part = _unpaid(given)
    return ledger.explain_late_compensation(
        by=by,
        compensation=row,
        instalment=part.pk,
        reason=given["reason"],
        pays_on=given["pays_on"],
    )


TABLE: Mapping[str, Callable[[Member, Negotiation, Given, People], object]] = {
    "record_legal_gate": _gate,
    "seat_negotiation_party": _seat,
    "link_plan_figure": _figure,
    "add_plan": _add,
    "withdraw_plan": _withdraw,
    "state_position": _state,
    "open_round": _round,
    "answer_round": _answer,
    "propose_settlement": _propose,
    "sign_settlement": _sign,
}
LEDGER: Mapping[str, Callable[..., object]] = {
    "promise_compensation": _promise,
    "record_compensation_payment": _pay,
    "explain_late_compensation": _explain,
}
