"""JSON and JSON Lines → sheets of rows, in the limited child: records, packages of OCDS 1.1.

A record is a row, its number that of its place in the list below the row of names; what is nested
in it becomes columns such as buyer/name. Lists inside records are left out.
"""

import json
from collections.abc import Mapping
from typing import Any, TypeAlias

from gongzhi.connectors.ocds import has_only_links, is_ocds, sheets_of_releases
from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.charset import decoded
from gongzhi.intake.limits import LIMITS
from gongzhi.intake.packed import Packed, answered
from gongzhi.intake.secrecy import mark_among, told_secret

Record: TypeAlias = dict[str, Any]
TASK = "gongzhi.connectors.unfolding:sheets_as_answer"
DEPTH_MAX = 6
LINES_LEAST = 2
DOWNLOAD_AGAIN = Said("请重新下载或导出")
NO_LIST = Problem(
    where=Where(),
    what=Said("这个 JSON 文件里没有记录的列表"),
    hint=Said("请给出一个列表，每条记录是一个对象；或 OCDS 1.1 的发布包"),
)
NO_CONTRACTS = Problem(
    where=Where(),
    what=Said("这份 OCDS 数据里没有合同、付款和预算"),
    hint=Said("招标和中标阶段没有可导入的事实；请等合同发布后再导入"),
)

ONLY_LINKS = Problem(
    where=Where(),
    what=Said("这份 OCDS 记录里只有指向发布的链接，没有内容"),
    hint=Said("请下载带 compiledRelease 或完整发布的记录包"),
)


def sheets_as_answer(name: str, content: bytes) -> bytes:  # noqa: ARG001 - as children are called
    """The sheets of a JSON file: a task of the limited child."""
    try:
        given = _parsed(decoded(content) or "")
    except (ValueError, RecursionError) as error:
        what = Said("这个 JSON 文件不完整或写错了：{error}", {"error": str(error)[:100]})
        return answered([], problem=Problem(where=Where(), what=what, hint=DOWNLOAD_AGAIN))
    lists = sheets_of_releases(given) if is_ocds(given) else _lists(given)
    sheets = []
    for title, records in lists.items():
        rows = [flat for record in records[: LIMITS.list_rows_max] if (flat := _flat(record))]
        if mark := mark_among(text for row in rows for text in row.values()):
            return answered([], problem=told_secret(mark))
        sheets.append(_packed(title, rows))
    if not sheets:
        return answered([], problem=_nothing_in(given))
    return answered(sheets)


def _nothing_in(given: object) -> Problem:
    if not is_ocds(given):
        return NO_LIST
    return ONLY_LINKS if has_only_links(given) else NO_CONTRACTS


def _parsed(text: str) -> Any:
    """One JSON value, or as many as there are lines, each a record: JSON Lines."""
    try:
        return json.loads(text, parse_float=_plain, parse_int=str)
    except ValueError:
        lines = [(at, line) for at, line in enumerate(text.splitlines(), 1) if line.strip()]
        if len(lines) < LINES_LEAST or not all(_is_whole(line) for _, line in lines[:LINES_LEAST]):
            raise
    return [_line(line, at) for at, line in lines]


def _plain(figure: str) -> str:
    """The figure as it is written, without zeros behind its decimals: 15.000 is fifteen."""
    return figure if "e" in figure.lower() else figure.rstrip("0").rstrip(".")


def _line(line: str, at: int) -> Any:
    try:
        return json.loads(line, parse_float=_plain, parse_int=str)
    except ValueError as error:
        raise ValueError(f"line {at}: {error}") from error


def _is_whole(line: str) -> bool:
    bare = line.strip()
    return bare.startswith("{") and bare.endswith("}")


def _lists(given: object) -> dict[str, list[Any]]:
    """The lists of records in a JSON value, by their names."""
    if isinstance(given, list):
        return {"": given} if any(isinstance(one, dict) for one in given) else {}
    if not isinstance(given, dict):
        return {}
    return {
        str(name): value
        for name, value in given.items()
        if isinstance(value, list) and any(isinstance(one, dict) for one in value)
    }


def _flat(record: object, *, before: str = "", depth: int = 0) -> dict[str, str]:
    """The record's single values under their paths."""
    flat: dict[str, str] = {}
    if not isinstance(record, Mapping) or depth > DEPTH_MAX:
        return flat
    for name, value in record.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, before=f"{before}{name}/", depth=depth + 1)
        elif not isinstance(value, list):
            flat[f"{before}{name}"] = _text(value)
    return flat


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return str(value)


def _packed(title: str, rows: list[dict[str, str]]) -> Packed:
    names = list(dict.fromkeys(name for row in rows for name in row))
    packed = Packed(title)
    packed.add(1, names)
    for number, row in enumerate(rows, start=2):
        packed.add(number, [row.get(name, "") for name in names])
    return packed
