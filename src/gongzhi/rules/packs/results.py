"""Reads packs/<name>/results.toml: what grades, execution and open matters do to next year's money.

A pack without such a file uses the usual rules, those of folders.USUAL.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TypeVar

from gongzhi.core.results.rules import (
    ExecutionEffect,
    GradeEffect,
    InstitutionFormula,
    Measured,
    OpenEffect,
    ResultRules,
    StandingRules,
    TiedPart,
    UseOfResult,
)
from gongzhi.core.scoring.pack import Citation
from gongzhi.rules.entry import Entry, read_rules
from gongzhi.rules.packs.folders import file_of, packs_with
from gongzhi.rules.packs.loading import load_packs

FILE = "results.toml"
WHOLE = 1
DAYS_MAX = 1000
Kind = TypeVar("Kind")
MEASURES = ("quality", "satisfaction", "quantity", "timeliness", "execution")


@cache
def load_results(pack: str) -> ResultRules:
    """The rules of a pack for the use of results; the usual ones where it has none of its own."""
    return read_results(file_of(pack, FILE))


def result_packs() -> tuple[str, ...]:
    """The packs that have a file of their own, the usual one first."""
    return packs_with(FILE)


def read_results(path: Path) -> ResultRules:
    """One file; raises BadRules where it is incomplete or contradicts itself."""
    top = read_rules(path)
    rules = ResultRules(
        pack=path.parent.name,
        title=top.both("title"),
        in_force_from=top.day("in_force_from"),
        grades=_grades(top, pack=path.parent.name),
        executions=_executions(top),
        rectification=_in(top.table("rectification"), read=_open),
        duties=_in(top.table("duties"), read=_open),
        standing=_in(top.table("standing"), read=_standing),
        institutions=top.tables_by("institution", name="code", read=_institution),
        days=int(top.number("decision_working_days", least=1, most=DAYS_MAX)),
        cited=_cited(top),
    )
    top.finish()
    return rules


def _grades(top: Entry, *, pack: str) -> dict[str, GradeEffect]:
    """The pack's own grades, all of them, from the best on; a worse one never takes away less."""
    grades = top.tables_by("grade", name="grade", read=_grade)
    known = load_packs().get(pack)
    if known is None:
        raise top.fail("grade", "文件夹 {folder} 不是规则包", {"folder": pack})
    wanted = [grade.name for grade in known.grades]
    if list(grades) != wanted:
        values = "、".join(wanted)
        raise top.fail("grade", "等级应依次为 {grades}", {"grades": values})
    cuts = [effect.cut for effect in grades.values()]
    if cuts != sorted(cuts):
        raise top.fail("grade", "等级越低，扣减不应越少")
    return grades


def _grade(entry: Entry) -> GradeEffect:
    return GradeEffect(
        grade=entry.text("grade"),
        use=UseOfResult(entry.one_of("use", list(UseOfResult))),
        cut=_share(entry, "cut"),
        clause=entry.text("clause"),
        cited=_cited(entry),
    )


def _executions(top: Entry) -> tuple[ExecutionEffect, ...]:
    """Bounds that rise, cuts that fall."""
    found = tuple(_in(entry, read=_execution) for entry in top.tables("execution"))
    bounds, cuts = [each.below for each in found], [each.cut for each in found]
    if bounds != sorted(set(bounds)):
        raise top.fail("execution", "{key} 的 below 应逐个递增")
    if cuts != sorted(cuts, reverse=True):
        raise top.fail("execution", "执行率越高，扣减不应越多")
    return found


def _execution(entry: Entry) -> ExecutionEffect:
    return ExecutionEffect(
        below=_share(entry, "below"),
        cut=_share(entry, "cut"),
        clause=entry.text("clause"),
        cited=_cited(entry),
    )


def _open(entry: Entry) -> OpenEffect:
    return OpenEffect(
        each=_share(entry, "each"),
        most=_share(entry, "most"),
        clause=entry.text("clause"),
        cited=_cited(entry),
    )


def _standing(entry: Entry) -> StandingRules:
    return StandingRules(
        grave_below=_share(entry, "grave_below"),
        best_grades=entry.names("best_grades"),
        praised_by=entry.text("praised_by"),
        urged_by=entry.text("urged_by"),
        cited=_cited(entry),
    )


def _institution(entry: Entry) -> InstitutionFormula:
    formula = InstitutionFormula(
        code=entry.text("code"),
        name=entry.both("name"),
        tied=_share(entry, "tied"),
        parts=tuple(_part(entry, measure=name) for name in MEASURES if entry.has(name)),
        clause=entry.text("clause"),
        cited=_cited(entry),
        functional=entry.names("functional"),
    )
    total = sum((part.share for part in formula.parts), start=Decimal(0))
    if total != WHOLE:
        raise entry.fail("code", "各部分的 share 合计 {total}，应为 1", {"total": total})
    return formula


def _part(entry: Entry, *, measure: str) -> TiedPart:
    """A part on one line: its name, share, floor and full, and what its figure is made of."""
    inner = entry.inline(measure)
    part = TiedPart(
        measure=measure,
        name=inner.both("name"),
        share=_share(inner, "share"),
        floor=_share(inner, "floor"),
        full=_share(inner, "full"),
        headings=inner.names("headings"),
        measured=Measured(inner.one_of("measured", list(Measured))),
    )
    inner.finish()
    if part.floor >= part.full:
        raise entry.fail(measure, "{key} 的 full 必须大于 floor")
    return part


def _in(entry: Entry, *, read: Callable[[Entry], Kind]) -> Kind:
    """What an entry holds, and nothing besides."""
    value = read(entry)
    entry.finish()
    return value


def _share(entry: Entry, key: str) -> Decimal:
    return entry.number(key, most=WHOLE)


def _cited(entry: Entry) -> Citation:
    return Citation(text=entry.both("source"), verified=entry.truth("verified"))
