"""Mappings as TOML or JSON text and back; what is wrong in one is told, not raised.

Read: both. Written: JSON, whatever is as usual left out. A field that only names a column is that
name, one that names several a list.
"""

import json
import tomllib
from collections import abc
from dataclasses import MISSING, fields
from typing import Any, TypeAlias

from gongzhi.connectors import amounts
from gongzhi.connectors.amounts import UNITS
from gongzhi.connectors.days import ORDERS
from gongzhi.connectors.mapping import Choice, FactFrom, FieldFrom, Mapping, Sum
from gongzhi.core.terms import Problem, Said, Text, Where, several
from gongzhi.rules.columns import load_fact_rules

Record: TypeAlias = dict[str, Any]
MARKS = (".", ",")
MONTH_AS = ("", "first", "last")
TAKES = ("", "figures", "words")
TURNS_MAX, FACTS_MAX = 60, 40
SHORT = {"fact": "facts", "sum": "sums"}  # tables of TOML are named one by one


class BadMapping(ValueError):
    """A mapping that can't be used: at which place, and why."""

    def __init__(self, at: str, what: Said) -> None:
        super().__init__(at)
        self.problem = Problem(
            where=Where(),
            what=Said("列对应的 {at}：{what}", {"at": at, "what": what}),
            hint=Said("请按文档“接入一种来源”改正列对应"),
        )


def mapping_from_text(text: str) -> Mapping | Problem:
    """The mapping that a TOML or JSON text describes."""
    try:
        given = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
        return mapping_from_record(given)
    except BadMapping as bad:
        return bad.problem
    except (ValueError, RecursionError) as error:
        what = Said("列对应既不是 TOML 也不是 JSON：{error}", {"error": str(error)[:120]})
        return Problem(where=Where(), what=what, hint=Said("请用“导出列对应”得到的文件"))


def mapping_as_text(mapping: Mapping) -> str:
    """The mapping as JSON."""
    return json.dumps(mapping_as_record(mapping), ensure_ascii=False, indent=1)


def mapping_as_record(mapping: Mapping) -> Record:
    """JSON-safe values that `mapping_from_record` turns back into an equal mapping."""
    record = _unusual(mapping)
    if mapping.title.zh:
        record["title"] = {"zh": mapping.title.zh, "en": mapping.title.en}
    record["facts"] = [
        _unusual(fact) | {"fields": {name: _short(source) for name, source in fact.fields.items()}}
        for fact in mapping.facts
    ]
    return record


def mapping_from_record(record: object) -> Mapping:
    """The mapping of a record; raises BadMapping with the place and the reason."""
    given = {SHORT.get(name, name): value for name, value in _table(record, "").items()}
    title = _table(given.pop("title", {}), "title")
    facts = tuple(_fact(one, f"fact {at}") for at, one in _tables(given.pop("facts", None), "fact"))
    if not 0 < len(facts) <= FACTS_MAX:
        raise BadMapping("fact", Said("应有 1 至 {most} 项", {"most": FACTS_MAX}))
    lists = {
        name: tuple(_plain(kind, one, f"{name} {at}") for at, one in _tables(given.pop(name), name))
        for name, kind in (("skip", Choice), ("only", Choice), ("sums", Sum))
        if name in given
    }
    titled = {"title": _text(title)} if title else {}
    mapping: Mapping = _plain(Mapping, given | titled | {"facts": facts} | lists, "")
    for one in mapping.sums:
        _check(amounts.PLAIN.fullmatch(one.tolerance) is not None, "sum", one.tolerance)
    _check(mapping.mark in MARKS, "mark", mapping.mark)
    _check(mapping.order in ORDERS, "order", mapping.order)
    _check(mapping.unit in UNITS, "unit", mapping.unit)
    _check(1 <= mapping.header_rows <= 5, "header_rows", str(mapping.header_rows))
    return mapping


def _fact(given: Record, at: str) -> FactFrom:
    kind = given.get("kind")
    rules = load_fact_rules()
    if not isinstance(kind, str) or kind not in rules:
        known = several(rules)
        raise BadMapping(f"{at}.kind", Said("只能是 {known} 之一", {"known": known}))
    sources = {
        name: _field(source, f"{at}.{name}")
        for name, source in _table(given.get("fields"), f"{at}.fields").items()
    }
    turns = {
        name: _texts(words, f"{at}.each.{name}")
        for name, words in _table(given.get("each", {}), f"{at}.each").items()
    }
    _check(len({len(words) for words in turns.values()}) <= 1, f"{at}.each", "")
    _check(all(0 < len(words) <= TURNS_MAX for words in turns.values()), f"{at}.each", "")
    chosen = {
        name: tuple(_plain(Choice, one, f"{at}.{name}") for _, one in _tables(given[name], at))
        for name in ("only", "skip")
        if name in given
    }
    ready = given | {"fields": sources, "each": turns} | chosen
    fact: FactFrom = _plain(FactFrom, ready, at)
    for name in (*fact.fields, *fact.key, *filter(None, [fact.unless_empty])):
        _check(name in rules[kind].fields, at, name)
    for name, rule in rules[kind].fields.items():
        if rule.required and name not in fact.fields:
            raise BadMapping(at, Said("缺少 {name}", {"name": name}))
    return fact


def _field(given: object, at: str) -> FieldFrom:
    if isinstance(given, str):
        return FieldFrom(columns=(given,))
    if isinstance(given, list | tuple):
        return FieldFrom(columns=_texts(given, at))
    table = _table(given, at)
    if isinstance(table.get("columns"), str):
        table["columns"] = (table["columns"],)
    if "values" in table:
        table["values"] = {
            str(word): str(ours) for word, ours in _table(table["values"], at).items()
        }
    source: FieldFrom = _plain(FieldFrom, table, at)
    comes_from = (source.columns, source.text, source.file_name, source.given)
    _check(any(comes_from) or source.constant is not None, at, "")
    _check("#" in (source.file_name or "#"), f"{at}.file_name", source.file_name)
    _check(source.mark in ("", *MARKS), f"{at}.mark", source.mark)
    _check(source.order in ("", *ORDERS), f"{at}.order", source.order)
    _check(source.unit in UNITS, f"{at}.unit", source.unit)
    _check(source.month_as in MONTH_AS, f"{at}.month_as", source.month_as)
    _check(source.takes in TAKES, f"{at}.takes", source.takes)
    return source


def _plain(kind: type[Any], given: Record, at: str) -> Any:
    """The value of a kind whose fields are texts, lists of texts, numbers and truths."""
    known = {one.name: one for one in fields(kind)}
    ready: Record = {}
    for name, value in given.items():
        if name not in known:
            raise BadMapping(at or name, Said("这里不能写 {key}", {"key": name}))
        ready[name] = _fitting(value, known[name].type, f"{at}.{name}".strip("."))
    for name, one in known.items():
        if name not in ready and one.default is MISSING and one.default_factory is MISSING:
            raise BadMapping(at, Said("缺少 {name}", {"name": name}))
    return kind(**ready)


def _fitting(value: object, kind: object, at: str) -> object:
    if kind == tuple[str, ...]:
        return _texts(value, at)
    plain = {str: str, bool: bool, int: int, str | None: str}.get(kind)  # type: ignore[call-overload]
    _check(plain is None or value.__class__ is plain, at, str(value)[:40])
    return value


def _text(title: Record) -> Text:
    zh, en = title.get("zh"), title.get("en")
    if not (isinstance(zh, str) and isinstance(en, str)):
        raise BadMapping("title", Said("应有 zh 和 en 两种文字"))
    return Text(zh=zh, en=en)


def _table(value: object, at: str) -> Record:
    if not isinstance(value, abc.Mapping):
        raise BadMapping(at or "fact", Said("应为表"))
    return {str(name): one for name, one in value.items()}


def _tables(value: object, at: str) -> abc.Iterator[tuple[int, Record]]:
    if not isinstance(value, list | tuple):
        raise BadMapping(at, Said("应为表的列表"))
    return ((number, _table(one, f"{at} {number}")) for number, one in enumerate(value, start=1))


def _texts(value: object, at: str) -> tuple[str, ...]:
    if not isinstance(value, list | tuple) or not all(isinstance(one, str) for one in value):
        raise BadMapping(at, Said("应为文字列表"))
    return tuple(value)


def _check(holds: bool, at: str, value: str) -> None:
    if not holds:
        raise BadMapping(at, Said("不能是“{value}”", {"value": value}))


def _unusual(value: object) -> Record:
    """The fields that differ from what they are when nobody says anything, as JSON has them."""
    record: Record = {}
    for one in fields(value):  # type: ignore[arg-type]
        here = getattr(value, one.name)
        usual = one.default if one.default_factory is MISSING else one.default_factory()
        if here != usual and one.name not in ("title", "fields", "facts"):
            record[one.name] = _as_json(here)
    return record


def _as_json(value: object) -> object:
    if isinstance(value, abc.Mapping):
        return {name: _as_json(one) for name, one in value.items()}
    if isinstance(value, tuple):
        return [_as_json(one) for one in value]
    if isinstance(value, Choice | Sum):
        return _unusual(value)
    return value


def _short(source: FieldFrom) -> object:
    record = _unusual(source)
    if set(record) != {"columns"}:
        return record
    columns = record["columns"]
    return columns[0] if len(columns) == 1 else columns
