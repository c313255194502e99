"""Reads packs/<name>/monitoring.toml; a file may build on another and replace rules of it.

A pack without such a file is monitored by the usual thresholds, those of folders.USUAL.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.core.indicators.lexicon import Degree
from gongzhi.core.monitoring.plan import MONTHS
from gongzhi.core.monitoring.rules import (
    AMOUNTS,
    Clocks,
    Degrees,
    Forecasting,
    Level,
    MonitoringRules,
    Rule,
)
from gongzhi.core.monitoring.watches import SIGNALS
from gongzhi.rules.entry import Entry, read_rules
from gongzhi.rules.money import currency_in
from gongzhi.rules.packs.folders import ROOM, file_of, packs_with

FILE = "monitoring.toml"
WATCHES = {each.code: each for each in SIGNALS}
DAYS_MAX = 1000
WHOLE = 1
MARK = re.compile(r"([0-9]{1,2}): ([0-9](?:\.[0-9]{1,6})?)")


@cache
def load_monitoring(pack: str) -> MonitoringRules:
    """The rules of monitoring of a pack; the usual ones where it has none of its own."""
    return read_monitoring(file_of(pack, FILE))


def monitoring_packs() -> tuple[str, ...]:
    """The packs that have a file of their own, the usual one first."""
    return packs_with(FILE)


def read_monitoring(path: Path) -> MonitoringRules:
    """One file; raises BadRules where it is incomplete or contradicts itself."""
    top = read_rules(path)
    ground = _ground(top, path)
    own = tuple(_rules(top, pack=path.parent.name))
    rules = MonitoringRules(
        pack=path.parent.name,
        title=top.both("title"),
        rules=(*(ground.rules if ground else ()), *own),
        clocks=_clocks(top.table("clocks")),
        words=ground.words if ground and not top.has("degrees") else _words(top.table("degrees")),
        kept_under=ground.kept_under
        if ground and not top.has("kept_under")
        else top.names("kept_under"),
        carried_over=ground.carried_over
        if ground and not top.has("carried_over")
        else top.names("carried_over"),
        forecasting=ground.forecasting
        if ground and not top.has("forecasting")
        else _forecasting(top.table("forecasting")),
    )
    top.finish()
    return rules


def _ground(top: Entry, path: Path) -> MonitoringRules | None:
    """The rules that a file builds on, without those that it switches off."""
    if not top.has("based_on"):
        return None
    name = top.one_of("based_on", monitoring_packs())
    if name == path.parent.name:
        raise top.fail("based_on", "{key} 不能是它自己")
    if read_rules(ROOM / name / FILE).has("based_on"):
        raise top.fail("based_on", "{key} 所指的规则自己又建立在别的规则上")
    ground = read_monitoring(ROOM / name / FILE)
    off = top.names("off") if top.has("off") else ()
    known = {rule.code for rule in ground.rules}
    for code in off:
        if code not in known:
            raise top.fail("off", "{key} 中的 {code} 本来就没有", {"code": code})
    return replace(ground, rules=tuple(rule for rule in ground.rules if rule.code not in off))


def _rules(top: Entry, *, pack: str) -> Iterator[Rule]:
    seen: set[tuple[str, date]] = set()
    for entry in top.tables("signal"):
        rule = _rule(entry, pack=pack)
        if (rule.code, rule.in_force_from) in seen:
            raise entry.fail("code", "{code} 在同一天开始两次", {"code": rule.code})
        seen.add((rule.code, rule.in_force_from))
        yield rule


def _rule(entry: Entry, *, pack: str) -> Rule:
    watch = WATCHES[entry.one_of("code", WATCHES)]
    numbers = watch.numbers
    rule = Rule(
        code=watch.code,
        pack=pack,
        level=Level(entry.one_of("level", list(Level))),
        warns=entry.truth("warns"),
        in_force_from=entry.day("from"),
        in_force_until=entry.day_if_told("until"),
        numbers=entry.named("numbers", names=numbers, read=Entry.number) if numbers else {},
        marks=_marks(entry) if watch.marks else {},
        words=entry.names("words") if watch.words else (),
        source=entry.both("source"),
        verified=entry.truth("verified"),
        currency=currency_in(entry).unit if AMOUNTS.intersection(numbers) else "",
    )
    entry.finish()
    if rule.in_force_until is not None and rule.in_force_until < rule.in_force_from:
        raise entry.fail("until", "{key} 早于 from")
    return rule


def _marks(entry: Entry) -> Mapping[int, Decimal]:
    """Shares by month, written as "4: 0.25", month after month, never falling."""
    marks: dict[int, Decimal] = {}
    for text in entry.names("marks"):
        written = MARK.fullmatch(text)
        if written is None or not 1 <= int(written[1]) <= MONTHS or Decimal(written[2]) > WHOLE:
            raise entry.fail("marks", "{key} 的每一项应写成“4: 0.25”，月份 1 至 12，比率不大于 1")
        month, share = int(written[1]), Decimal(written[2])
        if marks and (month <= max(marks) or share < max(marks.values())):
            raise entry.fail("marks", "{key} 应逐月递增，比率不减")
        marks[month] = share
    if not marks:
        raise entry.fail("marks", "{key} 为空")
    return marks


def _clocks(entry: Entry) -> Clocks:
    clocks = Clocks(
        answer=_days(entry, "answer_working_days"),
        plan=_days(entry, "plan_working_days"),
        report=_days(entry, "report_working_days"),
        check=_days(entry, "check_working_days"),
        suspends=entry.truth("suspends"),
        publishes_late=entry.truth("publishes_late"),
        visit_after=int(entry.number("visit_after", least=1, most=MONTHS)),
        rounds=_months(entry, "rounds"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return clocks


def _days(entry: Entry, key: str) -> int:
    return int(entry.number(key, least=1, most=DAYS_MAX))


def _months(entry: Entry, key: str) -> tuple[int, ...]:
    months = tuple(int(month) for month in entry.numbers(key, least=1, most=MONTHS))
    if list(months) != sorted(set(months)):
        raise entry.fail(key, "{key} 应逐月递增")
    return months


def _words(entry: Entry) -> Degrees:
    words = Degrees(
        shares={degree: entry.number(degree.value, most=WHOLE) for degree in Degree},
        source=entry.both("source"),
    )
    entry.finish()
    return words


def _forecasting(entry: Entry) -> Forecasting:
    forecasting = Forecasting(
        level=entry.number("level", most=WHOLE),
        neighbours=int(entry.number("neighbours", least=1)),
        least=int(entry.number("least", least=1)),
        source=entry.both("source"),
    )
    entry.finish()
    return forecasting
