"""`gongzhi allocate`: next year's money by rule, with what binds each project and who loses."""

import argparse
import json
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from gongzhi.cli.outputs import must_be_new, write_whole, written
from gongzhi.cli.reading import content_of
from gongzhi.cli.tables import opened, placed
from gongzhi.cli.telling import CannotRun, print_object, spoken, worded
from gongzhi.connectors.asked_money import COLUMNS, SETTING_NAMES, SHEETS, asked_in, bands_of
from gongzhi.connectors.asked_tables import tables_of_object, tables_of_sheets
from gongzhi.connectors.figure_tables import number_in
from gongzhi.core.balance.allocation import (
    Allocation,
    Asked,
    Difference,
    Impossible,
    allocate,
    by_department,
    differences,
)
from gongzhi.core.fen import grouped
from gongzhi.core.terms import Problem, Said, SaidValues, several
from gongzhi.papers.paths import printable
from gongzhi.papers.workbook import Column, Sheet, workbook
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.allocation import load_allocation
from gongzhi.rules.packs.folders import USUAL
from gongzhi.words import LANGUAGES, say

FINE, IMPOSSIBLE = 0, 1
BYTES_MAX = 64 * 1024 * 1024
TOGETHER = Said("共 {together} 元，总额 {total} 元，剩 {left} 元")
EXCLUDE = Said("这些限额不能同时做到，还差 {lacking} 元：")
CHANGED = Said("与 {name} 相比：")
EXAMPLE = {
    "projects": [
        [
            "XM-001", "示例：河道清淤", "水利局", "生态", "城东", "1200000", "1500000",
            "86.5", "良", "1", "否", "否", "",
        ],
        [
            "XM-002", "示例：离退休经费", "教育局", "民生", "", "800000", "800000",
            "", "", "1", "是", "否", "",
        ],
    ],
    "limits": [["部门", "水利局", "1000000", "1400000", "否"]],
    "regions": [["城东", "52000"]],
    "settings": [["总额", "2100000"], ["最小单位", "0.01"]],
}  # fmt: skip
# what a cell of the example says in Chinese in both languages: the grades are those of the rules
KEPT = frozenset({"良"})


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `allocate` takes."""
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help=worded("申请、限额、地区和总额：工作簿或 JSON"))
    add("--total", default="", metavar="AMOUNT", help=worded("总额，元；代替文件里写的"))
    add("--pack", default=USUAL, metavar="NAME", help=worded("规则包：各等级的下限和上限"))
    add("--compare", type=Path, metavar="FILE", help=worded("另一份文件：看改了以后谁得谁失"))
    add("--template", action="store_true", help=worded("把空表写到 FILE（xlsx）"))
    add("--lang", choices=LANGUAGES, help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Allocate and print; 1 where limits exclude each other."""
    language = spoken(options.lang)
    if options.template:
        return _template(options.file, language)
    found = _allocated(_asked(options.file, options))
    before = _allocated(_asked(options.compare, options)) if options.compare else None
    if options.json:
        print_object(as_object(found, before, language))
    else:
        print(*listed(found, before, options, language), sep="\n")
    sys.stdout.flush()
    return IMPOSSIBLE if isinstance(found, Impossible) else FINE


def _template(path: Path, language: str) -> int:
    """An empty workbook with an example in each sheet."""
    if path.suffix.lower() != ".xlsx":
        raise CannotRun(Said("模板写到一个 xlsx 文件，例如 gongzhi allocate --template 安排.xlsx"))
    must_be_new(path)
    own = 0 if language == "en" else 1
    sheets = [
        Sheet(
            name=SHEETS[key][own],
            columns=[Column(names[own], width=16) for names in COLUMNS[key].values()],
            rows=[[_cell(cell, language) for cell in row] for row in EXAMPLE[key]],
        )
        for key in SHEETS
    ]
    write_whole(path, workbook(sheets))
    print(say(written(path), language))
    return FINE


def _cell(text: str, language: str) -> str:
    """A cell of the example in the reader's language; settings and kinds by their known names."""
    if language != "en" or not text or text in KEPT:
        return text
    known = [*SETTING_NAMES.values(), ("department", "部门"), ("yes", "是"), ("no", "否")]
    return next((names[0] for names in known if text in names), say(Said(text), language))


def _asked(path: Path, options: argparse.Namespace) -> Asked:
    pack = load_packs().get(options.pack)
    if pack is None:
        told: SaidValues = {"name": options.pack, "known": several(load_packs())}
        raise CannotRun(Said("没有规则包 {name}；有：{known}", told))
    total = number_in(options.total) if options.total else None
    if options.total and (total is None or total < 0):
        raise CannotRun(Said("总额“{text}”不是不小于零的数", {"text": options.total}))
    rules = load_allocation(options.pack).rules
    given = _object(path) if path.suffix.lower() == ".json" else None
    tables = tables_of_sheets(opened(path)) if given is None else tables_of_object(given)
    if isinstance(tables, Problem):
        raise CannotRun(placed(tables))
    if given is not None and isinstance(given.get("rules"), dict):
        ruled = bands_of(given["rules"], rules)
        if isinstance(ruled, Problem):
            raise CannotRun(placed(ruled))
        rules = ruled
    grades = {grade.name: Decimal(grade.least) for grade in pack.grades}
    asked = asked_in(tables, rules=rules, grade_of=grades, total=total)
    if isinstance(asked, Problem):
        raise CannotRun(placed(asked))
    return asked


def _object(path: Path) -> dict[str, Any]:
    try:
        given = json.loads(content_of(path, most=BYTES_MAX), parse_float=Decimal)
    except (ValueError, RecursionError) as error:
        raise CannotRun(Said("文件 {path} 不是 JSON", {"path": printable(str(path))})) from error
    return given if isinstance(given, dict) else {}


def _allocated(asked: Asked) -> Allocation | Impossible:
    found = allocate(asked)
    if isinstance(found, tuple):
        raise CannotRun(found[0])
    return found


def listed(
    found: Allocation | Impossible,
    before: Allocation | Impossible | None,
    options: argparse.Namespace,
    language: str,
) -> Iterator[str]:
    """The steps, the limits, a line for each project; who gains and who loses."""
    if isinstance(found, Impossible):
        yield say(Said(EXCLUDE.text, {"lacking": grouped(found.lacking)}), language)
        yield from (f"  {say(each, language)}" for each in found.said)
        return
    yield from (say(each, language) for each in found.steps)
    sums = {"together": found.together, "total": found.total, "left": found.left}
    yield say(Said(TOGETHER.text, {**sums}), language)
    yield from (f"  {say(use.said, language)}" for use in found.uses)
    for each in found.granted:
        more = f"；{say(each.more, language)}" if each.more else ""
        name = each.request.name
        yield f"{each.request.id} {name} {each.amount:.2f} {say(each.said, language)}{more}"
    if isinstance(before, Allocation):
        yield say(Said(CHANGED.text, {"name": printable(str(options.compare))}), language)
        for change in differences(before, found):
            yield f"  {change.request.id} {change.request.name} {change.amount:+.2f}"


def as_object(
    found: Allocation | Impossible, before: Allocation | Impossible | None, language: str
) -> dict[str, object]:
    """For programs; docs/reference/balance.md names the keys. Amounts are texts, exact."""
    if isinstance(found, Impossible):
        said = [say(each, language) for each in found.said]
        return {"possible": False, "lacking": f"{found.lacking:.2f}", "excluding": said}
    made: dict[str, object] = {
        "possible": True,
        "total": f"{found.total:.2f}",
        "together": f"{found.together:.2f}",
        "left": f"{found.left:.2f}",
        "lacking": f"{found.lacking:.2f}",
        "value": found.value,
        "price": found.price,
        "gap": found.gap,
        "steps": [say(each, language) for each in found.steps],
        "projects": list(_projects(found, language)),
        "limits": list(_limits(found, language)),
    }
    if isinstance(before, Allocation):
        made["differences"] = _differences(differences(before, found))
    return made


def _projects(found: Allocation, language: str) -> Iterator[dict[str, object]]:
    for each in found.granted:
        growth = each.growth
        yield {
            "id": each.request.id,
            "name": each.request.name,
            "department": each.request.department,
            "amount": f"{each.amount:.2f}",
            "base": f"{each.request.base:.2f}",
            "asked": f"{each.request.asked:.2f}",
            "floor": f"{each.floor:.2f}",
            "ceiling": f"{each.ceiling:.2f}",
            "growth": None if growth is None else float(growth),
            "weight": each.weight,
            "worth": each.worth,
            "binding": str(each.binding),
            "why": say(each.said, language),
            "why_no_more": say(each.more, language) if each.more else None,
        }


def _limits(found: Allocation, language: str) -> Iterator[dict[str, object]]:
    for use in found.uses:
        limit = use.limit
        yield {
            "of": str(limit.of),
            "name": limit.name,
            "least": None if limit.least is None else f"{limit.least:.2f}",
            "most": None if limit.most is None else f"{limit.most:.2f}",
            "used": f"{use.used:.2f}",
            "lacks": f"{use.lacks:.2f}",
            "price": use.price,
            "said": say(use.said, language),
        }


def _differences(changes: tuple[Difference, ...]) -> dict[str, object]:
    return {
        "projects": [
            {
                "id": each.request.id,
                "name": each.request.name,
                "before": f"{each.before:.2f}",
                "after": f"{each.after:.2f}",
                "difference": f"{each.amount:.2f}",
            }
            for each in changes
        ],
        "departments": [
            {"name": name, "gains": f"{gains:.2f}", "losses": f"{losses:.2f}"}
            for name, gains, losses in by_department(changes)
        ],
    }
