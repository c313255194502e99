"""What a person should look at in a guess."""

from collections.abc import Iterator, Mapping

from gongzhi.connectors.amounts import spans_two_years
from gongzhi.connectors.mapping import FieldFrom
from gongzhi.connectors.naming import PART
from gongzhi.connectors.taking import Look, Taken, lacks_year
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Said, SaidValues, Where
from gongzhi.rules.columns import FieldRule


def doubts_of(look: Look, taken: Taken, fields: Mapping[str, FieldFrom]) -> Iterator[Doubt]:
    """Everything that was assumed, the weightiest first."""
    place = Where(sheet=look.style.sheet or None, row=look.header.row)
    yield from look.around.doubts(place, takes_year=lacks_year(look, taken))
    if look.any_order:
        yield Doubt(
            where=place,
            what=Said("日期看不出是日在前还是月在前，按日在前读"),
            hint=Said("如果是月在前，请选月在前（命令行 --order mdy，列对应里 order）"),
        )
    if look.style.mark == ",":
        yield Doubt(
            where=place,
            what=Said("按逗号是小数点读取数字"),
            hint=Said('如果不是，请在列对应里写 mark = "."'),
        )
    yield from _of_columns(look, taken)
    yield from _of_reading(look, taken, fields)


def _of_columns(look: Look, taken: Taken) -> Iterator[Doubt]:
    """That a column may be another field, and that another column may be the field."""
    for name, at in taken.columns.items():
        told = _told(look, name, at)
        if taken.sure[name] < PART:
            yield Doubt(
                where=_at(look, at),
                what=Said("“{column}”是不是{field}，拿不准", told),
                hint=Said("请核对；不是时请改列对应"),
            )
        if name in taken.rivals:
            other = look.header.names[taken.rivals[name]]
            yield Doubt(
                where=_at(look, at),
                what=Said("“{column}”和“{other}”都像{field}，取了前者", told | {"other": other}),
                hint=Said("请核对；不是时请改列对应"),
            )


def _of_reading(look: Look, taken: Taken, fields: Mapping[str, FieldFrom]) -> Iterator[Doubt]:
    """How cells are read that say less, more or nothing."""
    for name, at in taken.columns.items():
        told = _told(look, name, at)
        source = fields[name]
        if source.month_as:
            yield Doubt(
                where=_at(look, at),
                what=Said("“{column}”有的只写到月，按当月最后一天读", told),
                hint=Said("请核对；要按月初读时请在列对应里改 month_as"),
            )
        if source.fill_down:
            yield Doubt(
                where=_at(look, at),
                what=Said("“{column}”有空格，按合并的单元格沿用上面的{field}", told),
                hint=Said("如果不是合并的单元格，请补上空格再导入"),
            )
        if name == "year" and any(map(spans_two_years, look.samples[at])):
            yield Doubt(
                where=_at(look, at),
                what=Said("“{column}”是跨两个日历年的年度，按开始的那一年读", told),
                hint=Said("如果按结束的那一年算，请先改成一个年份再导入"),
            )
        if unit := source.unit:
            yield from _of_unit(look, at, told | {"unit": Said(unit)})
        if source.takes == "figures":
            words = titled(look.rule.fields[look.rule.fields[name].words])
            told |= {"words": words}
            yield Doubt(
                where=_at(look, at),
                what=Said("“{column}”里有数字也有文字：数字作{field}，文字作{words}", told),
                hint=Said("请核对；写错的数字会成为文字"),
            )


def _of_unit(look: Look, at: int, told: SaidValues) -> Iterator[Doubt]:
    """That a unit was read out of words that aren't the unit's own name."""
    column, unit = look.header.names[at], told["unit"]
    if isinstance(unit, Said) and unit.text not in column:
        yield Doubt(
            where=_at(look, at),
            what=Said("“{column}”按单位是{unit}读取", told),
            hint=Said("如果不是，请改金额的单位（列对应里的 unit）"),
        )


def _told(look: Look, name: str, at: int) -> SaidValues:
    return {"column": look.header.names[at], "field": titled(look.rule.fields[name])}


def _at(look: Look, at: int) -> Where:
    return Where(sheet=look.style.sheet or None, row=look.header.row, column=at + 1)


def titled(field: FieldRule) -> Said:
    """What the field is called."""
    return Said(field.title.zh)
