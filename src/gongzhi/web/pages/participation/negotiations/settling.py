"""What is put up for signature, field by field: the plan, and each payment with its parts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazily

from gongzhi.core.terms import Said
from gongzhi.forum.actions.compensations import Share
from gongzhi.forum.actions.settlements import Given
from gongzhi.forum.models import Negotiation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.web.filled import KeyForm
from gongzhi.web.here import Here
from gongzhi.web.pages.participation.deed_forms import DeedForm, deed_form
from gongzhi.web.pages.participation.negotiations.cells import (
    CellRow,
    CellTable,
    Filling,
    NumberField,
)

VERB = "propose_settlement"
PAYMENTS, PARTS, OPEN = range(1, 7), range(1, 5), 2
TEXT_MAX, LINE_MAX, REASON_MAX = 2000, 200, 300
YEAR_LEAST, YEAR_MOST = 2000, 2100
HEADS = ("giver", "getter", "year", "line", "funds", "reason")
NOT_BOTH = Said("每一期都要写金额和日期")


class SettlementForm(KeyForm):
    """The plan, what is agreed, and up to six payments in up to four parts each."""

    option = forms.UUIDField(label=lazily("哪一个方案"))
    text = forms.CharField(max_length=TEXT_MAX, label=lazily("约定的内容"))

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        for number in PAYMENTS:
            self.fields |= {
                f"giver_{number}": forms.UUIDField(required=False),
                f"getter_{number}": forms.UUIDField(required=False),
                f"year_{number}": forms.IntegerField(
                    required=False, min_value=YEAR_LEAST, max_value=YEAR_MOST
                ),
                f"line_{number}": forms.CharField(required=False, max_length=LINE_MAX),
                f"funds_{number}": forms.CharField(required=False, max_length=LINE_MAX),
                f"reason_{number}": forms.CharField(required=False, max_length=REASON_MAX),
            }
            for part in PARTS:
                self.fields[f"amount_{number}_{part}"] = NumberField()
                self.fields[f"due_{number}_{part}"] = forms.DateField(required=False)


def payments_in(given: Mapping[str, Any]) -> list[Given]:
    """The payments of a filled-in form, those in between left empty too; raises at a field."""
    filled = [number for number in PAYMENTS if any(_values(given, number))]
    return [_payment(given, number) for number in range(1, max(filled, default=0) + 1)]


def _values(given: Mapping[str, Any], number: int) -> Iterator[Any]:
    """Whatever was written for a payment; the year stands in its field from the beginning."""
    yield from (given[f"{name}_{number}"] for name in HEADS if name != "year")
    yield from (given[f"{name}_{number}_{part}"] for part in PARTS for name in ("amount", "due"))


def _payment(given: Mapping[str, Any], number: int) -> Given:
    parts = []
    for part in PARTS:
        amount, due_on = given[f"amount_{number}_{part}"], given[f"due_{number}_{part}"]
        if amount is None and due_on is None:
            continue
        if amount is None or due_on is None:
            lacking = "amount" if amount is None else "due"
            raise Unsuitable({f"{lacking}_{number}_{part}": NOT_BOTH})
        parts.append(Share(amount=amount, due_on=due_on))
    return Given(
        giver=given[f"giver_{number}"],
        getter=given[f"getter_{number}"],
        parts=parts,
        fiscal_year=given[f"year_{number}"] or 0,
        budget_line=given[f"line_{number}"],
        reason=given[f"reason_{number}"],
        own_funds=given[f"funds_{number}"],
    )


def settlement_form(
    request: MemberRequest, row: Negotiation, *, here: Here, faults: Mapping[str, Said] | None
) -> DeedForm | None:
    """The form for whoever leads."""
    plans = [(each.pk, f"{each.code} {each.name}") for each in row.options.standing()]
    return deed_form(
        request,
        here[VERB],
        SettlementForm,
        address=reverse(VERB, args=[row.pk]),
        choices={"option": plans},
        faults=faults,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPayment:
    """A payment to fill in: who, from which line, why; and its parts."""

    number: int
    tables: Sequence[CellTable]
    is_open: bool


def payments_shown(
    request: MemberRequest,
    row: Negotiation,
    form: DeedForm | None,
    *,
    year: int,
    faults: Mapping[str, Said] | None,
) -> Sequence[ShownPayment]:
    """The payments to fill in, the first ones unfolded, and those in which something stands."""
    if form is None:
        return ()
    before = {f"year_{number}": str(year) for number in PAYMENTS}
    filling = Filling.of(form, request, faults=faults, before=before)
    sides = [each for each in row.seated() if not each.is_resident]
    chosen = [("", "—"), *((str(each.pk), str(each)) for each in sides)]
    return [_shown(filling, number, chosen) for number in PAYMENTS]


def _shown(filling: Filling, number: int, sides: Sequence[tuple[str, str]]) -> ShownPayment:
    tables = (_head(filling, number, sides), _parts(filling, number))
    cells = [cell for table in tables for line in table.rows for cell in line.cells]
    told = any(c.fault or (c.value and c.name != f"year_{number}") for c in cells)
    return ShownPayment(number=number, tables=tables, is_open=told or number <= OPEN)


def _head(filling: Filling, number: int, sides: Sequence[tuple[str, str]]) -> CellTable:
    """Who pays whom, from which line, why."""
    columns = (
        ("giver", _("付款的一方"), "select", 0),
        ("getter", _("受偿的一方"), "select", 0),
        ("year", _("预算年度"), "number", 0),
        ("line", _("付款方的预算编号"), "text", LINE_MAX),
        ("funds", _("没有预算的，自有资金的来源"), "text", LINE_MAX),
        ("reason", _("原因"), "text", REASON_MAX),
    )
    head = _("第 {number} 笔").format(number=number)
    cells = [
        filling.cell(
            f"{name}_{number}",
            head,
            column,
            kind=kind,
            most=most,
            choices=sides if kind == "select" else (),
        )
        for name, column, kind, most in columns
    ]
    return CellTable(
        name=f"payment_{number}",
        caption=_("谁付给谁，从哪里付"),
        hint="",
        columns=[column for _name, column, _kind, _most in columns],
        rows=[CellRow(head=head, is_ours=True, is_alone=True, cells=cells)],
    )


def _parts(filling: Filling, number: int) -> CellTable:
    """The parts of a payment, a row each."""
    amount, day = _("金额（元）"), _("哪天付")
    return CellTable(
        name=f"parts_{number}",
        caption=_("分几期付"),
        hint=_("一次付清的只填第 1 期。"),
        columns=[amount, day],
        rows=[
            CellRow(
                head=(head := _("第 {number} 期").format(number=part)),
                is_ours=True,
                cells=[
                    filling.cell(f"amount_{number}_{part}", head, amount),
                    filling.cell(f"due_{number}_{part}", head, day, kind="date"),
                ],
            )
            for part in PARTS
        ],
    )
