"""`gongzhi groups`: groups of opinion in a conversation, what unites all and what divides."""

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import TypeVar

from gongzhi.cli.reading import content_of, unusable
from gongzhi.cli.telling import CannotRun, print_object, spoken, worded
from gongzhi.connectors.polis import (
    NO_COMMENTS,
    Comments,
    PolisStances,
    comments_in,
    stances_in,
)
from gongzhi.core.balance.opinions.choosing import Tried
from gongzhi.core.balance.opinions.facts import facts_among
from gongzhi.core.balance.opinions.finding import Group, OpinionGroups, find_groups
from gongzhi.core.balance.opinions.leaning import Held, Leaning
from gongzhi.core.balance.opinions.matrix import natural
from gongzhi.core.terms import Problem, Said, SaidValues
from gongzhi.papers.paths import printable
from gongzhi.papers.places import place_text
from gongzhi.rules.balance.facts import load_fact_rules
from gongzhi.rules.balance.groups import load_group_rules
from gongzhi.words import LANGUAGES, say

Found = TypeVar("Found")
FINE = 0
BYTES_MAX = 1 << 30
LISTED = 5
PROBLEMS_LISTED = 10
DIGITS = 6
NO_FACTS = "none"
NO_STANCE = Said("里面没有一个表态")
HALF = 0.5
UNITED = Said("各组都赞成（各组赞成概率之积）")
REJECTED = Said("各组都反对（各组反对概率之积）")
DIVIDED = Said("分歧最大（各组赞成概率之差）")
MOST_AGREE = Said("多数人赞成（赞成的概率）")
MOST_REJECT = Said("多数人反对（反对的概率）")
IN_TWO = Said("意见最接近对半（1 为赞成、反对各半）")
NONE_SUCH = Said("（没有）")


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `groups` takes."""
    add = parser.add_argument
    add(
        "file",
        metavar="VOTES.csv",
        type=Path,
        help=worded("Polis 的 votes.csv 或 participants-votes.csv，凭表头认出"),
    )
    add(
        "--comments",
        type=Path,
        metavar="COMMENTS.csv",
        help=worded("观点的文字；其中 moderated 为 -1 的不参加计算"),
    )
    add(
        "--facts",
        metavar="IDS|none",
        help=worded("说的是人而不是主张的观点（编号，逗号分隔），不参加计算；不写则凭文字认出"),
    )
    add("--lang", choices=LANGUAGES, help=worded("结果的语言：zh 中文，en 英文"))
    add("--json", action="store_true", help=worded("输出一个 JSON 对象"))


def run(options: argparse.Namespace) -> int:
    """Find the groups and tell of them."""
    language = spoken(options.lang)
    comments = NO_COMMENTS
    if options.comments:
        comments = _usable(options.comments, comments_in)
    facts = _facts(options.facts, comments)
    read = _usable(options.file, partial(stances_in, out=comments.out | facts))
    if not len(read.matrix.cells):
        raise CannotRun(_nothing(options.file, read, language))
    _are_there(facts - comments.texts.keys(), read)
    found = find_groups(read.matrix, rules=load_group_rules()[-1])
    facts &= frozenset(found.matrix.statements) - comments.out
    if options.json:
        print_object(as_object(found, read=read, comments=comments, facts=facts, language=language))
    else:
        told_of = listed(found, read=read, comments=comments, facts=facts, language=language)
        print(*told_of, sep="\n")
    sys.stdout.flush()
    return FINE


def _usable(path: Path, read: Callable[[bytes], Found | Problem]) -> Found:
    found = read(content_of(path, most=BYTES_MAX))
    if isinstance(found, Problem):
        raise unusable(path, found)
    return found


def _nothing(path: Path, read: PolisStances, language: str) -> Said:
    """That a file has no stance, and why its first line is none."""
    told: SaidValues = {"path": printable(str(path)), "what": NO_STANCE}
    if not read.problems:
        return Said("{path}：{what}", told)
    return Said("{path}：{what}；{why}", {**told, "why": _problem(read.problems[0], language)})


def _facts(given: str | None, comments: Comments) -> frozenset[str]:
    """The statements that tell who somebody is: as given, or else known by their words."""
    if given is None:
        return facts_among(comments.texts, rules=load_fact_rules()[-1])
    return frozenset(each.strip() for each in given.split(",")) - {"", NO_FACTS}


def _are_there(names: frozenset[str], read: PolisStances) -> None:
    """Refuse statements that nobody knows."""
    unknown = sorted(names - set(read.matrix.statements), key=natural)
    if unknown:
        raise CannotRun(Said("--facts：没有这条观点：{names}", {"names": ", ".join(unknown)}))


def listed(
    found: OpinionGroups,
    *,
    read: PolisStances,
    comments: Comments,
    facts: frozenset[str],
    language: str,
) -> Iterator[str]:
    """The result in lines."""
    yield from (say(each, language) for each in found.said)
    if facts:
        names = ", ".join(sorted(facts, key=natural))
        told_facts: SaidValues = {"count": len(facts), "names": names}
        yield say(Said("{count} 条说的是人而不是主张，不参加计算：{names}", told_facts), language)
    for group in found.groups:
        told = {"number": group.number + 1, "size": group.size}
        yield say(Said("第 {number} 组，{size} 人", {**told}), language)
        yield from _leanings(found, group, comments, language)
    united, rejected, divided = (
        (UNITED, REJECTED, DIVIDED) if found.groups else (MOST_AGREE, MOST_REJECT, IN_TWO)
    )
    for name, held in (
        (united, [each for each in found.united if min(each.shares) > HALF]),
        (rejected, [each for each in found.rejected if min(each.shares) > HALF]),
        (divided, found.divided),
    ):
        yield say(name, language)
        lines = [f"  {_held(found, each, comments)}" for each in held[:LISTED]]
        yield from lines or [f"  {say(NONE_SUCH, language)}"]
    for problem in read.problems[:PROBLEMS_LISTED]:
        yield f"! {_problem(problem, language)}"
    if len(read.problems) > PROBLEMS_LISTED:
        more = len(read.problems) - PROBLEMS_LISTED
        yield say(Said("! 另有 {count} 处读不出", {"count": more}), language)


def _problem(problem: Problem, language: str) -> str:
    """Where, what, and what to do, on one line whatever stood there."""
    what, hint = say(problem.what, language), say(problem.hint, language)
    text = f"{place_text(problem.where, language)} {what} ({hint})"
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def _leanings(
    found: OpinionGroups, group: Group, comments: Comments, language: str
) -> Iterator[str]:
    for each in group.representative:
        words = say(Said("赞成") if each.agrees else Said("不赞成"), language)
        counts = f"{each.count}/{each.seen} ({each.share:.0%} : {each.others:.0%})"
        yield f"  {words} {counts} {_words(found, each.column, comments)}"


def _held(found: OpinionGroups, each: Held, comments: Comments) -> str:
    shares = " ".join(f"{share:.0%}" for share in each.shares)
    return f"{each.value:.2f} ({shares}) {_words(found, each.column, comments)}"


def _words(found: OpinionGroups, column: int, comments: Comments) -> str:
    name = found.matrix.statements[column]
    return f"[{name}] {' '.join(comments.texts.get(name, '').split())}".rstrip()


def as_object(
    found: OpinionGroups,
    *,
    read: PolisStances,
    comments: Comments,
    facts: frozenset[str],
    language: str,
) -> dict[str, object]:
    """For programs; docs/reference/groups.md names the keys."""
    names = found.matrix.statements
    return {
        "participants": len(found.matrix.participants),
        "statements": len(names) - len(found.matrix.out),
        "moderated_out": [each for each in names if each in comments.out],
        "facts": [each for each in names if each in facts],
        "stances": len(found.matrix.cells),
        "in_conversation": len(found.inside),
        "groups": [_group(each, names) for each in found.groups],
        "why_none": say(found.why_none, language) if found.why_none else None,
        "silhouette": _round(found.silhouette) if found.groups else None,
        "stability": _round(found.stability) if found.groups else None,
        "tried": [_tried(each) for each in found.tried],
        "axes_tell": _round(found.plane.told),
        "consensus": [_one(each, names) for each in found.united],
        "consensus_against": [_one(each, names) for each in found.rejected],
        "divisive": [_one(each, names) for each in found.divided],
        "priority": {
            names[column]: _round(float(found.priorities[column]))
            for column in range(len(names))
            if column not in found.matrix.out
        },
        "positions": list(_positions(found, read)),
        "texts": {name: comments.texts[name] for name in names if name in comments.texts},
        "said": [say(each, language) for each in found.said],
        "problems": [
            {"where": place_text(each.where, language), "what": say(each.what, language)}
            for each in read.problems
        ],
    }


def _tried(each: Tried) -> Mapping[str, object]:
    return {
        "groups": each.count,
        "sizes": list(each.sizes),
        "silhouette": _round(each.silhouette),
        "taken": each.taken,
    }


def _positions(found: OpinionGroups, read: PolisStances) -> Iterator[Mapping[str, object]]:
    """Where everybody in the conversation stands, and in which group."""
    for row, point, group in zip(found.inside, found.positions, found.group, strict=True):
        name = found.matrix.participants[row]
        yield {
            "participant": name,
            "x": _round(float(point[0])),
            "y": _round(float(point[1])),
            "group": int(group) if found.groups else None,
            "stated_group": read.stated.get(name),
        }


def _group(group: Group, names: tuple[str, ...]) -> dict[str, object]:
    return {
        "group": group.number,
        "size": group.size,
        "middle": [_round(each) for each in group.middle],
        "representative": [_leaning(each, names) for each in group.representative],
        "minority": [_leaning(each, names) for each in group.minority],
    }


def _leaning(each: Leaning, names: tuple[str, ...]) -> Mapping[str, object]:
    return {
        "statement": names[each.column],
        "stance": "agree" if each.agrees else "disagree",
        "count": each.count,
        "seen": each.seen,
        "probability": _round(each.share),
        "others": _round(each.others),
        "ratio": _round(each.ratio),
        "z": _round(each.certain),
        "z_against_others": _round(each.against_others),
        "significant": each.significant,
    }


def _one(each: Held, names: tuple[str, ...]) -> Mapping[str, object]:
    return {
        "statement": names[each.column],
        "value": _round(each.value),
        "by_group": [_round(share) for share in each.shares],
        "seen": each.seen,
    }


def _round(value: float) -> float:
    return round(value, DIGITS)
