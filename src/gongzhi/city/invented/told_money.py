"""The money of a project in a story: its lines, contracts, payments and what changed them."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from hashlib import sha256
from random import Random

from gongzhi.city.invented.catalogue import load_bodies, load_names
from gongzhi.city.invented.money import Fen, Flow, payments_of, yuan
from gongzhi.city.invented.payees import Payee, firm, some_firms
from gongzhi.city.invented.projects import budget_line
from gongzhi.city.invented.values import Act
from gongzhi.city.invented.written import (
    WrittenContract,
    WrittenMoney,
    WrittenPayment,
    WrittenProject,
)
from gongzhi.core.facts import BudgetFact, ContractFact, PaymentFact
from gongzhi.core.monitoring.plan import MONTHS

TEN_THOUSAND_YUAN = 1_000_000  # in fen
THOUSANDTHS = 1000
NUMBERS = 10**7
FIRST_OF_STORY = 9000  # numbers of payments that a story tells of one by one


def fen(amount: Decimal) -> Fen:
    """10,000 yuan as fen."""
    return int(amount * TEN_THOUSAND_YUAN)


def budget_of(project: WrittenProject, *, code: str) -> tuple[BudgetFact, ...]:
    """The approved lines."""
    return tuple(
        budget_line(
            code,
            project.unit,
            number=number,
            name=project.name.zh,
            functional=project.functional,
            economic=each.economic,
            funds=each.funds,
            amount=fen(each.amount),
        )
        for number, each in enumerate(project.money, start=1)
    )


def contract_of(written: WrittenContract, *, code: str, project: WrittenProject) -> ContractFact:
    """A contract as a fact."""
    supplier = payee_of(written.supplier)
    return ContractFact(
        number=f"{code}-{written.number}",
        process=f"ocds-yunhe-{code[-8:]}-{written.number[-1]}",
        title=written.title,
        project=code,
        unit=project.unit,
        supplier=supplier.name,
        supplier_id=supplier.code,
        amount=yuan(fen(written.amount)),
        signed_on=written.signed_on,
        starts_on=written.signed_on,
        ends_on=project.ends_on,
        method="公开招标",
        status="active",
    )


def payee_of(name: str) -> Payee:
    """A payee by its name, or by the code of an organisation of the city."""
    known = {body.code: body.name.zh for body in load_bodies()}
    name = known.get(name, name)
    return firm(name, number=int(sha256(name.encode()).hexdigest()[:8], 16) % NUMBERS)


def payments_told(
    project: WrittenProject,
    *,
    budget: tuple[BudgetFact, ...],
    acts: tuple[Act, ...],
    contracts: Mapping[WrittenContract, ContractFact],
    single: tuple[WrittenPayment, ...],
    chance: Random,
) -> tuple[PaymentFact, ...]:
    """The months' money along its flows, then what the story tells of one by one."""
    amounts = [_with_acts(line, acts) for line in budget]
    flows = [
        flow
        for at, (written, line) in enumerate(zip(project.money, budget, strict=True), start=1)
        for flow in _flows(
            project,
            written,
            line=line,
            share=int(amounts[at - 1] * THOUSANDTHS / sum(amounts)),
            contracts={
                key: fact for key, fact in contracts.items() if key.line == at and key.is_paid
            },
            chance=chance,
        )
    ]
    usual = payments_of(flows, paid=[fen(amount) for amount in project.paid], chance=chance)
    told = (
        _told(each, budget[each.line - 1], number=FIRST_OF_STORY + at)
        for at, each in enumerate(single)
    )
    return (*usual, *told)


def _with_acts(line: BudgetFact, acts: tuple[Act, ...]) -> Decimal:
    """What the line is at the year's end: money goes where it was moved to."""
    assert line.initial is not None, "an approved line has an amount"
    return line.initial + sum(act.amount for act in acts if act.line == line.number)


def _flows(
    project: WrittenProject,
    written: WrittenMoney,
    *,
    line: BudgetFact,
    share: int,
    contracts: Mapping[WrittenContract, ContractFact],
    chance: Random,
) -> Iterator[Flow]:
    words = load_names().economic[line.economic].zh
    count = project.payments * share / THOUSANDTHS / MONTHS
    starts_on = project.starts_on
    if not contracts:
        named = tuple(payee_of(name) for name in written.payees)
        yield Flow(
            line=line,
            share=share,
            payees=named or some_firms(line.economic, count=8, chance=chance),
            purpose=words,
            count=max(round(count), 1),
            since_on=starts_on,
        )
        return
    worth = sum((each.amount for each in contracts), start=Decimal(0))
    for key, contract in contracts.items():
        yield Flow(
            line=line,
            share=int(share * key.amount / worth),
            payees=(Payee(contract.supplier, contract.supplier_id),),
            purpose=f"{words}（合同款）",
            contract=contract,
            first=key.first,
            count=max(round(count / len(contracts)), 1),
            since_on=max(starts_on, contract.signed_on or starts_on),
        )


def is_told(payment: PaymentFact) -> bool:
    """Whether a story tells of a payment by itself."""
    number = payment.number.rpartition("-")[2]
    return number.isdecimal() and int(number) >= FIRST_OF_STORY


def _told(written: WrittenPayment, line: BudgetFact, *, number: int) -> PaymentFact:
    payee = payee_of(written.payee)
    return PaymentFact(
        number=f"ZF{line.project[-6:]}-{number}",
        project=line.project,
        unit=line.unit,
        paid_on=written.on,
        amount=yuan(fen(written.amount)),
        payee=payee.name,
        payee_id=payee.code,
        functional=line.functional,
        economic=line.economic,
        funds=line.funds,
        purpose=written.purpose,
        contract=f"{line.project}-{written.contract}" if written.contract else "",
    )


def act_of(written: Act, *, code: str, codes: Mapping[str, str]) -> Act:
    """An act on a line of this project, in yuan."""
    return replace(
        written,
        line=f"{code}-{written.line}",
        amount=yuan(fen(written.amount)),
        other=codes.get(written.other, ""),
    )
