"""Reads packs/<name>/allocation.toml: what grades allow next year, what parts of a range weigh.

A pack without such a file uses the usual rules, those of folders.USUAL.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.core.balance.allocation import AllocationRules, Band
from gongzhi.core.scoring.pack import Citation
from gongzhi.core.terms import Text
from gongzhi.rules.entry import Entry, read_rules
from gongzhi.rules.packs.folders import file_of, packs_with
from gongzhi.rules.packs.loading import load_packs

FILE = "allocation.toml"
WHOLE, SCORE_MAX, GROWTH_MAX = 1, 100, 10


@dataclass(frozen=True, slots=True, kw_only=True)
class AllocationPack:
    """A place's rules with what they are called, since when, by which clause, and their sources."""

    title: Text
    in_force_from: date
    clause: str
    rules: AllocationRules
    cited: Citation
    bands: Mapping[str, Citation]


@cache
def load_allocation(pack: str) -> AllocationPack:
    """The rules of a pack for laying out money; the usual ones where it has none of its own."""
    return read_allocation(file_of(pack, FILE))


def allocation_packs() -> tuple[str, ...]:
    """The packs that have a file of their own, the usual one first."""
    return packs_with(FILE)


def read_allocation(path: Path) -> AllocationPack:
    """One file; raises BadRules where it is incomplete or contradicts itself."""
    top = read_rules(path)
    clause, since = top.text("clause"), top.day("in_force_from")
    cited: dict[str, Citation] = {}
    bands = top.tables_by("band", name="grade", read=lambda each: _band(each, clause, cited))
    _as_graded(top, bands, pack=path.parent.name)
    unjudged = top.table("unjudged")
    none = _shares(unjudged, grade="", clause=clause)
    cited[""] = _cited(unjudged)
    unjudged.finish()
    rules = AllocationRules(
        bands=bands,
        unjudged=none,
        unjudged_score=top.number("unjudged_score", most=SCORE_MAX),
        segments=_falling(top),
        ordered=top.truth("ordered"),
        regional_least=top.number("regional_least", most=WHOLE),
        address=f"{path.parent.name}/allocation@{since.isoformat()}",
    )
    found = AllocationPack(
        title=top.both("title"),
        in_force_from=since,
        clause=clause,
        rules=rules,
        cited=_cited(top),
        bands=cited,
    )
    top.finish()
    return found


def _band(entry: Entry, clause: str, cited: dict[str, Citation]) -> Band:
    band = _shares(entry, grade=entry.text("grade"), clause=clause)
    cited[band.grade] = _cited(entry)
    return band


def _shares(entry: Entry, *, grade: str, clause: str) -> Band:
    band = Band(
        grade=grade,
        floor=entry.number("floor", most=GROWTH_MAX),
        ceiling=entry.number("ceiling", most=GROWTH_MAX),
        clause=clause,
    )
    if band.floor > band.ceiling:
        raise entry.fail("ceiling", "{key} 不应小于 floor")
    return band


def _as_graded(top: Entry, bands: Mapping[str, Band], *, pack: str) -> None:
    """The pack's own grades, all of them, from the best on; a worse one never allows more."""
    known = load_packs().get(pack)
    if known is None:
        raise top.fail("band", "文件夹 {folder} 不是规则包", {"folder": pack})
    wanted = [grade.name for grade in known.grades]
    if list(bands) != wanted:
        raise top.fail("band", "等级应依次为 {grades}", {"grades": "、".join(wanted)})
    for side in (
        [each.floor for each in bands.values()],
        [each.ceiling for each in bands.values()],
    ):
        if side != sorted(side, reverse=True):
            raise top.fail("band", "等级越低，比例不应越高")


def _falling(top: Entry) -> tuple[Decimal, ...]:
    """What the parts of a range are worth: a later one never more."""
    segments = top.numbers("segments", most=WHOLE)
    if not segments or list(segments) != sorted(segments, reverse=True):
        raise top.fail("segments", "{key} 应逐个不增")
    return segments


def _cited(entry: Entry) -> Citation:
    return Citation(text=entry.both("source"), verified=entry.truth("verified"))
