"""`gongzhi effects`: whether an outcome went otherwise, against before and against comparables."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from gongzhi.cli.reading import no_file
from gongzhi.cli.telling import CannotRun, print_object, spoken, worded
from gongzhi.connectors.opening import open_source
from gongzhi.connectors.outcomes import Named, OutcomeTable, outcomes_in
from gongzhi.core.effects import Looked, Period, look, period_in, strongest
from gongzhi.core.terms import Problem, Said
from gongzhi.words import LANGUAGES, say

FINE = 0


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `effects` takes."""
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help=worded("结果序列：CSV 或工作簿"))
    add(
        "--since",
        required=True,
        metavar="PERIOD",
        help=worded("项目开始的第一期，如 2024 或 2024-07"),
    )
    add(
        "--treated",
        action="append",
        default=[],
        metavar="NAME",
        help=worded("有项目的单位；可以写几次，或者写 列=值"),
    )
    add("--unit", default="", metavar="COLUMN", help=worded("单位在哪一列"))
    add("--period", default="", metavar="COLUMN", help=worded("期在哪一列"))
    add("--value", default="", metavar="COLUMN", help=worded("数值在哪一列"))
    add("--without", action="append", default=[], metavar="NAME", help=worded("不拿来比较的单位"))
    add("--lang", choices=LANGUAGES, help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))  # fmt: skip


def run(options: argparse.Namespace) -> int:
    """Print what each design found."""
    language = spoken(options.lang)
    table = _table(options)
    since = _since(options.since, table)
    treated = _treated(options.treated, table)
    rows = [row for row in table.rows if row[0] not in options.without]
    looked = look(rows, treated=treated, since=since.number)
    if options.json:
        print_object(as_object(looked, treated=treated, since=since, language=language))
    else:
        print(*listed(looked, language), sep="\n")
    sys.stdout.flush()
    return FINE


def _table(options: argparse.Namespace) -> OutcomeTable:
    path: Path = options.file
    if not path.is_file():
        raise no_file(path)
    marked = next((each for each in options.treated if "=" in each), "")
    named = Named(unit=options.unit, period=options.period, value=options.value, marked=marked)
    listing = open_source(path.name, path)
    found = listing if isinstance(listing, Problem) else outcomes_in(listing, named)
    if isinstance(found, Problem):
        raise CannotRun(found.what)
    return found


def _since(text: str, table: OutcomeTable) -> Period:
    since = period_in(text)
    if since is None or since.grain is not table.grain:
        told = {"text": text, "like": table.periods[-1].label}
        raise CannotRun(Said("看不懂开始的一期“{text}”；请写成 {like} 那样", {**told}))
    return since


def _treated(given: Sequence[str], table: OutcomeTable) -> frozenset[str]:
    named = frozenset(each for each in given if "=" not in each) | table.marked
    if not named and len(table.units) == 1:
        return frozenset(table.units)
    if not named:
        raise CannotRun(Said("请用 --treated 写明哪些单位有项目"))
    return named


def listed(looked: Sequence[Looked], language: str) -> Iterator[str]:
    """The strongest design first, with its limits; then the others in a line each."""
    best = strongest(looked)
    for each in looked:
        yield f"{say(each.design_name, language)}: {say(each.said, language)}"
        if each is best and each.effect is not None:
            yield from (f"  {say(limit, language)}" for limit in each.effect.limits)
            yield from (f"  {unit} {share:.3f}" for unit, share in each.effect.weights.items())


def as_object(
    looked: Sequence[Looked], *, treated: frozenset[str], since: Period, language: str
) -> dict[str, object]:
    """For programs; docs/reference/effects.md names the keys."""
    best = strongest(looked)
    return {
        "treated": sorted(treated),
        "since": since.label,
        "strongest": str(best.design) if best else None,
        "designs": [_design(each, since, language) for each in looked],
    }


def _design(each: Looked, since: Period, language: str) -> dict[str, object]:
    effect = each.effect
    if effect is None:
        assert each.why_not is not None, "a design found something or says why not"
        return {"design": str(each.design), "why_not": say(each.why_not, language)}
    return {
        "design": str(each.design),
        "estimate": effect.estimate,
        "low": effect.low,
        "high": effect.high,
        "level": effect.level,
        "p": effect.p,
        "fit": effect.fit,
        "said": say(effect.said, language),
        "limits": [say(limit, language) for limit in effect.limits],
        "weights": dict(effect.weights),
        "course": [
            {
                "period": Period(number=point.period, grain=since.grain).label,
                "seen": point.seen,
                "without": point.without,
            }
            for point in effect.course
        ],
    }
