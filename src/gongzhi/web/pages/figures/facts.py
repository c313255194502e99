"""One row of facts about a project: what it says, its file, its row there, its seal and proof."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from gongzhi.core.figure import Unit
from gongzhi.core.terms import Said
from gongzhi.cycle.models import BudgetAct, BudgetLine, Contract, Delivery, Payment, Project
from gongzhi.cycle.sealed_places import sealed_place
from gongzhi.desk.openings import note_money_read
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.frame import money_unit
from gongzhi.web.pages.figures.answer import HOLDS, UNKNOWN, WRONG, Answer, Check, Source, text_of
from gongzhi.web.pages.figures.asked import number_asked
from gongzhi.web.pages.figures.hands import hands_of
from gongzhi.web.pages.figures.row_proof import UNSEALED, row_check, row_proof
from gongzhi.web.places import Place, place_of

Row: TypeAlias = Payment | BudgetLine | Contract
GIVEN = Said("由来源的系统给出，平台照原样收下")
DECIDED = Said("由批准的机关决定，在这里登记")
AS_PROMISED = Said("和登记时存证所承诺的金额相同")
NOT_AS_PROMISED = Said("和登记时存证所承诺的金额不同：被改动过，请核对存证")


def fact_answer(request: MemberRequest, project: Project, *, kind: str, row: str) -> Answer:
    """The answer of a row; one that may not be read is like one that isn't there."""
    if kind == ACT:
        return _act_answer(request, project, row)
    table, told = TABLES[kind]
    readable = table._default_manager.visible_to(request.member)
    found = readable.filter(project=project, pk=number_asked(row)).first()
    if found is None:
        raise Http404
    if isinstance(found, Payment):
        note_money_read(by=request.member, units={project.unit_id})
    return _answer(request, project, found, told(found))


def _answer(
    request: MemberRequest, project: Project, row: Row, told: "tuple[Decimal | None, date | None]"
) -> Answer:
    amount, on = told
    place, file = sealed_place(row), _file(request, row)
    return Answer(
        title=TITLES[type(row)],
        about=_about(project),
        text=text_of(amount, Unit.MONEY),
        measure=money_unit(),
        on=on,
        formula=GIVEN,
        check=row_check(place),
        sources=(*_said(row), *_origin(row, file), *row_proof(place)),
        hands=hands_of(request.member, [place.deed] if place else []),
    )


def _about(project: Project) -> Place:
    return Place(name=project.name, address=reverse("project-monitoring", args=[project.pk]))


def _file(request: MemberRequest, row: Row) -> Delivery | None:
    deliveries = Delivery.objects.visible_to(request.member)
    found: Delivery | None = deliveries.filter(pk=row.delivery_id).first()
    return found


def _said(row: Row) -> Iterator[Source]:
    """What the row says beside its amount, as its source says it."""
    for name, value in SAID[type(row)](row):
        if value:
            yield Source(name=name, text=str(value), own_words=True)


def _origin(row: Row, file: Delivery | None) -> Iterator[Source]:
    """The file that brought it, and which of its rows it is; that it corrects another."""
    if file is not None:
        yield Source(
            name=_("来自文件"), text=file.name, address=place_of(file).address, own_words=True
        )
        yield Source(name=_("谁交来"), text=file.organisation.name, own_words=True)
    yield Source(name=_("文件里的行"), text=f"{row.row:,}")
    if row.corrects:
        earlier = type(row)._default_manager.filter(fingerprint=row.corrects).first()
        text = f"№{earlier.pk}" if earlier else row.corrects
        yield Source(name=_("更正了"), text=text)


def _act_answer(request: MemberRequest, project: Project, row: str) -> Answer:
    """An act that changed the budget: who decided, under which number, who recorded it."""
    acts = BudgetAct.objects.visible_to(request.member).select_related("other")
    found = acts.filter(project=project, pk=identifier_in(row)).first()
    if found is None:
        raise Http404
    deeds = list(
        Deed.objects.visible_to(request.member).filter(
            verb="record_budget_act", public__acts__contains=[str(found.pk)]
        )
    )
    said = (
        (_("批准机关"), found.authority),
        (_("文号"), found.document_number),
        (_("原因"), found.reason),
    )
    return Answer(
        title=Said("预算调整" if found.kind == BudgetAct.Kind.AMENDMENT else "预算调剂"),
        about=_about(project),
        text=text_of(found.amount, Unit.MONEY),
        measure=money_unit(),
        on=found.decided_on,
        formula=DECIDED,
        check=_check_act(found, deeds),
        sources=tuple(Source(name=name, text=text, own_words=True) for name, text in said),
        hands=hands_of(request.member, deeds),
    )


def _check_act(act: BudgetAct, deeds: Sequence[Deed]) -> Check:
    """Whether the amount is what its deed promised; the other side of a transfer has its minus."""
    kept = deeds[0].kept("amount") if deeds else None
    if kept is None:
        return Check(state=UNKNOWN, said=UNSEALED)
    if abs(Decimal(str(kept))) == abs(act.amount):
        return Check(state=HOLDS, said=AS_PROMISED)
    return Check(state=WRONG, said=NOT_AS_PROMISED)


ACT = "budget-act"
TITLES: Mapping[type[Row], Said] = {
    Payment: Said("一笔支付"),
    BudgetLine: Said("预算的一行"),
    Contract: Said("一份合同"),
}
TABLES: Mapping[str, tuple[type[Row], Callable[[Any], "tuple[Decimal | None, date | None]"]]] = {
    "payment": (Payment, lambda row: (row.amount, row.paid_on)),
    "budget-line": (BudgetLine, lambda row: (_now(row), None)),
    "contract": (Contract, lambda row: (row.amount, row.signed_on)),
}
FACTS = (*TABLES, ACT)
SAID: Mapping[type[Row], Callable[[Any], "tuple[tuple[str, Any], ...]"]] = {
    Payment: lambda row: (
        (_("凭证号"), row.number),
        (_("收款人"), row.payee),
        (_("用途"), row.purpose),
        (_("合同"), row.contract),
        (_("功能分类"), row.functional),
        (_("经济分类"), row.economic),
        (_("资金来源"), row.funds),
    ),
    BudgetLine: lambda row: (
        (_("编号"), row.number),
        (_("名称"), row.name),
        (_("功能分类"), row.functional),
        (_("经济分类"), row.economic),
        (_("资金来源"), row.funds),
        (_("年初预算"), text_of(row.initial, Unit.MONEY)),
        (_("调整后"), "" if row.adjusted is None else text_of(row.adjusted, Unit.MONEY)),
    ),
    Contract: lambda row: (
        (_("合同"), row.number),
        (_("名称"), row.title),
        (_("供应商"), row.supplier),
    ),
}


def _now(row: BudgetLine) -> Decimal | None:
    return row.adjusted if row.adjusted is not None else row.initial
