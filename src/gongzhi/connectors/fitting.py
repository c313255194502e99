"""Whether a mapping fits a file, and what has moved since it was made."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from gongzhi.connectors.headers import PLACEHOLDER, Header, normal, turned
from gongzhi.connectors.mapping import FactFrom, FieldFrom, Mapping
from gongzhi.core.facts import Doubt
from gongzhi.core.terms import Problem, Said, SaidValues, Where
from gongzhi.rules.columns import load_fact_rules

READ_ON = Said("照列名读取，不受影响；请核对")


def missing(mapping: Mapping, header: Header, *, required: Iterable[tuple[str, str]]) -> list[str]:
    """The names of columns without which the mapping can't be used on this file.

    required lists kinds and fields that a fact can't be without.
    """
    must = set(required)
    absent = [name for name in mapping.requires if header.at(name) is None]
    for fact in mapping.facts:
        for each in turned(fact):
            for name, source in each.fields.items():
                is_asked = source.given or source.file_name
                needed = (fact.kind, name) in must or tells_apart(name, fact)
                if needed and not is_asked and not is_there(source, header):
                    absent += [*source.columns[:1], *PLACEHOLDER.findall(source.text)]
    return list(dict.fromkeys(absent))


def tells_apart(name: str, fact: FactFrom) -> bool:
    """Whether this field alone tells facts apart, so that a mapping that has it needs it filled.

    Facts may be without numbers altogether, or have several lines to a number; then whole lines
    tell them apart. Else two rows without a number would pass for the same fact.
    """
    return load_fact_rules()[fact.kind].key == (name,) and not fact.lines


def is_there(source: FieldFrom, header: Header) -> bool:
    """Whether the file has what the field comes from."""
    if source.columns:
        return any(header.at(name) is not None for name in source.columns)
    if not source.text and source.constant is None:
        return False
    return all(header.at(name) is not None for name in PLACEHOLDER.findall(source.text))


def told_missing(names: Iterable[str], header: Header, *, sheet: str) -> Iterator[Problem]:
    """A problem for every column that isn't there, with the one that is most like it."""
    for name in names:
        closest = header.closest(name)
        column = None if closest is None else closest + 1
        where = Where(sheet=sheet or None, row=header.row, column=column)
        hint = Said("请核对表头，或修改列对应")
        if closest is not None:
            like: SaidValues = {"column": closest + 1, "like": header.names[closest]}
            hint = Said("最像的是第 {column} 列“{like}”；请修改列对应或表头", like)
        yield Problem(where=where, what=Said("没有列“{name}”", {"name": name}), hint=hint)


def moved(mapping: Mapping, header: Header, *, sheet: str) -> Iterator[Doubt]:
    """What is no longer as in the file that the mapping was made for: columns gone, new, moved."""
    before = _places(mapping.columns)
    now = _places(header.names) if before else {}
    place = Where(sheet=sheet or None, row=header.row)
    for name, at in before.items():
        if name not in now:
            gone: SaidValues = {"column": at + 1, "name": mapping.columns[at]}
            yield Doubt(
                where=place, what=Said("原来的第 {column} 列“{name}”没有了", gone), hint=READ_ON
            )
    for name, at in now.items():
        told: SaidValues = {"column": at + 1, "name": header.names[at]}
        where = replace(place, column=at + 1)
        if name not in before:
            what = Said("第 {column} 列“{name}”是新的", told)
            yield Doubt(where=where, what=what, hint=Said("没有读取这一列；需要时请修改列对应"))
        elif before[name] != at:
            told["before"] = before[name] + 1
            what = Said("“{name}”从第 {before} 列移到了第 {column} 列", told)
            yield Doubt(where=where, what=what, hint=READ_ON)


def _places(names: Iterable[str]) -> dict[str, int]:
    return {normal(name): at for at, name in enumerate(names) if name.strip()}
