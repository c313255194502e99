"""What no column says: values from the file's name, or given by whoever imports."""

import re
from collections import abc
from dataclasses import replace

from gongzhi.connectors.mapping import FieldFrom, Mapping
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.rules.columns import load_fact_rules


def resolved(mapping: Mapping, *, given: abc.Mapping[str, str], file_name: str) -> Mapping:
    """The mapping with these values in place; a field without any stays missing."""

    def field(source: FieldFrom) -> FieldFrom:
        value = given.get(source.given) if source.given else None
        if value is None and source.file_name:
            value = _in_name(source.file_name, file_name)
        if value is None:
            return source
        return replace(source, constant=value, columns=(), text="", given="", file_name="")

    facts = tuple(
        replace(fact, fields={name: field(source) for name, source in fact.fields.items()})
        for fact in mapping.facts
    )
    return replace(mapping, facts=facts)


def _in_name(wanted: str, file_name: str) -> str | None:
    """The digits of a file's name that stand where the wanted name has ring marks."""
    before, marks, after = re.split("(#+)", wanted, maxsplit=1)
    pattern = f"{re.escape(before)}([0-9]{{{len(marks)}}}){re.escape(after)}"
    found = re.search(pattern, file_name)
    return found[1] if found else None


def asked(mapping: Mapping) -> tuple[str, ...]:
    """The names of the values that the mapping still wants to be given."""
    sources = (source for fact in mapping.facts for source in fact.fields.values())
    names = (one.given or one.file_name for one in sources if one.constant is None)
    return tuple(dict.fromkeys(filter(None, names)))


def told_asked(names: abc.Iterable[str], *, sheet: str) -> abc.Iterator[Problem]:
    """A problem for every value that nobody gave."""
    titles = {
        name: Said(field.title.zh)
        for rule in load_fact_rules().values()
        for name, field in rule.fields.items()
    }
    for name in names:
        yield Problem(
            where=Where(sheet=sheet or None),
            what=Said("文件里没有“{name}”，导入时也没有给出", {"name": titles.get(name, name)}),
            hint=Said("请给出它（命令行 --given {name}=…，年度如 year=2026）", {"name": name}),
        )
