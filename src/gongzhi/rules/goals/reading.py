"""Reads checks.toml and examples.toml; a bad file is refused with file, line and reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.core.goals.checks import GOAL_CHECKS
from gongzhi.core.goals.rules import GoalRule, GoalRules
from gongzhi.core.terms import Text
from gongzhi.rules.dated import each_in_force
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent
CHECKS = {check.code: check for check in GOAL_CHECKS}


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A field of a goal's form: what belongs there, written well and written badly, and why."""

    field: str
    name: Text
    hint: Text
    good: Text
    bad: Text


@cache
def load_goal_rules(*, on: date) -> GoalRules:
    """The rule of each check that holds on a day; before the first one, the first."""
    rules = read_goal_rules(ROOM / "checks.toml")
    return each_in_force(rules, name=lambda rule: rule.code, on=on)


def read_goal_rules(path: Path) -> tuple[GoalRule, ...]:
    """Every rule of every date; each check has one at least, and brings what it needs."""
    top = read_rules(path)
    rules: list[GoalRule] = []
    for entry in top.tables("check"):
        rule = _rule(entry)
        if any((known.code, known.since_on) == (rule.code, rule.since_on) for known in rules):
            raise entry.fail("code", "{code} 在同一天开始两次", {"code": rule.code})
        rules.append(rule)
    top.finish()
    missing = set(CHECKS) - {rule.code for rule in rules}
    if missing:
        raise top.fail("check", "缺少 {names}", {"names": "、".join(sorted(missing))})
    return tuple(rules)


def _rule(entry: Entry) -> GoalRule:
    check = CHECKS[entry.one_of("code", CHECKS)]
    numbers, patterns = check.numbers, check.patterns
    rule = GoalRule(
        code=check.code,
        name=entry.both("name"),
        meaning=entry.both("meaning"),
        since_on=entry.day("since_on"),
        numbers=entry.named("numbers", names=numbers, read=Entry.number) if numbers else {},
        patterns=entry.named("patterns", names=patterns, read=Entry.pattern) if patterns else {},
        words=entry.names("words") if check.words else (),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return rule


@cache
def load_examples() -> Mapping[str, Example]:
    """Good and bad examples by the field they belong to, in the order of the form."""
    top = read_rules(ROOM / "examples.toml")
    examples = top.tables_by("field", name="field", read=_example)
    top.finish()
    return examples


def _example(entry: Entry) -> Example:
    return Example(
        field=entry.text("field"),
        name=entry.both("name"),
        hint=entry.both("hint"),
        good=entry.both("good"),
        bad=entry.both("bad"),
    )
