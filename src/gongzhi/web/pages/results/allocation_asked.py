"""What the page of next year's money asks: the waiting proposals, a total, numbers set by people.

Everything stands in the address, so that a scenario can be kept, sent on and held beside another.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongzhi.connectors.figure_tables import number_in
from gongzhi.core.balance.allocation import Asked, Limit, LimitOf, Request
from gongzhi.core.charter import Member
from gongzhi.core.fen import FEN, is_whole_fen
from gongzhi.core.terms import FiscalYear, Money, Said
from gongzhi.cycle.described import described
from gongzhi.cycle.models import ResultProposal
from gongzhi.cycle.result_record import facts_from_record
from gongzhi.parties.models import Organisation
from gongzhi.rules.indicators import load_classes
from gongzhi.rules.packs.allocation import AllocationPack, load_allocation
from gongzhi.rules.packs.folders import USUAL
from gongzhi.trust.identifiers import identifier_in
from gongzhi.web.pages.results.allocation_districts import (
    WHOLE,
    District,
    districts_named,
    districts_of,
)
from gongzhi.web.pages.results.rows import proposals_for

PROJECTS_MAX, CHANGES_MAX = 10_000, 20
PAIRS, PAIR = ",", ":"
CLASS = re.compile(r"[0-9]{3}")  # a class of 支出功能分类
FIXED, RIGID, STOPPING = "fixed", "rigid", "stop"
HOWS = (FIXED, RIGID, STOPPING)
# What an address holds by key, and the field of the form that is at fault where it is wrong.
FIELDS: Mapping[str, str] = {
    **dict.fromkeys(HOWS, "amount"), "least": "floor", "most": "ceiling"
}  # fmt: skip
NO_AMOUNT = Said("“{text}”不是不小于零、最多两位小数的金额")
NO_PEOPLE = Said("“{text}”不是大于零的整数")
NO_MINIMUM = Said("可以停办的，请写明最低需要多少：少于它就停")
TOO_MANY = Said("一次最多改 {most} 个数")
CROSSED = Said("下限大于上限")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scenario:
    """What was asked for: a total, what was set of proposals, limits, people.

    rigid are proposals that stay as they are, stop those that may end rather than get less than
    so much; least and most are by department or by class of function.
    """

    total: Money | None = None
    fixed: Mapping[str, Money] = field(default_factory=dict)
    rigid: Mapping[str, Money] = field(default_factory=dict)
    stop: Mapping[str, Money] = field(default_factory=dict)
    least: Mapping[str, Money] = field(default_factory=dict)
    most: Mapping[str, Money] = field(default_factory=dict)
    heads: Mapping[str, int] = field(default_factory=dict)

    def query(self, year: FiscalYear) -> dict[str, str]:
        """The address's parameters, empty ones left out."""
        given = {
            "year": str(year),
            "total": "" if self.total is None else str(self.total),
            "fixed": _written(self.fixed),
            "rigid": _written(self.rigid),
            "stop": _written(self.stop),
            "least": _written(self.least),
            "most": _written(self.most),
            "heads": _written(self.heads),
        }
        return {name: value for name, value in given.items() if value}

    def of(self, request: Request) -> Request:
        """A request with what was set of it."""
        if request.id in self.fixed:
            return replace(request, fixed=self.fixed[request.id])
        if request.id in self.rigid:
            return replace(request, rigid=True)
        if request.id in self.stop:
            return replace(request, may_stop=True, minimum=self.stop[request.id])
        return request

    def limits(self, ground: "Ground") -> tuple[Limit, ...]:
        """The limits that were set of what there is."""
        return tuple(
            Limit(of=of, name=name, least=self.least.get(key), most=self.most.get(key))
            for of, names in ground.limited
            for key, name in names.items()
            if key in self.least or key in self.most
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The proposals that wait, as requests, and the rules that they fall under."""

    rows: tuple[ResultProposal, ...]
    requests: tuple[Request, ...]
    departments: Mapping[str, str]
    fields: Mapping[str, str]
    districts: Mapping[str, District]
    pack: AllocationPack

    @property
    def proposed(self) -> Money:
        """What the proposals make together."""
        return sum((row.result for row in self.rows), start=Money(0))

    @property
    def limited(self) -> tuple[tuple[LimitOf, Mapping[str, str]], ...]:
        """What may have limits: names by key."""
        return (LimitOf.DEPARTMENT, self.departments), (LimitOf.FIELD, self.fields)

    def asked(self, scenario: Scenario) -> Asked:
        """What an allocation is made from; without a total it is what was proposed."""
        heads, rules = self.heads(scenario), self.pack.rules
        return Asked(
            requests=tuple(map(scenario.of, self.requests)),
            total=self.proposed if scenario.total is None else scenario.total,
            rules=rules if heads else replace(rules, regional_least=None),
            limits=scenario.limits(self),
            heads=heads,
        )

    def heads(self, scenario: Scenario) -> Mapping[str, int]:
        """The people of each district by its name; nothing where those of one aren't told."""
        told = {
            each.name: scenario.heads.get(key, each.people) for key, each in self.districts.items()
        }
        found = {name: number for name, number in told.items() if number}
        return found if len(found) == len(told) else {}


def ground_of(member: Member, year: FiscalYear) -> Ground:
    """The proposals that wait for a decision, and may be seen by the reader."""
    waiting = proposals_for(member, year).filter(stage="proposed").with_facts()
    found = waiting.select_related("project__unit__parent").order_by("project__code")
    known = found.annotate(functional=described("functional", reader=member))
    rows: Sequence[ResultProposal] = list(known[:PROJECTS_MAX])
    pack = load_allocation(rows[0].pack if rows else USUAL)
    bodies = {row.pk: row.project.unit.parent or row.project.unit for row in rows}
    departments = _departments({each.pk: each for each in bodies.values()}.values())
    lies_in = districts_of({row.project.unit.region for row in rows})
    districts = districts_named(set(lies_in.values()), reader=member)
    fields = {code: name for code, name in map(_field, rows) if code}
    return Ground(
        rows=tuple(rows),
        requests=tuple(
            _request(
                row,
                department=departments[str(bodies[row.pk].pk)],
                district=districts.get(lies_in[str(row.project.unit.region_id)]),
                pack=pack,
            )
            for row in rows
        ),
        departments=departments,
        fields=dict(sorted(fields.items())),
        districts=districts if len(districts) > 1 else {},
        pack=pack,
    )


def _departments(bodies: Iterable[Organisation]) -> dict[str, str]:
    """Names by key; those that are called alike with their codes."""
    found = list(bodies)
    often = Counter(each.name for each in found)
    return {
        str(each.pk): each.name if often[each.name] == 1 else f"{each.name}（{each.code}）"
        for each in found
    }


def _field(row: Any) -> tuple[str, str]:
    """The class of function that a project's money is for: its code and name."""
    known = load_classes().get((row.functional or "")[:3])
    return (known.code, known.name.zh) if known else ("", "")


def _request(
    row: ResultProposal, *, department: str, district: District | None, pack: AllocationPack
) -> Request:
    """A proposal as a request: what the rules on results leave of what was asked for."""
    facts = facts_from_record(row.record["facts"])
    budget = row.record["money"]["budget"]
    return Request(
        id=str(row.pk),
        name=row.project.name,
        department=department,
        field=_field(row)[1],
        region=district.name if district else WHOLE,
        base=row.base if budget is None else Money(budget).quantize(FEN),
        asked=row.result,
        score=facts.score,
        grade=facts.grade if facts.grade in pack.rules.bands else None,
    )


def scenario_in(given: Mapping[str, Any]) -> tuple[Scenario, dict[str, Said]]:
    """What is asked for, and what is wrong with it by field."""
    faults: dict[str, Said] = {}
    total = _amount(given.get("total", ""), "total", faults)
    found = {name: _pairs(given.get(name, ""), of, faults) for name, of in FIELDS.items()}
    chosen = identifier_in(given.get("project", ""))
    if chosen is not None:
        _set_project(found, str(chosen), given, faults)
    limited = _key(given.get("of", ""))
    if limited is not None:
        _set_limit(found, limited, given, faults)
    for name, of in FIELDS.items():
        if len(found[name]) > CHANGES_MAX:
            faults[of] = Said(TOO_MANY.text, {"most": CHANGES_MAX})
    least, most = found["least"], found["most"]
    for key in [key for key in least if most.get(key, least[key]) < least[key]]:
        faults["floor"] = CROSSED
        del least[key]
    return Scenario(total=total, heads=_heads(given, faults), **found), faults


def _set_project(
    found: Mapping[str, dict[str, Money]],
    chosen: str,
    given: Mapping[str, Any],
    faults: dict[str, Said],
) -> None:
    """Set what becomes of a proposal; without an amount it goes back to the rules."""
    how, text = given.get("how", FIXED), _dragged(given)
    amount = _amount(text, "amount", faults) if how in (FIXED, STOPPING) else None
    if "amount" in faults:
        return
    for name in HOWS:
        found[name].pop(chosen, None)
    if how == RIGID:
        found[RIGID][chosen] = Money(0)
    elif how == STOPPING and not amount:
        faults["amount"] = NO_MINIMUM
    elif how in (FIXED, STOPPING) and amount is not None:
        found[how][chosen] = amount


def _dragged(given: Mapping[str, Any]) -> str:
    """The amount that was typed; where it stands as it was shown, the one that was dragged to."""
    typed, drawn = given.get("amount", ""), given.get("drag", "")
    moved = drawn != given.get("dragged", "") and typed == given.get("typed", "")
    return str(drawn if moved else typed)


def _set_limit(
    found: Mapping[str, dict[str, Money]],
    key: str,
    given: Mapping[str, Any],
    faults: dict[str, Said],
) -> None:
    """Set floor and ceiling of a department or a class; empty ones are taken back."""
    for name, of in (("least", "floor"), ("most", "ceiling")):
        amount = _amount(given.get(of, ""), of, faults)
        found[name].pop(key, None)
        if amount is not None:
            found[name][key] = amount


def _key(text: str) -> str | None:
    """A department's identifier or a class's code."""
    if CLASS.fullmatch(text):
        return text
    chosen = identifier_in(text)
    return None if chosen is None else str(chosen)


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
        chosen = _key(key)
        amount = None if chosen is None else _amount(value, name, faults)
        if chosen is not None and amount is not None:
            found[chosen] = amount
    return found


def _amount(text: str, name: str, faults: dict[str, Said]) -> Money | None:
    if not text.strip():
        return None
    number = number_in(text)
    if number is None or not 0 <= number < Decimal(10) ** 14 or not is_whole_fen(number):
        faults[name] = Said(NO_AMOUNT.text, {"text": text[:40]})
        return None
    return number.quantize(FEN)


def _written(pairs: Mapping[str, Any]) -> str:
    return PAIRS.join(f"{_short(key)}{PAIR}{value}" for key, value in pairs.items())


def _short(key: str) -> str:
    return key if CLASS.fullmatch(key) else UUID(key).hex
