"""What the page of next year's money asks: the waiting proposals, a total, numbers set by people.

Everything stands in the address, so that a scenario can be kept, sent on and held beside another.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongzhi.connectors.figure_tables import number_in
from gongzhi.core.balance.allocation import Asked, Limit, LimitOf, Request
from gongzhi.core.charter import Member
from gongzhi.core.terms import FiscalYear, Money, Said
from gongzhi.cycle.models import ResultProposal
from gongzhi.cycle.result_record import facts_from_record
from gongzhi.rules.packs.allocation import AllocationPack, load_allocation
from gongzhi.rules.packs.folders import USUAL
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.pages.results.rows import proposals_for

PROJECTS_MAX, CHANGES_MAX = 5_000, 8
FEN = Decimal("0.01")
PAIRS, PAIR = ",", ":"
NO_AMOUNT = Said("“{text}”不是不小于零、最多两位小数的金额")
NO_PEOPLE = Said("“{text}”不是大于零的整数")
TOO_MANY = Said("一次最多改 {most} 个数")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What was asked for: a total, amounts of proposals, ceilings of departments, people."""

    total: Money | None = None
    fixed: Mapping[str, Money] = field(default_factory=dict)
    most: Mapping[str, Money] = field(default_factory=dict)
    heads: Mapping[str, int] = field(default_factory=dict)

    def query(self, year: FiscalYear) -> dict[str, str]:
        """The address's parameters, empty ones left out."""
        given = {
            "year": str(year),
            "total": "" if self.total is None else str(self.total),
            "fixed": _written(self.fixed),
            "most": _written(self.most),
            "heads": _written(self.heads),
        }
        return {name: value for name, value in given.items() if value}


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The proposals that wait, as requests, and the rules that they fall under."""

    rows: tuple[ResultProposal, ...]
    requests: tuple[Request, ...]
    departments: Mapping[str, str]
    regions: Mapping[str, str]
    pack: AllocationPack

    @property
    def proposed(self) -> Money:
        """What the proposals make together."""
        return sum((row.result for row in self.rows), start=Money(0))

    def asked(self, scenario: Scenario) -> Asked:
        """What an allocation is made from; without a total it is what was proposed."""
        by_id = scenario.fixed
        has_heads = bool(self.regions) and set(self.regions) <= set(scenario.heads)
        rules = self.pack.rules
        return Asked(
            requests=tuple(
                replace(each, fixed=by_id[each.id]) if each.id in by_id else each
                for each in self.requests
            ),
            total=self.proposed if scenario.total is None else scenario.total,
            rules=rules if has_heads else replace(rules, regional_least=None),
            limits=tuple(
                Limit(of=LimitOf.DEPARTMENT, name=self.departments[key], most=amount)
                for key, amount in scenario.most.items()
                if key in self.departments
            ),
            heads={
                self.regions[key]: n for key, n in scenario.heads.items() if key in self.regions
            },
        )


def ground_of(member: Member, year: FiscalYear) -> Ground:
    """The proposals that wait for a decision, and may be seen by the reader."""
    waiting = proposals_for(member, year).filter(stage="proposed").with_facts()
    found = waiting.select_related("project__unit__parent").order_by("project__code")
    rows: Sequence[ResultProposal] = list(found[:PROJECTS_MAX])
    pack = load_allocation(rows[0].pack if rows else USUAL)
    bodies = {row.pk: row.project.unit.parent or row.project.unit for row in rows}
    departments = {str(each.pk): each.name for each in bodies.values()}
    regions = {str(row.project.unit.region.pk): row.project.unit.region.name for row in rows}
    return Ground(
        rows=tuple(rows),
        requests=tuple(_request(row, bodies[row.pk].name, pack) for row in rows),
        departments=departments,
        regions=regions if len(regions) > 1 else {},
        pack=pack,
    )


def _request(row: ResultProposal, department: str, pack: AllocationPack) -> Request:
    """A proposal as a request: what the rules on results leave of what was asked for."""
    facts = facts_from_record(row.record["facts"])
    budget = row.record["money"]["budget"]
    return Request(
        id=str(row.pk),
        name=row.project.name,
        department=department,
        region=row.project.unit.region.name,
        base=row.base if budget is None else Money(budget).quantize(FEN),
        asked=row.result,
        score=facts.score,
        grade=facts.grade if facts.grade in pack.rules.bands else None,
    )


def scenario_in(given: Mapping[str, Any]) -> tuple[Scenario, dict[str, Said]]:
    """What is asked for, and what is wrong with it by field."""
    faults: dict[str, Said] = {}
    total = _amount(given.get("total", ""), "total", faults)
    fixed = _pairs(given.get("fixed", ""), "amount", faults)
    most = _pairs(given.get("most", ""), "ceiling", faults)
    for names, of, amount in (("project", fixed, "amount"), ("department", most, "ceiling")):
        chosen = identifier_in(given.get(names, ""))
        if chosen is not None:
            _change(of, chosen, given.get(amount, ""), amount, faults)
    for name, of in (("amount", fixed), ("ceiling", most)):
        if len(of) > CHANGES_MAX:
            faults[name] = Said(TOO_MANY.text, {"most": CHANGES_MAX})
    heads = _heads(given, faults)
    return Scenario(total=total, fixed=fixed, most=most, heads=heads), faults


def _change(
    of: dict[str, Money], chosen: UUID, text: str, name: str, faults: dict[str, Said]
) -> None:
    """Set a number, or with an empty one take it back."""
    if not text.strip():
        of.pop(str(chosen), None)
        return
    amount = _amount(text, name, faults)
    if amount is not None:
        of[str(chosen)] = amount


def _heads(given: Mapping[str, Any], faults: dict[str, Said]) -> dict[str, int]:
    found = {key: int(each) for key, each in _pairs(given.get("heads", ""), "heads", {}).items()}
    for name, text in given.items():
        chosen = identifier_in(name.removeprefix("heads-")) if name.startswith("heads-") else None
        if chosen is None or not text.strip():
            continue
        number = number_in(text)
        if number is None or number <= 0 or number != number.to_integral_value():
            faults["heads"] = Said(NO_PEOPLE.text, {"text": text[:40]})
        else:
            found[str(chosen)] = int(number)
    return {key: number for key, number in found.items() if number > 0}


def _pairs(text: str, name: str, faults: dict[str, Said]) -> dict[str, Money]:
    found: dict[str, Money] = {}
    for pair in filter(None, text.split(PAIRS)):
        key, _, value = pair.partition(PAIR)
        chosen = identifier_in(key)
        amount = None if chosen is None else _amount(value, name, faults)
        if chosen is not None and amount is not None:
            found[str(chosen)] = amount
    return found


def _amount(text: str, name: str, faults: dict[str, Said]) -> Money | None:
    if not text.strip():
        return None
    number = number_in(text)
    if number is None or not 0 <= number < Decimal(10) ** 14 or number != number.quantize(FEN):
        faults[name] = Said(NO_AMOUNT.text, {"text": text[:40]})
        return None
    return number.quantize(FEN)


def _written(pairs: Mapping[str, Any]) -> str:
    return PAIRS.join(f"{UUID(key).hex}{PAIR}{value}" for key, value in pairs.items())
