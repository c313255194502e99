"""`gongzhi efficiency`: who does most with what it has, and from whom the others may learn."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from gongzhi.cli.tables import opened, placed
from gongzhi.cli.telling import CannotRun, print_object, spoken, worded
from gongzhi.connectors.figure_tables import UnitTable, units_in
from gongzhi.core.balance.efficiency import (
    Efficiency,
    Measures,
    Orientation,
    Returns,
    efficiencies,
    scale_efficiencies,
)
from gongzhi.core.terms import Problem, Said
from gongzhi.papers.plain import one_line
from gongzhi.words import LANGUAGES, say

FINE = 0


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `efficiency` takes."""
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help=worded("一行一个单位的表：投入各列、产出各列"))
    add("--name", default="", metavar="COLUMN", help=worded("名称在哪一列"))
    for way, purpose in (
        ("--input", "一项投入在哪一列；可以写几次"),
        ("--output", "一项产出在哪一列；可以写几次"),
    ):
        add(way, action="append", default=[], metavar="COLUMN", help=worded(purpose))
    add(
        "--returns",
        choices=[str(each) for each in Returns],
        default=str(Returns.CONSTANT),
        help=worded("规模：crs 不变（CCR），vrs 可变（BCC），drs 递减，irs 递增"),
    )
    add(
        "--orientation",
        choices=[str(each) for each in Orientation],
        default=str(Orientation.INPUT),
        help=worded("看投入能省多少（input），还是产出能多多少（output）"),
    )
    add("--lang", choices=LANGUAGES, help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Print how each unit stands."""
    language = spoken(options.lang)
    listing = opened(options.file)
    table = units_in(listing, inputs=options.input, outputs=options.output, name=options.name)
    if isinstance(table, Problem):
        raise CannotRun(placed(table))
    asked = Measures(
        inputs=table.inputs,
        outputs=table.outputs,
        returns=Returns(options.returns),
        orientation=Orientation(options.orientation),
    )
    found = _compared(table, asked)
    if options.json:
        print_object(as_object(table, asked, found, language))
    else:
        print(*listed(found, language), sep="\n")
    sys.stdout.flush()
    return FINE


def _compared(table: UnitTable, measures: Measures) -> tuple[Efficiency, ...]:
    found = efficiencies(table.units, measures=measures)
    if isinstance(found, Said):
        raise CannotRun(found)
    return found


def listed(found: Sequence[Efficiency], language: str) -> Iterator[str]:
    """A line for each unit, the best first."""
    for each in sorted(found, key=lambda each: (-each.score, each.name)):
        yield one_line(f"{each.name} {each.score:.3f} {say(each.said, language)}")


def as_object(
    table: UnitTable, asked: Measures, found: Sequence[Efficiency], language: str
) -> dict[str, object]:
    """For programs, with both usual scores; docs/reference/balance.md names the keys."""
    constant, variable = (
        found if asked.returns is returns else _compared(table, replace(asked, returns=returns))
        for returns in (Returns.CONSTANT, Returns.VARIABLE)
    )
    scales = scale_efficiencies(constant, variable)
    rows = zip(found, constant, variable, scales, strict=True)
    return {
        "returns": str(asked.returns),
        "orientation": str(asked.orientation),
        "inputs": list(asked.inputs),
        "outputs": list(asked.outputs),
        "units": [
            {
                **_unit(each, asked, language),
                "ccr": crs.score,
                "bcc": vrs.score,
                "scale": scale,
            }
            for each, crs, vrs, scale in rows
        ],
    }


def _unit(each: Efficiency, asked: Measures, language: str) -> dict[str, object]:
    def named(names: Sequence[str], values: Sequence[float]) -> dict[str, float]:
        return dict(zip(names, values, strict=True))

    return {
        "name": each.name,
        "score": each.score,
        "factor": each.factor,
        "on_frontier": each.on_frontier,
        "input_slacks": named(asked.inputs, each.input_slacks),
        "output_slacks": named(asked.outputs, each.output_slacks),
        "input_targets": named(asked.inputs, each.input_targets),
        "output_targets": named(asked.outputs, each.output_targets),
        "peers": [{"name": peer.name, "weight": peer.weight} for peer in each.peers],
        "said": say(each.said, language),
    }
