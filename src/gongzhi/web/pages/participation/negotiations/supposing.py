"""Other numbers that a reader asks about, by the address alone: nothing is kept.

The fields of the first number have no number in their names, those of others end in theirs; who
is given the address sees what these numbers would change in what they may see themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gongzhi.connectors import amounts
from gongzhi.core.balance.negotiating import Case, Changeable
from gongzhi.core.balance.negotiating.differing import (
    OF_CRITERIA,
    OF_NO_SIDE,
    OF_NUMBERS,
    OF_OPTIONS,
)
from gongzhi.core.fen import grouped
from gongzhi.core.terms import Said
from gongzhi.forum.negotiation_computing import Computed
from gongzhi.forum.negotiation_what_if import Moved, Supposed, WhatIf, supposed
from gongzhi.web.pages.participation.negotiations.cells import (
    CellRow,
    CellTable,
    Filling,
    number_read,
)

NAMES: Mapping[Changeable, object] = {
    Changeable.WORTH: _("方案对它值多少"),
    Changeable.LIMIT: _("达不成协议时它能得到多少"),
    Changeable.PAYS_MOST: _("它最多付出多少"),
    Changeable.GETS_MOST: _("它最多接受多少"),
    Changeable.FLOOR: _("依法或评估至少应得多少"),
    Changeable.OFFERED: _("方案答应补偿它多少"),
    Changeable.SIZE: _("大小（同等对待按它折算）"),
    Changeable.POINTS: _("它给一项标准的权重"),
    Changeable.SCORE: _("它给方案在一项标准上打的分"),
    Changeable.WEIGHT: _("它在协商里的权重（只影响纳什的建议）"),
    Changeable.SUBSIDY: _("外部补助合计多少（不分哪一方）"),
}
FIELDS = ("what", "side", "option", "criterion", "amount")
SHOWN_LEAST, MOST = 2, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMoved:
    """A number that was moved: whose and which, how it stood, what it would be."""

    about: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The question: fields to ask it in, what is wrong with it, what it would change.

    address: the part of an address that asks the same again.
    """

    table: CellTable
    address: str = ""
    faults: Mapping[str, Said] = field(default_factory=dict)
    moved: Sequence[ShownMoved] = ()
    supposed: Supposed | None = None


def asked_what_if(request: HttpRequest, stands: Computed) -> Asked:
    """What the reader asks about, answered; nothing where it asks nothing."""
    values = {
        _named(name, number): request.GET.get(_named(name, number), "").strip()
        for number in range(1, MOST + 1)
        for name in FIELDS
    }
    filled = [number for number in range(1, MOST + 1) if values[_named("amount", number)]]
    if not filled or stands.found is None:
        return Asked(table=_table(stands, values, {}))
    read = {number: _read(values, number) for number in filled}
    faults = {
        _named("amount", number): each for number, each in read.items() if isinstance(each, Said)
    }
    if faults:
        return Asked(table=_table(stands, values, faults), faults=faults)
    asked = [each for each in read.values() if isinstance(each, WhatIf)]
    found = supposed(stands, asked)
    faults = {_named(name, filled[at]): said for at, name, said in found.faults}
    return Asked(
        table=_table(stands, values, faults),
        address=urlencode({name: told for name, told in _told(values, filled) if told}),
        faults=faults,
        moved=[_moved(each, stands) for each in found.moved],
        supposed=found,
    )


def _named(name: str, number: int) -> str:
    return name if number == 1 else f"{name}_{number}"


def _told(values: Mapping[str, str], filled: Sequence[int]) -> Iterator[tuple[str, str]]:
    """The numbers that are asked about, close together."""
    for place, number in enumerate(filled, start=1):
        for name in FIELDS:
            yield _named(name, place), values[_named(name, number)]


def _read(values: Mapping[str, str], number: int) -> WhatIf | Said:
    told = {name: values[_named(name, number)] for name in FIELDS}
    known = {each.value: each for each in NAMES}
    what = known.get(told["what"], Changeable.WORTH)
    read = amounts.number if what in OF_NUMBERS else amounts.money
    amount = number_read(told["amount"], read)
    if isinstance(amount, Said):
        return amount
    places = {name: told[name] for name in ("side", "option", "criterion")}
    return WhatIf(what=what, amount=amount, **places)


def _moved(moved: Moved, stands: Computed) -> ShownMoved:
    asked, case = moved.asked, stands.case
    parts = [str(NAMES[asked.what])]
    if asked.what not in OF_NO_SIDE:
        parts.insert(0, case.side(asked.side).name)
    if asked.what in OF_OPTIONS:
        parts.append(case.option(asked.option).name)
    if asked.what in OF_CRITERIA:
        parts.append(next(e.name for e in case.criteria if e.code == asked.criterion))
    return ShownMoved(
        about=" · ".join(parts),
        before=gettext("没有写") if moved.before is None else grouped(moved.before),
        after=grouped(asked.amount),
    )


def _columns(case: Case) -> Iterator[tuple[str, str, Sequence[tuple[str, str]]]]:
    """What tells a number from others, where there is anything to choose, and what it would be."""
    yield "what", gettext("改哪个数"), [(each.value, str(name)) for each, name in NAMES.items()]
    yield "side", gettext("哪一方"), [(each.code, each.name) for each in case.sides]
    plans = [(each.code, f"{each.code} {each.name}") for each in case.options]
    yield "option", gettext("哪一个方案"), plans
    if case.criteria:
        names = [(each.code, each.name) for each in case.criteria]
        yield "criterion", gettext("哪一项标准"), names
    yield "amount", gettext("改成多少"), ()


def _table(stands: Computed, values: Mapping[str, str], faults: Mapping[str, Said]) -> CellTable:
    """A row for each number that is asked about, and one more; what is left empty asks nothing."""
    columns = list(_columns(stands.case))
    filled = (number for number in range(1, MOST + 1) if values[_named("amount", number)])
    rows = min(max(max(filled, default=0) + 1, SHOWN_LEAST), MOST)
    filling = Filling(values=values, faults=_placed(faults, {name for name, _c, _k in columns}))
    return CellTable(
        name="numbers",
        caption=gettext("如果几个数同时不同，会怎样"),
        hint=gettext(
            "只是试算，不保存，别人看不到。只能改您看得到的立场里的数；不填“改成多少”的一行不算。"
        ),
        columns=[column for _name, column, _choices in columns],
        rows=[_row(filling, number, columns) for number in range(1, rows + 1)],
    )


def _row(
    filling: Filling, number: int, columns: Sequence[tuple[str, str, Sequence[tuple[str, str]]]]
) -> CellRow:
    head = gettext("第 {number} 个数").format(number=number)
    return CellRow(
        head=head,
        is_ours=True,
        cells=[
            filling.cell(
                _named(name, number),
                head,
                column,
                kind="select" if choices else "number",
                choices=choices,
            )
            for name, column, choices in columns
        ],
    )


def _placed(faults: Mapping[str, Said], shown: set[str]) -> dict[str, Said]:
    """Faults at fields that are shown: where there are no criteria, at which number it is."""
    placed = {}
    for name, said in faults.items():
        what, _bar, number = name.partition("_")
        placed[name if what in shown else "_".join(filter(None, ("what", number)))] = said
    return placed
