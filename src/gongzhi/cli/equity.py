"""`gongzhi equity`: how evenly money or a service reaches people, per head and per need."""

import argparse
import sys
from collections.abc import Iterator
from pathlib import Path

from gongzhi.cli.tables import opened, placed
from gongzhi.cli.telling import CannotRun, print_object, spoken, worded
from gongzhi.connectors.figure_tables import NamedColumns, ShareTable, shares_in
from gongzhi.core.balance.equity import Equity, Share, equity_of
from gongzhi.core.terms import Problem, Said, SaidValues
from gongzhi.papers.plain import one_line
from gongzhi.words import LANGUAGES, say

FINE = 0
SHOWN_MAX, HUNDRED = 20, 100
PER_HEAD, PER_NEED = Said("人均："), Said("按需求：")

THEIL = Said("泰尔指数 {total}")
THEIL_OF_GROUPS = Said("泰尔指数 {total}：各组之间 {between}，组内各处之间 {within}")
PLACE = Said("{name}：{value}，是平均的 {percent}")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `equity` takes."""
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help=worded("一行一处的表：名称、数额、人数"))
    add("--name", default="", metavar="COLUMN", help=worded("名称在哪一列"))
    add("--amount", default="", metavar="COLUMN", help=worded("数额在哪一列"))
    add("--heads", default="", metavar="COLUMN", help=worded("人数在哪一列"))
    add("--need", default="", metavar="COLUMN", help=worded("需求在哪一列"))
    add("--group", default="", metavar="COLUMN", help=worded("分组在哪一列，用来分解组间组内"))
    add("--rank", default="", metavar="COLUMN", help=worded("按哪一列排序算集中指数，如人均收入"))
    add("--lang", choices=LANGUAGES, help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Print the indices with their sentences."""
    language = spoken(options.lang)
    named = NamedColumns(
        name=options.name,
        amount=options.amount,
        heads=options.heads,
        need=options.need,
        group=options.group,
        rank=options.rank,
    )
    table = shares_in(opened(options.file), named)
    if isinstance(table, Problem):
        raise CannotRun(placed(table))
    found = _measured(table)
    if options.json:
        print_object({key: as_object(each, language) for key, _, each in found})
    else:
        for _, title, each in found:
            print(say(title, language), *listed(each, language), sep="\n  ")
    sys.stdout.flush()
    return FINE


def _measured(table: ShareTable) -> list[tuple[str, Said, Equity]]:
    found = [("per_head", PER_HEAD, _equity(table.by_heads))]
    if table.by_need:
        found.append(("per_need", PER_NEED, _equity(table.by_need)))
    return found


def _equity(shares: tuple[Share, ...]) -> Equity:
    found = equity_of(shares)
    if isinstance(found, Said):
        raise CannotRun(found)
    return found


def listed(found: Equity, language: str) -> Iterator[str]:
    """The sentences, then the places from the least per head on."""
    yield from (say(each, language) for each in found.said)
    theil = found.theil
    parts = {"total": theil.total, "between": theil.between, "within": theil.within}
    told = THEIL_OF_GROUPS if len(theil.groups) > 1 else THEIL
    yield say(Said(told.text, {name: f"{part:.4f}" for name, part in parts.items()}), language)
    for each in found.places[:SHOWN_MAX]:
        place: SaidValues = {
            "name": one_line(each.share.name),
            "value": f"{each.per_head:,.2f}"
            if each.per_head >= HUNDRED
            else f"{each.per_head:.4g}",
            "percent": f"{each.to_mean:.1%}",
        }
        yield say(Said(PLACE.text, place), language)
    if len(found.places) > SHOWN_MAX:
        rest = {"count": len(found.places) - SHOWN_MAX}
        yield say(Said("还有 {count} 处，见 --json", {**rest}), language)


def as_object(found: Equity, language: str) -> dict[str, object]:
    """For programs; docs/reference/balance.md names the keys."""
    return {
        "mean": found.mean,
        "gini": found.gini,
        "theil": {
            "total": found.theil.total,
            "between": found.theil.between,
            "within": found.theil.within,
            "groups": [
                {
                    "name": each.name,
                    "amount_share": each.amount,
                    "heads_share": each.heads,
                    "inside": each.inside,
                    "part": each.part,
                }
                for each in found.theil.groups
            ],
        },
        "dissimilarity": found.dissimilarity,
        "concentration": found.concentration,
        "variation": found.variation,
        "most_to_least": found.most_to_least,
        "places": [
            {
                "name": e.share.name,
                "group": e.share.group,
                "value": e.per_head,
                "to_mean": e.to_mean,
            }
            for e in found.places
        ],
        "lorenz": [[point.heads, point.amount] for point in found.curve],
        "said": [say(each, language) for each in found.said],
    }
