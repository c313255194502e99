"""`gongzhi vote`: count a published vote again, by any rule, with the reasons."""

import argparse
import sys
from pathlib import Path

from gongzhi.cli.reading import content_of, unusable
from gongzhi.cli.telling import CannotRun, print_object, spoken, worded
from gongzhi.cli.vote_report import Counted, as_object, listed
from gongzhi.connectors.pabulib import Pabulib, PabulibRead, read_pabulib
from gongzhi.connectors.pabulib_official import official_method
from gongzhi.core.balance.voting import (
    Completion,
    Method,
    Rule,
    Stop,
    TieBreak,
    Utility,
    count,
    method_for,
)
from gongzhi.core.balance.voting.margins import QUICK_MAX, margins
from gongzhi.core.terms import Said
from gongzhi.papers.paths import printable
from gongzhi.words import LANGUAGES

FINE = 0
BYTES_MAX = 1 << 30
EASY = (Utility.COST, Utility.CARDINALITY)


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `vote` takes."""
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help=worded("投票的公开文件：pabulib 的 .pb，可以压缩"))
    add("--rule", choices=list(Rule), help=worded("计票规则；不写是 equal-shares"))
    add(
        "--as-decided",
        action="store_true",
        help=worded("按文件写的规则计票，与当时的结果核对"),
    )
    add("--threshold", type=int, metavar="N", help=worded("得票（或得分）不到 N 的项目不算"))
    add(
        "--utility",
        choices=EASY,
        help=worded(
            "选中的项目按费用计，还是各算一；不写时，认可票按费用，点数票按点数，排序票按名次"
        ),
    )
    add(
        "--completion",
        choices=list(Completion),
        help=worded("均等份额剩下的钱怎么用；不写是 add1u"),
    )
    add("--stop", choices=list(Stop), help=worded("份额加到什么时候停；不写是 overspend"))
    add(
        "--lacked",
        action="store_true",
        help=worded("也算清大的投票里每个落选项目还差多少票、多少费用，可能要几分钟"),
    )
    add("--ties", choices=list(TieBreak), help=worded("并列时谁先；不写是 id"))
    add("--lang", choices=LANGUAGES, help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Count, and print why."""
    language = spoken(options.lang)
    found = _read(options.file)
    vote = found.vote
    assert vote is not None, "a file without a vote can't run"
    method = _method(options, vote)
    outcome = count(vote.election, method)
    work_max = None if options.lacked else QUICK_MAX
    told = Counted(
        vote=vote,
        outcome=outcome,
        problems=found.problems,
        margins=margins(vote.election, outcome, work_max=work_max),
    )
    if options.json:
        print_object(as_object(told, language))
    else:
        print(*listed(told, language), sep="\n")
    sys.stdout.flush()
    return FINE


def _read(path: Path) -> PabulibRead:
    found = read_pabulib(content_of(path, most=BYTES_MAX))
    if found.vote is None:
        raise unusable(path, found.problems[-1])
    return found


def _method(options: argparse.Namespace, vote: Pabulib) -> Method:
    kind = vote.election.kind
    given = _given(options)
    if options.as_decided:
        decided = official_method(vote.meta, kind)
        if given:
            names = ", ".join(given)
            raise CannotRun(Said("--as-decided 不能与 {names} 一起用", {"names": names}))
        if decided is None:
            name = printable(vote.meta.get("rule", ""))
            raise CannotRun(Said("文件写的规则“{name}”没有对应的；请用 --rule", {"name": name}))
        return decided
    if options.threshold is not None and options.threshold < 0:
        raise CannotRun(Said("--threshold 不能小于 0"))
    return method_for(
        kind,
        rule=Rule(options.rule or Rule.EQUAL_SHARES),
        utility=Utility(options.utility) if options.utility else None,
        completion=Completion(options.completion or Completion.ADD1U),
        stop=Stop(options.stop or Stop.OVERSPEND),
        threshold=options.threshold or 0,
        tie_break=TieBreak(options.ties or TieBreak.ID),
    )


def _given(options: argparse.Namespace) -> list[str]:
    names = ("rule", "threshold", "utility", "completion", "stop")
    return [f"--{name}" for name in names if getattr(options, name) is not None]
