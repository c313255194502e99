"""`gongzhi draw`: do a published draw of a panel again, and hold the file against it."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from gongzhi.cli.reading import content_of
from gongzhi.cli.telling import CannotRun, print_object, spoken, worded
from gongzhi.core.participating.sortition.published import (
    Published,
    Redone,
    UnreadableError,
    read,
    redo,
    why_unfair,
)
from gongzhi.core.terms import Said
from gongzhi.papers.paths import printable
from gongzhi.words import LANGUAGES, say

FINE, DIFFERS = 0, 1
BYTES_MAX = 64 * 1024 * 1024
NOT_HELD = Said("还没有抽：文件里没有种子；可以用 --seed 试抽")
BY_TIME = Said("办法：LEXIMIN，到时限为止，没有证明各人机会不能更均等")
AGREES = Said("与文件写的一致")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `draw` takes."""
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help=worded("抽选代表的公开文件（JSON）"))
    add("--seed", default="", metavar="SEED", help=worded("不用文件里的种子，用这个试抽"))
    add(
        "--fair",
        action="store_true",
        help=worded("另外重新求解最均等的机会，与文件里的分布比较（可能要几分钟）"),
    )
    add("--lang", choices=LANGUAGES, help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Draw again; 1 where something doesn't agree."""
    language = spoken(options.lang)
    published = _read(options.file)
    redone = redo(published, seed=options.seed)
    if options.fair and not redone.faults:
        unfair = why_unfair(published)
        redone = Redone(drawn=redone.drawn, faults=(unfair,) if unfair else ())
    if options.json:
        print_object(as_object(published, redone, language))
    else:
        print(*listed(published, redone, language), sep="\n")
    sys.stdout.flush()
    return DIFFERS if redone.faults else FINE


def _read(path: Path) -> Published:
    try:
        return read(json.loads(content_of(path, most=BYTES_MAX)))
    except (ValueError, RecursionError) as error:
        raise CannotRun(Said("文件 {path} 不是 JSON", {"path": printable(str(path))})) from error
    except UnreadableError as error:
        raise CannotRun(error.said) from error


def listed(published: Published, redone: Redone, language: str) -> Iterator[str]:
    """The draw in lines."""
    told = {"count": len(published.volunteers), "size": published.sought.size}
    yield say(Said("{count} 人报名，抽 {size} 人", {**told}), language)
    yield say(Said("公布时承诺的摘要：{digest}", {"digest": published.digest}), language)
    if not published.lottery.finished:
        yield say(BY_TIME, language)
    if not redone.faults:
        least, most = _range(published)
        values = {"least": f"{least:.2%}", "most": f"{most:.2%}"}
        yield say(Said("各人入选的机会：{least} 至 {most}", {**values}), language)
    if redone.drawn:
        panel = " ".join(redone.drawn.panel)
        yield say(Said("抽中：{codes}", {"codes": panel}), language)
        yield say(Said("候补：{codes}", {"codes": " ".join(redone.drawn.reserve)}), language)
    yield from (say(fault, language) for fault in redone.faults)
    if not redone.faults:
        yield say(AGREES if redone.drawn else NOT_HELD, language)


def as_object(published: Published, redone: Redone, language: str) -> dict[str, object]:
    """For programs; docs/reference/panels-by-lot.md names the keys."""
    least, most = (None, None) if redone.faults else _range(published)
    return {
        "thing": published.thing,
        "volunteers": len(published.volunteers),
        "size": published.sought.size,
        "digest": published.digest,
        "finished": published.lottery.finished,
        "chance_least": least,
        "chance_most": most,
        "ticket": redone.drawn.ticket if redone.drawn else None,
        "panel": list(redone.drawn.panel) if redone.drawn else None,
        "reserve": list(redone.drawn.reserve) if redone.drawn else None,
        "faults": [say(fault, language) for fault in redone.faults],
    }


def _range(published: Published) -> tuple[float, float]:
    chances = published.lottery.chances()
    return float(min(chances)), float(max(chances))
