"""`gongzhi negotiate`: the steps of a negotiation from a file, as text, JSON or a page."""

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from gongzhi.cli.negotiating_result import as_object, problems_as_objects
from gongzhi.cli.negotiating_what_if import with_changes
from gongzhi.cli.outputs import must_be_new, must_be_writable, write_whole, written
from gongzhi.cli.reading import no_file
from gongzhi.cli.telling import CannotRun, print_object, show_anyway, spoken, worded
from gongzhi.cli.terminal import Ink, has_colour
from gongzhi.connectors.negotiations import ReadCase, read_negotiation
from gongzhi.core.balance.negotiating import Negotiated, Proposal, differences, negotiate, steps
from gongzhi.core.balance.negotiating.proposals import gains_compare
from gongzhi.core.balance.negotiating.telling_proposals import one
from gongzhi.core.terms import Problem, Said, SaidValues, several
from gongzhi.papers.negotiation_html import negotiation_html
from gongzhi.papers.negotiation_template import template
from gongzhi.papers.places import place_text
from gongzhi.papers.plain import one_line
from gongzhi.words import say

FINE, SOME_UNUSABLE = 0, 1
NOT_ALIKE = Said("各方的价值不都用一种计量，各方的得益比不出多少")
NOTHING_GIVEN = Said("没有给出文件；例如 gongzhi negotiate 协商.xlsx，或先用 --template 写一份模板")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `negotiate` takes."""
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, nargs="?", help=worded("协商的文件：JSON 或工作簿"))
    add("--template", type=Path, metavar="OUT", help=worded("写一份可以填的工作簿模板，带示例"))
    add("--html", type=Path, metavar="OUT", help=worded("写一个网页：各步、图和表，可以打印"))
    add(
        "--show-limits",
        action="store_true",
        help=worded("网页里也写出居民比底线多得多少；不写时只写不低于底线"),
    )
    add("--nash", action="store_true", help=worded("另外给出得益乘积最大的方案（纳什）"))
    add(
        "--egalitarian",
        action="store_true",
        help=worded("另外给出得益最少的一方得益最大的方案（平等主义）"),
    )
    add(
        "--change",
        action="append",
        default=[],
        metavar="SIDE/WHAT[/OPTION][/CRITERION]=N",
        help=worded("改一个数再算，说出差别；例如 铺主/底线=300000 或 铺主/价值/方案甲=0"),
    )
    add("--lang", metavar="zh|en", help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Take the steps; 1 where something in the file couldn't be used."""
    language = spoken(options.lang)
    if options.template is not None:
        return _write_template(options.template, language)
    if options.file is None:
        raise CannotRun(NOTHING_GIVEN)
    if options.html is not None:
        must_be_writable(options.html, inputs=[options.file])
    read = _read(options.file)
    if read.case is None:
        return _unusable(read, options, language)
    negotiated = negotiate(read.case)
    changed = with_changes(read.case, options.change) if options.change else None
    if options.html is not None:
        page = negotiation_html(
            negotiated, read.problems, limits_shown=options.show_limits, language=language
        )
        write_whole(options.html, page)
    said = [] if changed is None else differences(negotiated, negotiate(changed))
    if options.json:
        told = as_object(
            negotiated, read.problems, further=_further(negotiated, options), language=language
        )
        if changed is not None:
            told["differences"] = [say(each, language) for each in said]
        print_object(told)
    else:
        show_anyway()
        print(*_listed(negotiated, read.problems, said, options, language), sep="\n")
    sys.stdout.flush()
    return SOME_UNUSABLE if read.problems else FINE


def _read(path: Path) -> ReadCase:
    try:
        if not path.is_file():
            raise no_file(path)
        return read_negotiation(path.name, path)
    except OSError as error:
        raise no_file(path) from error


def _unusable(read: ReadCase, options: argparse.Namespace, language: str) -> int:
    """Nothing can be computed: all that is wrong, in lines, and the first as the reason."""
    if options.json:
        print_object({"problems": problems_as_objects(read.problems, language)})
    else:
        for each in read.problems[1:]:
            print(_problem(each, language), file=sys.stderr)
    first = read.problems[0]
    told: SaidValues = {"what": first.what, "hint": first.hint}
    place = place_text(first.where, language)
    if not place:
        raise CannotRun(Said("{what}；{hint}", told))
    raise CannotRun(Said("{place} {what}；{hint}", {**told, "place": place}))


def _write_template(path: Path, language: str) -> int:
    if path.suffix.lower() != ".xlsx":
        raise CannotRun(Said("模板写成 xlsx 文件，例如 --template 协商.xlsx"))
    must_be_new(path)
    write_whole(path, template(language))
    print(say(written(path), language))
    return FINE


def _problem(problem: Problem, language: str) -> str:
    place = place_text(problem.where, language)
    what, hint = say(problem.what, language), say(problem.hint, language)
    return one_line(f"▲ {place} {what} — {hint}")


def _further(negotiated: Negotiated, options: argparse.Namespace) -> list[Proposal]:
    """Proposals by the rules that were asked for besides."""
    asked = (
        (options.nash, negotiated.nash),
        (options.egalitarian, negotiated.egalitarian),
    )
    return [each for wanted, each in asked if wanted and each is not None]


def _listed(
    negotiated: Negotiated,
    problems: Sequence[Problem],
    said: Sequence[Said],
    options: argparse.Namespace,
    language: str,
) -> Iterator[str]:
    """The steps as lines."""
    ink = Ink(has_colour(sys.stdout))
    yield ink.strong(one_line(negotiated.case.name))
    for problem in problems:
        yield ink.watch(_problem(problem, language))
    for step in steps(negotiated):
        yield ""
        yield ink.strong(f"{step.number} {say(step.title, language)}")
        yield from (f"  {one_line(say(each, language))}" for each in step.sentences)
    for further in _further(negotiated, options):
        yield ""
        told = one(negotiated.table, further, limits_shown=True)
        yield from (f"  {one_line(say(each, language))}" for each in told)
    if options.egalitarian and not gains_compare(negotiated.case):
        yield ""
        yield f"  {say(NOT_ALIKE, language)}"
    if options.change:
        yield ""
        changes = Said("改了 {changes} 以后", {"changes": several(options.change)})
        yield ink.strong(one_line(say(changes, language)))
        yield from (f"  {one_line(say(each, language))}" for each in said)
    if options.html is not None:
        yield ""
        yield say(written(options.html), language)
