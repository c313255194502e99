"""Reads packs/<name>/pack.toml into a Pack; a bad pack is refused with file, line and reason."""

from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.scoring.methods import METHODS, Method
from gongzhi.core.scoring.pack import (
    Applies,
    Band,
    Citation,
    Denominator,
    Execution,
    Grade,
    Heading,
    Pack,
)
from gongzhi.rules.checks.reading import read_lexicon, read_limits
from gongzhi.rules.entry import BadRules, Entry, read_rules
from gongzhi.rules.packs.coherence import refuse_incoherent
from gongzhi.rules.packs.folders import ROOM

PACKS = ("mof-2020-10", "mof-2021-101", "hubei-20-80", "sichuan-2025")
FILE = "pack.toml"
CITED = (
    "weights",
    "grades",
    "scoring",
    "bands",
    "denominator",
    "over_achievement",
    "less_is_better",
)
FULL_MARKS = 100
WHOLE = 1


@cache
def load_packs() -> dict[str, Pack]:
    """Every pack on the list, by name."""
    return {name: load_pack(ROOM / name / FILE) for name in PACKS}


def load_pack(path: Path) -> Pack:
    """One pack; raises BadRules where it is incomplete or contradicts itself."""
    top = read_rules(path)
    pack = _pack(top)
    top.finish()
    if pack.name != path.parent.name:
        raise top.fail("name", "{key} 应与文件夹同名：{folder}", {"folder": path.parent.name})
    refuse_incoherent(top, pack)
    return pack


def _pack(top: Entry) -> Pack:
    return Pack(
        name=top.text("name"),
        title=top.both("title"),
        source=top.both("source"),
        note=top.both("note"),
        in_force_from=top.day("in_force_from"),
        in_force_until=top.day_if_told("in_force_until"),
        verified=top.truth("verified"),
        applies=_applies(top.table("applies")),
        execution=_execution(top.table("execution")),
        tree=tuple(_heading(entry) for entry in top.tables("level1")),
        bands=tuple(_band(entry) for entry in top.tables("band")),
        grades=tuple(_grade(entry) for entry in top.tables("grade")),
        over_achievement_max=top.number("over_achievement_max"),
        quantitative=_method(top.table("quantitative")),
        satisfaction=_method(top.table("satisfaction")) if top.has("satisfaction") else None,
        lexicon=read_lexicon(less_is_better=top.names("less_is_better")),
        limits=read_limits(),
        cited=_cited(top.table("cited")),
    )


def _applies(entry: Entry) -> Applies:
    applies = Applies(
        is_default=entry.truth("default") if entry.has("default") else False,
        places=entry.names("places") if entry.has("places") else (),
        region_codes=entry.names("region_codes") if entry.has("region_codes") else (),
        execution_weight=_points(entry, "execution_weight"),
        prints_weights=entry.truth("prints_weights") if entry.has("prints_weights") else None,
        heading=entry.text("heading") if entry.has("heading") else None,
    )
    entry.finish()
    return applies


def _execution(entry: Entry) -> Execution:
    execution = Execution(
        weight=entry.number("weight", most=FULL_MARKS),
        denominator=Denominator(entry.one_of("denominator", list(Denominator))),
        denominator_in_full_evaluation=Denominator(
            entry.one_of("denominator_in_full_evaluation", list(Denominator))
        ),
        method=_method(entry, has_more=True),
    )
    entry.finish()
    return execution


def _method(entry: Entry, *, has_more: bool = False) -> Method:
    """A scoring method with what it needs; the keys beside it may belong to something else."""
    name = entry.one_of("method", METHODS)
    line = None
    if name == "pass_line":
        line = entry.number("pass_line", most=WHOLE)
        if line == WHOLE:
            raise entry.fail("pass_line", "{key} 必须小于 1")
    steps = entry.names("steps") if name == "banded" else ()
    if not has_more:
        entry.finish()
    return Method(name=name, pass_line=line, steps=tuple(_step(entry, text) for text in steps))


def _step(entry: Entry, text: str) -> tuple[Decimal, Decimal]:
    """A step written as "0.8: 1.0": from this rate on, this share of the weight."""
    parts = text.split(":")
    shares = [
        Decimal(part.strip()) for part in parts if part.strip().replace(".", "", 1).isdecimal()
    ]
    if len(parts) != 2 or len(shares) != 2 or max(shares) > WHOLE:
        raise entry.fail("steps", "{key} 的每一档应写成“0.8: 1.0”，两数都不大于 1")
    return shares[0], shares[1]


def _heading(entry: Entry) -> Heading:
    heading = Heading(
        name=entry.text("name"),
        also=entry.names("also") if entry.has("also") else (),
        weight=_points(entry, "weight"),
        parts=tuple(Heading(name=name) for name in entry.names("level2")),
    )
    entry.finish()
    return heading


def _points(entry: Entry, key: str) -> Decimal | None:
    return entry.number(key, most=FULL_MARKS) if entry.has(key) else None


def _band(entry: Entry) -> Band:
    degree = Degree(entry.one_of("degree", list(Degree)))
    low, high = entry.number("low", most=WHOLE), entry.number("high", most=WHOLE)
    if low >= high:
        raise entry.fail("high", "{key} 必须大于 low")
    entry.finish()
    return Band(degree=degree, low=low, high=high)


def _grade(entry: Entry) -> Grade:
    grade = Grade(name=entry.text("name"), least=entry.number("least", most=FULL_MARKS))
    entry.finish()
    return grade


def _cited(entry: Entry) -> dict[str, Citation]:
    cited = {}
    for name in CITED:
        source = entry.table(name)
        cited[name] = Citation(text=source.both("text"), verified=source.truth("verified"))
        source.finish()
    entry.finish()
    return cited


__all__ = ["PACKS", "BadRules", "load_pack", "load_packs"]
