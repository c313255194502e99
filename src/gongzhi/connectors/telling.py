"""What one row tells: a mapping and a header made into functions, once for a whole file."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Any

from gongzhi.connectors.amounts import is_number
from gongzhi.connectors.converting import Read, converter
from gongzhi.connectors.fitting import is_there, tells_apart
from gongzhi.connectors.headers import PLACEHOLDER, Header, turned
from gongzhi.connectors.kinds import KINDS
from gongzhi.connectors.mapping import FactFrom, FieldFrom, Mapping
from gongzhi.connectors.memo import Always, Memo
from gongzhi.connectors.preparing import Chooser, chooser
from gongzhi.core.facts import ABOUT, Fact
from gongzhi.rules.columns import FactRule, load_fact_rules

Get = Callable[[Sequence[str]], Any]
FIRST: Get = itemgetter(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where a field's cell is (columns from 0, none for a constant) and how it is read."""

    name: str
    columns: tuple[int, ...]
    get: Get
    known: dict[Any, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a row becomes one fact."""

    kind: str
    make: Callable[[list[object]], Fact]
    cells: tuple[Cell, ...]
    unless_empty: int | None
    chosen: Chooser | None


def tellings(mapping: Mapping, header: Header) -> Iterator[Telling]:
    """Every fact that a row of this file tells, in the order of the mapping."""
    for fact in mapping.facts:
        for each in turned(fact):
            yield _telling(each, mapping, header)


def _telling(fact: FactFrom, mapping: Mapping, header: Header) -> Telling:
    rule, made = load_fact_rules()[fact.kind], KINDS[fact.kind]
    names = made._fields[:-ABOUT]
    return Telling(
        kind=fact.kind,
        make=made._make,
        cells=tuple(_cell(name, fact, mapping, header, rule) for name in names),
        unless_empty=names.index(fact.unless_empty) if fact.unless_empty else None,
        chosen=chooser(header, only=fact.only, skip=fact.skip),
    )


def _cell(name: str, fact: FactFrom, mapping: Mapping, header: Header, rule: FactRule) -> Cell:
    source = fact.fields.get(name)
    field = rule.fields[name]
    if source is None and name == "currency" and mapping.currency:
        source = FieldFrom(constant=mapping.currency)
    if source is None and name == "measure" and "value" in fact.fields:
        return _measure(fact.fields["value"], header)
    if source is None or not is_there(source, header):
        usual = KINDS[fact.kind]._field_defaults.get(name, "")
        return Cell(name=name, columns=(), get=FIRST, known=Always(usual))
    if tells_apart(name, fact):
        field = replace(field, required=True)
    read = converter(field, source, mapping)
    if source.constant is not None and not source.columns and not source.text:
        return Cell(name=name, columns=(), get=FIRST, known=Always(read(source.constant)))
    columns = _columns(source, header)
    if source.text:
        read = _composed(source.text, columns, read)
    get: Get = itemgetter(*columns) if columns else FIRST
    return Cell(name=name, columns=columns, get=get, known=Memo(read))


def _measure(value: FieldFrom, header: Header) -> Cell:
    """In what a figure is measured where no column says it: 92% is in percent."""
    columns = _columns(value, header) if value.columns and is_there(value, header) else ()
    if not columns:
        return Cell(name="measure", columns=(), get=FIRST, known=Always(""))
    return Cell(name="measure", columns=columns, get=itemgetter(*columns), known=Memo(_percent))


def _percent(cell: str) -> str:
    return "%" if cell.rstrip().endswith(("%", "％")) and is_number(cell) else ""


def _columns(source: FieldFrom, header: Header) -> tuple[int, ...]:
    """The columns that the field's reader is given, in its order."""
    names = PLACEHOLDER.findall(source.text) if source.text else source.columns
    found = [at for name in names if (at := header.at(name)) is not None]
    if source.text:
        return tuple(found)
    unit = header.at(source.unit_from) if source.unit_from else None
    return (found[0],) if unit is None else (found[0], unit)


def _composed(text: str, columns: tuple[int, ...], read: Read) -> Read:
    """The reader of a text that several columns make up; it is empty where one of them is."""
    pieces = PLACEHOLDER.split(text)[::2]

    def composed(given: str | tuple[str, ...]) -> object:
        cells = (given,) if isinstance(given, str) else given
        bare = [cell.strip() for cell in cells] if columns else []
        if not all(bare):
            return read("")
        rest = (cell + piece for cell, piece in zip(bare, pieces[1:], strict=True))
        return read(pieces[0] + "".join(rest))

    return composed
