"""From what a mapping says of a field to the function that reads its cells."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

from gongzhi.connectors import amounts, days, texts
from gongzhi.connectors.mapping import FieldFrom, Mapping
from gongzhi.connectors.unreadable import Unreadable
from gongzhi.core.terms import Said, several
from gongzhi.rules.columns import FieldRule, load_words

Read: TypeAlias = Callable[[Any], Any]


def converter(rule: FieldRule, source: FieldFrom, mapping: Mapping) -> Read:
    """Reads a cell, or raises Unreadable; with unit_from it reads a pair of cell and unit."""
    mark = source.mark or mapping.mark
    order = source.order or mapping.order
    reads: dict[str, Read] = {
        "text": texts.text,
        "code": texts.code,
        "class": texts.class_code,
        "number": partial(amounts.number, mark=mark),
        "day": partial(days.day, order=order, month_as=source.month_as),
        "start": partial(_edge, order=order, at=0),
        "end": partial(_edge, order=order, at=1),
        "year": amounts.year,
        "month": amounts.month,
        "truth": texts.truth,
    }
    if rule.holds == "money":
        read = _money(source, mapping, mark)
    else:
        read = _worded(_taking(reads[rule.holds], source.takes, mark), source, mapping)
    return _required(read) if rule.required else read


def _taking(read: Read, takes: str, mark: str) -> Read:
    """The reader for a column of figures and words, of which the field takes only the ones."""

    def figures(cell: str) -> object:
        return read(cell) if amounts.is_number(cell, mark=mark) else None

    def words(cell: str) -> object:
        return read("" if amounts.is_number(cell, mark=mark) else cell)

    return {"": read, "figures": figures, "words": words}[takes]


def _money(source: FieldFrom, mapping: Mapping, mark: str) -> Read:
    read = partial(amounts.money, mark=mark, rounds=source.rounds)
    if not source.unit_from:
        return _worded(partial(read, unit=source.unit or mapping.unit), source, mapping)

    def with_unit(pair: tuple[str, str]) -> object:
        unit = pair[1].strip()
        if unit not in amounts.UNITS:
            raise Unreadable(
                Said("不认识金额单位“{unit}”", {"unit": unit[:40]}),
                Said("请写元、千元、万元、百万元或亿元"),
            )
        return _worded(partial(read, unit=unit or mapping.unit), source, mapping)(pair[0])

    return with_unit


def _worded(read: Read, source: FieldFrom, mapping: Mapping) -> Read:
    """The reader behind the words that mean nothing and those that mean one of ours."""
    nothing = load_words().nothing | {*source.nothing, *mapping.nothing}
    longest = max(map(len, nothing), default=0)
    values = source.values

    def worded(cell: str) -> object:
        bare = cell.strip()
        if len(bare) <= longest and (bare in nothing or bare.lower() in nothing):
            return read("")
        if values:
            if bare not in values:
                known = several(list(values)[:10])
                raise Unreadable(
                    Said("不认识“{text}”", {"text": bare[:40]}),
                    Said("列对应里写明的有：{known}", {"known": known}),
                )
            cell = values[bare]
        return read(cell)

    return worded


def _edge(cell: str, *, order: str, at: int) -> object:
    span = days.period(cell, order=order) if not days.SERIAL.fullmatch(cell) else None
    if span is None:
        return days.day(cell, order=order)
    return span[at]


def _required(read: Read) -> Read:
    def required(cell: Any) -> object:
        found = read(cell)
        if found is None or found == "":
            raise Unreadable(
                Said("这一格是空的，而这一列不能空"),
                Said("请补上这一格；没有时请在列对应里另选一列"),
            )
        return found

    return required
