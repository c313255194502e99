"""Reads packs/<name>/evaluation.toml: kinds of evaluation, frames, the panel, independence.

A pack without such a file is evaluated by the usual rules, those of folders.USUAL.
"""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.evaluating.citizens import CitizensRules
from gongzhi.core.evaluating.rules import (
    OBSTACLES,
    ON_CLAUSES,
    Apart,
    Days,
    EvaluationKind,
    EvaluationRules,
    IndependenceRules,
    SamplingRules,
    Scope,
)
from gongzhi.core.scoring.frame import Frame, FrameLine, HowScored
from gongzhi.core.scoring.pack import Citation
from gongzhi.core.scoring.panel import ABSENT
from gongzhi.core.terms import SaidValues
from gongzhi.rules.entry import Entry, read_rules
from gongzhi.rules.money import currency_in
from gongzhi.rules.packs.folders import file_of, packs_with

FILE = "evaluation.toml"
WHOLE = 1
FULL_MARKS = 100
DAYS_MAX = 1000
YEARS_MAX = 30
DAYS = ("accept", "hand_in", "send", "object", "answer", "conclude")
NONE_OF_THESE = (PartyKind.VISITOR, PartyKind.SYSTEM)
PARTIES = tuple(kind for kind in PartyKind if kind not in NONE_OF_THESE)


@cache
def load_evaluation(pack: str) -> EvaluationRules:
    """The rules of evaluation of a pack; the usual ones where it has none of its own."""
    return read_evaluation(file_of(pack, FILE))


def evaluation_packs() -> tuple[str, ...]:
    """The packs that have a file of their own, the usual one first."""
    return packs_with(FILE)


def read_evaluation(path: Path) -> EvaluationRules:
    """One file; raises BadRules where it is incomplete or contradicts itself."""
    top = read_rules(path)
    frames = _frames(top)
    rules = EvaluationRules(
        pack=path.parent.name,
        title=top.both("title"),
        in_force_from=top.day("in_force_from"),
        kinds=tuple(_kinds(top, frames=frames)),
        frames=frames,
        apart=_apart(top.table("panel")),
        independence=_independence(top.table("independence")),
        sampling=_sampling(top.table("sampling")),
        citizens=_citizens(top.table("citizens")),
    )
    top.finish()
    _refuse_other_than_whole(top, rules.kinds)
    return rules


def _kinds(top: Entry, *, frames: Iterable[str]) -> Iterator[EvaluationKind]:
    seen: set[str] = set()
    for entry in top.tables("kind"):
        kind = _kind(entry, frames=frames)
        if kind.code in seen:
            raise entry.fail("code", "代码 {code} 出现两次", {"code": kind.code})
        seen.add(kind.code)
        yield kind


def _kind(entry: Entry, *, frames: Iterable[str]) -> EvaluationKind:
    kind = EvaluationKind(
        code=entry.text("code"),
        name=entry.both("name"),
        scope=Scope(entry.one_of("scope", list(Scope))),
        parties=tuple(_parties(entry)),
        weight=entry.number("weight", most=WHOLE),
        frame=entry.one_of("frame", frames) if entry.has("frame") else "",
        days=Days(**entry.named("days", names=DAYS, read=_days)),
        after_years=_years(entry, "after_years") if entry.has("after_years") else 0,
        cuts=entry.truth("cuts") if entry.has("cuts") else True,
        cited=_cited(entry),
    )
    entry.finish()
    return kind


def _parties(entry: Entry) -> Iterator[PartyKind]:
    for name in entry.names("parties"):
        if name not in PARTIES:
            raise entry.fail("parties", "{key} 中的 {name} 不是参与方的类别", {"name": name})
        yield PartyKind(name)


def _frames(top: Entry) -> dict[str, Frame]:
    lines: dict[str, list[FrameLine]] = {}
    for entry in top.tables("line"):
        mine = lines.setdefault(entry.text("frame"), [])
        line = _line(entry)
        if line.code in {each.code for each in mine}:
            raise entry.fail("code", "代码 {code} 出现两次", {"code": line.code})
        mine.append(line)
    frames = {
        frame.code: frame for frame in (_frame(entry, lines=lines) for entry in top.tables("frame"))
    }
    for entry in top.tables("line"):
        entry.one_of("frame", frames)
    return frames


def _frame(entry: Entry, *, lines: dict[str, list[FrameLine]]) -> Frame:
    code = entry.text("code")
    cited = _cited(entry)
    frame = Frame(
        code=code,
        title=entry.both("title"),
        source=cited.text,
        verified=cited.verified,
        lines=tuple(lines.get(code, ())),
    )
    if frame.full != FULL_MARKS:
        raise entry.fail("code", "权重合计 {total}，应为 100", {"total": frame.full})
    _refuse_light_results(entry, frame)
    entry.finish()
    return frame


def _refuse_light_results(entry: Entry, frame: Frame) -> None:
    """Where a frame asks that results weigh at least so much, they do."""
    if not entry.has("results"):
        return
    least, weights = entry.number("results_least", most=FULL_MARKS), frame.weights_by_level1()
    headings = entry.names("results")
    unknown = [name for name in headings if name not in weights]
    if unknown:
        raise entry.fail("results", "{key} 中的 {name} 不是一级指标", {"name": unknown[0]})
    total = sum((weights[name] for name in headings), start=Decimal(0))
    if total < least:
        raise entry.fail(
            "results", "{key} 的权重合计 {total}，少于 results_least", {"total": total}
        )


def _line(entry: Entry) -> FrameLine:
    how = HowScored(entry.one_of("how", list(HowScored)))
    line = FrameLine(
        code=entry.text("code"),
        level1=entry.both("level1"),
        level2=entry.both("level2"),
        name=entry.both("name"),
        weight=entry.number("weight", most=FULL_MARKS),
        how=how,
        criterion=entry.both("criterion"),
        evidence=entry.both("evidence"),
        headings=entry.names("headings") if how is HowScored.REACHED else (),
    )
    entry.finish()
    if not line.weight:
        raise entry.fail("weight", "{key} 应大于 0")
    return line


def _apart(entry: Entry) -> Apart:
    apart = Apart(
        absent=entry.one_of("absent", ABSENT),
        gap_total=entry.number("gap_total", most=FULL_MARKS),
        gap_line=entry.number("gap_line", most=WHOLE),
        explain_days=_days(entry, "explain_days"),
        cited=_cited(entry),
    )
    entry.finish()
    return apart


def _independence(entry: Entry) -> IndependenceRules:
    rules = IndependenceRules(
        again_years=_years(entry, "again_years"),
        clauses=entry.named("clauses", names=ON_CLAUSES, read=Entry.text),
        warns=frozenset(_warns(entry)),
        cited=_cited(entry),
    )
    entry.finish()
    return rules


def _warns(entry: Entry) -> Iterator[str]:
    for code in entry.names("warns") if entry.has("warns") else ():
        if code not in OBSTACLES:
            raise entry.fail("warns", "{key} 中的 {name} 不是独立性的障碍", {"name": code})
        yield code


def _sampling(entry: Entry) -> SamplingRules:
    rules = SamplingRules(
        share=entry.number("share", most=WHOLE),
        sizes=entry.numbers("sizes", least=1),
        currency=currency_in(entry).unit,
        cited=_cited(entry),
    )
    if list(rules.sizes) != sorted(set(rules.sizes)):
        raise entry.fail("sizes", "{key} 应逐个递增")
    entry.finish()
    return rules


def _citizens(entry: Entry) -> CitizensRules:
    rules = CitizensRules(
        shown_least=_days(entry, "shown_least"),
        enough=_days(entry, "enough"),
        same_matter=_days(entry, "same_matter"),
        answer_days=_days(entry, "answer_days"),
        supplement_days=_days(entry, "supplement_days"),
        check_days=_days(entry, "check_days"),
        cited=_cited(entry),
    )
    if rules.enough < rules.shown_least:
        raise entry.fail("enough", "{key} 不能小于 shown_least")
    entry.finish()
    return rules


def _refuse_other_than_whole(top: Entry, kinds: tuple[EvaluationKind, ...]) -> None:
    """In each scope the kinds of the year make the whole."""
    for scope in {kind.scope for kind in kinds}:
        total = sum((kind.weight for kind in kinds if kind.scope is scope), start=Decimal(0))
        if total != WHOLE:
            values: SaidValues = {"total": total, "scope": scope.value}
            raise top.fail("kind", "{scope} 各类评价的权重合计 {total}，应为 1", values)


def _days(entry: Entry, key: str) -> int:
    return int(entry.number(key, least=1, most=DAYS_MAX))


def _years(entry: Entry, key: str) -> int:
    return int(entry.number(key, most=YEARS_MAX))


def _cited(entry: Entry) -> Citation:
    return Citation(text=entry.both("source"), verified=entry.truth("verified"))
