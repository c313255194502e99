"""A file about a negotiation → a case: JSON, or a workbook as our template lays it out.

What can't be used is a problem with its place and left out; the rest is still a case.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TypeVar

from gongzhi.connectors.days import day
from gongzhi.connectors.negotiation_json import parts_of_json
from gongzhi.connectors.negotiation_parts import NAME_MAX, TEXT_MAX, Leaf, Parts, Row
from gongzhi.connectors.negotiation_sheets import parts_of_sheets
from gongzhi.connectors.negotiation_values import (
    AGREED,
    MEASURES,
    PAYMENTS,
    STANDINGS,
    between,
    money,
    times,
    word,
)
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.balance.negotiating.case import (
    CLOSE_ENOUGH,
    NOTHING,
    Case,
    Criterion,
    Judgement,
    Measure,
    Objecting,
    Option,
    Round,
    SharedCost,
    Side,
    Standing,
)
from gongzhi.core.balance.negotiating.faults import faults
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.limits import LIMITS, MB

T = TypeVar("T")
ROUNDS_MOST, POINTS_MOST = 5, 10**12
BLANK = Leaf(text="")
UNNAMED = Said("没有写名称")
GIVE_NAME = Said("请写名称")
TWICE = Said("“{name}”写了两次")
KEEP_ONE = Said("请只留一个")
UNKNOWN = Said("没有“{name}”")
ONE_OF = Said("请写成这些里的一个：{known}")
CHECK_CASE = Said("请改正后再算")
TOO_LONG = Said("文字超过 {most} 字，只留前面")
SHORTER = Said("请写短一些")
NOBODY_PAYS = Said("居民不向别人付款，最多支付没有采用")
NOBODY_BEARS = Said("居民不分摊共同费用，没有采用")
LEAVE_OUT = Said("请删去这一格")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCase:
    """The case, unless nothing can be computed; and what couldn't be used."""

    case: Case | None
    problems: tuple[Problem, ...]


def read_negotiation(name: str, source: Path | bytes) -> ReadCase:
    """The case that a file holds, by its content JSON or a workbook."""
    parts = _parts(name, source)
    if isinstance(parts, Problem):
        return ReadCase(case=None, problems=(parts,))
    return _Building(parts).built(name)


def _parts(name: str, source: Path | bytes) -> Parts | Problem:
    limit = LIMITS.list_workbook_bytes_max
    size = source.stat().st_size if isinstance(source, Path) else len(source)
    if size > limit:
        what = Said("文件超过 {limit} MB", {"limit": limit // MB})
        return Problem(where=Where(), what=what, hint=Said("请只留这一次协商要用的内容"))
    content = source.read_bytes() if isinstance(source, Path) else source
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"{", b"["):
        return parts_of_json(content)
    listing = open_source(name, content)
    return listing if isinstance(listing, Problem) else parts_of_sheets(listing)


class _Building:
    """A case put together from its parts, problems gathered on the way."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts
        self.problems = list(parts.problems)
        self.options: dict[str, str] = {}  # code by code and by name
        self.sides: dict[str, str] = {}
        self.criteria: dict[str, str] = {}
        self.residents: set[str] = set()
        self.points: set[str] = set()

    def built(self, name: str) -> ReadCase:
        """The case with all problems."""
        options = [
            Option(code=code, name=said, about=self._text(row, "about", TEXT_MAX))
            for code, said, row in self._named(self.parts.options, self.options)
        ]
        criteria = [
            Criterion(code=code, name=said)
            for code, said, _ in self._named(self.parts.criteria, self.criteria)
        ]
        sides = [
            self._side(code, said, row)
            for code, said, row in self._named(self.parts.sides, self.sides)
        ]
        facts = self.parts.facts
        close = self._value(facts, "close_enough", between(0, 1))
        rounds = self._value(facts, "rounds_most", between(1, 20))
        case = Case(
            name=self._text(facts, "name", NAME_MAX) or Path(name).stem,
            options=tuple(options),
            sides=tuple(self._filled(sides)),
            criteria=tuple(criteria),
            subsidy=self._value(facts, "subsidy", money(least=0)) or NOTHING,
            costs=self._costs(),
            rounds=self._rounds(),
            close_enough=CLOSE_ENOUGH if close is None else close,
            rounds_most=ROUNDS_MOST if rounds is None else int(rounds),
            objecting=self._objecting(facts),
        )
        found = faults(case)
        self.problems += [Problem(where=Where(), what=each, hint=CHECK_CASE) for each in found]
        return ReadCase(case=None if found else case, problems=tuple(self.problems))

    def _named(self, rows: list[Row], known: dict[str, str]) -> list[tuple[str, str, Row]]:
        """Rows with their codes and names; a code that isn't given is the name."""
        found = []
        for row in rows:
            name = self._text(row, "name", NAME_MAX)
            code = self._text(row, "code", NAME_MAX) or name
            leaf = row.get("name") or row.get("code") or next(iter(row.values()), BLANK)
            if not code:
                self.problems.append(leaf.problem(UNNAMED, GIVE_NAME))
            elif code in known or name in known:
                repeated, place = (code, row.get("code", leaf)) if code in known else (name, leaf)
                said = Said(TWICE.text, {"name": repeated})
                self.problems.append(place.problem(said, KEEP_ONE))
            else:
                known[code] = code
                known.setdefault(name or code, code)
                found.append((code, name or code, row))
        return found

    def _text(self, row: Row, name: str, most: int) -> str:
        leaf = row.get(name, BLANK)
        text = leaf.text.strip()
        if len(text) > most:
            self.problems.append(leaf.problem(Said(TOO_LONG.text, {"most": most}), SHORTER))
        return text[:most]

    def _value(self, row: Row, name: str, read: Callable[[str], T | None]) -> T | None:
        leaf = row.get(name)
        return None if leaf is None else self._read(leaf, read)

    def _read(self, leaf: Leaf, read: Callable[[str], T | None]) -> T | None:
        try:
            return read(leaf.text)
        except Unreadable as error:
            self.problems.append(leaf.problem(error.what, error.hint))
            return None

    def _refer(self, leaf: Leaf, known: dict[str, str]) -> str | None:
        code = known.get(leaf.text.strip())
        if code is None:
            names = "、".join(dict.fromkeys(known))[:NAME_MAX] or "—"
            said = Said(UNKNOWN.text, {"name": leaf.text.strip()[:NAME_MAX]})
            self.problems.append(leaf.problem(said, Said(ONE_OF.text, {"known": names})))
        return code

    def _side(self, code: str, name: str, row: Row) -> Side:
        standing = self._value(row, "standing", word(STANDINGS)) or Standing.INSTITUTION
        measure = self._value(row, "measure", word(MEASURES)) or Measure.MONEY
        if standing is Standing.RESIDENT:
            self.residents.add(code)
        if measure is Measure.POINTS:
            self.points.add(code)
        pays_most = self._value(row, "pays_most", money(least=0))
        if pays_most is not None and standing is Standing.RESIDENT:
            if pays_most:
                self.problems.append(row["pays_most"].problem(NOBODY_PAYS, LEAVE_OUT))
            pays_most = None
        amount = between(-POINTS_MOST, POINTS_MOST) if measure is Measure.POINTS else money()
        size = self._value(row, "size", between(0, 10**9, above=True))
        weight = self._value(row, "weight", between(0, 10**6, above=True))
        return Side(
            code=code,
            name=name,
            standing=standing,
            measure=measure,
            limit=self._value(row, "limit", amount),
            pays_most=pays_most,
            gets_most=self._value(row, "gets_most", money(least=0)),
            alike=self._text(row, "alike", NAME_MAX),
            size=size or Decimal(1),
            weight=weight or Decimal(1),
            evidence=self._text(row, "evidence", TEXT_MAX),
        )

    def _filled(self, sides: Iterable[Side]) -> Iterable[Side]:
        """Sides with all that other parts say of them; those that value nothing are left out."""
        filled = _Filled(self)
        for side in sides:
            yield filled.side(side)

    def _costs(self) -> tuple[SharedCost, ...]:
        needs: dict[str, dict[str, Decimal]] = {}
        for cost, side, leaf in self.parts.costs:
            who, amount = self._refer(side, self.sides), self._read(leaf, money(least=0))
            if who in self.residents:
                self.problems.append(side.problem(NOBODY_BEARS, LEAVE_OUT))
            elif who is not None and amount is not None:
                needs.setdefault(self._text({"name": cost}, "name", NAME_MAX), {})[who] = amount
        return tuple(SharedCost(name=name, needs=each) for name, each in needs.items())

    def _rounds(self) -> tuple[Round, ...]:
        numbers = {number for number, *_ in self.parts.support}
        numbers |= {number for number, *_ in self.parts.dissents}
        support: dict[int, dict[str, dict[str, Decimal]]] = {number: {} for number in numbers}
        reasons: dict[int, dict[str, str]] = {number: {} for number in numbers}
        for number, side, option, leaf in self.parts.support:
            who, what = self._refer(side, self.sides), self._refer(option, self.options)
            value = self._read(leaf, between(0, 100))
            if who is not None and what is not None and value is not None:
                support[number].setdefault(who, {})[what] = value
        for number, side, leaf in self.parts.dissents:
            who = self._refer(side, self.sides)
            if who is not None and leaf.text.strip():
                reasons[number][who] = self._text({"reason": leaf}, "reason", TEXT_MAX)
        return tuple(
            Round(support=support[number], dissents=reasons[number]) for number in sorted(numbers)
        )

    def _objecting(self, facts: Row) -> Objecting:
        until: date | None = self._value(facts, "until", day)
        return Objecting(
            until=until,
            mediator=self._text(facts, "mediator", NAME_MAX),
            reviewer=self._text(facts, "reviewer", NAME_MAX),
        )


class _Filled:
    """What the tables of amounts, scores and weights say of each side."""

    def __init__(self, building: _Building) -> None:
        self.building = building
        self.amounts: dict[str, dict[str, dict[str, Decimal]]] = {}
        self.accepts: dict[str, set[str]] = {}
        self.scores: dict[str, dict[str, dict[str, Decimal]]] = {}
        self.points: dict[str, dict[str, Decimal]] = {}
        self.judgements: dict[str, list[Judgement]] = {}
        self._read_amounts()
        self._read_scores()
        self._read_weights()

    def side(self, side: Side) -> Side:
        """The side with all of it."""
        amounts = self.amounts.get(side.code, {})
        accepts = self.accepts.get(side.code)
        return replace(
            side,
            worth=amounts.get("worth", {}),
            accepts=None if accepts is None else frozenset(accepts),
            floors=amounts.get("floors", {}),
            offered=amounts.get("offered", {}),
            points=self.points.get(side.code, {}),
            judgements=tuple(self.judgements.get(side.code, ())),
            scores=self.scores.get(side.code, {}),
        )

    def _read_amounts(self) -> None:
        building = self.building
        for side, what, option, leaf in building.parts.amounts:
            who = building._refer(side, building.sides)
            at = building._refer(option, building.options)
            if who is None or at is None:
                continue
            if what == "accepts":
                agreed = building._read(leaf, word(AGREED))
                self.accepts.setdefault(who, set()).update({at} if agreed else set())
                continue
            read = money(least=0 if what in PAYMENTS else None)
            if what == "worth" and who in building.points:
                read = between(-POINTS_MOST, POINTS_MOST)
            amount = building._read(leaf, read)
            if amount is not None:
                self.amounts.setdefault(who, {}).setdefault(what, {})[at] = amount

    def _read_scores(self) -> None:
        building = self.building
        for side, criterion, option, leaf in building.parts.scores:
            who = building._refer(side, building.sides)
            what = building._refer(criterion, building.criteria)
            at = building._refer(option, building.options)
            value = building._read(leaf, between(0, 100))
            if who is not None and what is not None and at is not None and value is not None:
                self.scores.setdefault(who, {}).setdefault(at, {})[what] = value

    def _read_weights(self) -> None:
        building = self.building
        for side, criterion, leaf in building.parts.points:
            who = building._refer(side, building.sides)
            what = building._refer(criterion, building.criteria)
            value = building._read(leaf, between(0, 10**6))
            if who is not None and what is not None and value is not None:
                self.points.setdefault(who, {})[what] = value
        for side, first, second, leaf in building.parts.judgements:
            who = building._refer(side, building.sides)
            one = building._refer(first, building.criteria)
            other = building._refer(second, building.criteria)
            as_often = building._read(leaf, times)
            if who is not None and one is not None and other is not None and as_often is not None:
                judged = Judgement(first=one, second=other, times=as_often)
                self.judgements.setdefault(who, []).append(judged)
