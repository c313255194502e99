"""A negotiation's JSON → parts; docs/reference/negotiate.md names the keys."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal

from gongzhi.connectors.negotiation_parts import Leaf, Parts, Row
from gongzhi.core.terms import Problem, Said, Where

FACTS = ("name", "subsidy", "close_enough", "rounds_most")
OBJECTING = ("until", "mediator", "reviewer")
ROW = ("code", "name", "about")
SIDE = (
    "code", "name", "standing", "measure", "limit", "pays_most", "gets_most", "alike", "size",
    "weight", "evidence",
)  # fmt: skip
BY_OPTION = ("worth", "floors", "offered")
NOT_JSON = Said("文件不是可读的 JSON")
SAVE_AGAIN = Said("请核对括号、引号和逗号，存为 UTF-8")
NOT_OBJECT = Said("应当是一个对象（花括号）")
NOT_LIST = Said("应当是一个列表（方括号）")
NOT_VALUE = Said("应当是文字或数字")
UNKNOWN_KEY = Said("不认识的键")
SEE_DOCS = Said("键名见 docs/reference/negotiate.md")
DEEP_MOST = 100


def parts_of_json(content: bytes) -> Parts | Problem:
    """What the file says; or why it can't be read."""
    try:
        data = json.loads(content.decode("utf-8-sig"), parse_float=Decimal, parse_int=Decimal)
    except (ValueError, ArithmeticError, RecursionError):
        return Problem(where=Where(), what=NOT_JSON, hint=SAVE_AGAIN)
    if not isinstance(data, Mapping):
        return Problem(where=Where(), what=NOT_OBJECT, hint=SEE_DOCS)
    return _Reading(data).parts


class _Reading:
    """One file, read from its top down."""

    def __init__(self, data: Mapping[str, object]) -> None:
        self.parts = Parts()
        known = {*FACTS, "options", "criteria", "sides", "costs", "rounds", "objecting"}
        self._only(data, known, "")
        self.parts.facts = self._row(data, FACTS, "")
        objecting = self._object(data.get("objecting"), "objecting")
        self._only(objecting, set(OBJECTING), "objecting")
        self.parts.facts |= self._row(objecting, OBJECTING, "objecting")
        self.parts.options = [
            self._row(row, ROW, path) for path, row in self._rows(data, "options", ROW)
        ]
        self.parts.criteria = [
            self._row(row, ROW, path) for path, row in self._rows(data, "criteria", ROW)
        ]
        more = (*BY_OPTION, "accepts", "scores", "points", "judgements")
        for path, row in self._rows(data, "sides", (*SIDE, *more)):
            self._side(row, path)
        for path, row in self._rows(data, "costs", ("name", "needs")):
            name = self._row(row, ("name",), path).get("name", Leaf(text="", path=path))
            for side, leaf in self._leaves(row.get("needs"), f"{path}.needs"):
                self.parts.costs.append((name, side, leaf))
        for number, (path, row) in enumerate(
            self._rows(data, "rounds", ("support", "dissents")), 1
        ):
            self._round(number, row, path)

    def _wrong(self, path: str, what: Said, hint: Said = SEE_DOCS) -> None:
        self.parts.problems.append(Leaf(text="", path=path).problem(what, hint))

    def _only(self, given: Mapping[str, object], known: set[str], path: str) -> None:
        for key in given:
            if key not in known:
                self._wrong(f"{path}.{key}".lstrip(".")[:200], UNKNOWN_KEY)

    def _rows(
        self, data: Mapping[str, object], name: str, known: tuple[str, ...]
    ) -> Iterator[tuple[str, Mapping[str, object]]]:
        rows = data.get(name, [])
        if not isinstance(rows, list):
            self._wrong(name, NOT_LIST)
            return
        for at, row in enumerate(rows):
            path = f"{name}[{at}]"
            if isinstance(row, str) and "name" in known:
                yield path, {"name": row}
            elif isinstance(row, Mapping):
                self._only(row, set(known), path)
                yield path, row
            else:
                self._wrong(path, NOT_OBJECT)

    def _object(self, given: object, path: str) -> Mapping[str, object]:
        if given is None:
            return {}
        if not isinstance(given, Mapping):
            self._wrong(path, NOT_OBJECT)
            return {}
        return given

    def _row(self, row: Mapping[str, object], names: tuple[str, ...], path: str) -> Row:
        found = {name: self._leaf(row.get(name), f"{path}.{name}".lstrip(".")) for name in names}
        return {name: leaf for name, leaf in found.items() if leaf is not None}

    def _leaf(self, value: object, path: str) -> Leaf | None:
        if value is None:
            return None
        if isinstance(value, Decimal):
            huge = not value.is_finite() or abs(value.adjusted()) > DEEP_MOST
            return Leaf(text=str(value) if huge else f"{value:f}", path=path)
        if isinstance(value, str | float):  # NaN and Infinity come as floats
            return Leaf(text=str(value), path=path)
        self._wrong(path, NOT_VALUE)
        return None

    def _side(self, row: Mapping[str, object], path: str) -> None:
        found = self._row(row, SIDE, path)
        self.parts.sides.append(found)
        who = found.get("code") or found.get("name") or Leaf(text="", path=path)
        for name in BY_OPTION:
            for option, leaf in self._leaves(row.get(name), f"{path}.{name}"):
                self.parts.amounts.append((who, name, option, leaf))
        self._accepts(row.get("accepts"), who, path)
        for key, given in self._object(row.get("scores"), f"{path}.scores").items():
            at = f"{path}.scores.{key}"
            for criterion, leaf in self._leaves(given, at):
                self.parts.scores.append((who, criterion, Leaf(text=key, path=at), leaf))
        for criterion, leaf in self._leaves(row.get("points"), f"{path}.points"):
            self.parts.points.append((who, criterion, leaf))
        self._judgements(row.get("judgements", []), who, f"{path}.judgements")

    def _accepts(self, given: object, who: Leaf, path: str) -> None:
        if given is None:
            return
        if not isinstance(given, list):
            self._wrong(f"{path}.accepts", NOT_LIST)
            return
        for at, each in enumerate(given):
            leaf = self._leaf(each, f"{path}.accepts[{at}]")
            if leaf is not None:
                self.parts.amounts.append((who, "accepts", leaf, Leaf(text="是", path=leaf.path)))

    def _judgements(self, given: object, who: Leaf, path: str) -> None:
        names = ("first", "second", "times")
        for at, row in self._rows({path: given}, path, names):
            found = self._row(row, names, at)
            if all(name in found for name in names):
                pair = found["first"], found["second"]
                self.parts.judgements.append((who, *pair, found["times"]))
            else:
                self._wrong(at, Said("要写 first、second 和 times"))

    def _round(self, number: int, row: Mapping[str, object], path: str) -> None:
        for key, given in self._object(row.get("support"), f"{path}.support").items():
            at = f"{path}.support.{key}"
            for option, leaf in self._leaves(given, at):
                self.parts.support.append((number, Leaf(text=key, path=at), option, leaf))
        for side, leaf in self._leaves(row.get("dissents"), f"{path}.dissents"):
            self.parts.dissents.append((number, side, leaf))

    def _leaves(self, given: object, path: str) -> Iterator[tuple[Leaf, Leaf]]:
        for key, value in self._object(given, path).items():
            at = f"{path}.{key}"[:200]
            leaf = self._leaf(value, at)
            if leaf is not None:
                yield Leaf(text=key, path=at), leaf
