"""Reads codes.toml, limits.toml and words.toml."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.core.indicators.lexicon import Lexicon
from gongzhi.core.scoring.limits import Limits
from gongzhi.core.terms import Text
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckRule:
    """What a finding code stands for, as people read it."""

    code: str
    certain: bool
    name: Text
    text: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """One threshold or pattern with what it is for and where it comes from."""

    name: str
    codes: tuple[str, ...]
    meaning: Text
    source: Text
    verified: bool
    value: Decimal | None = None
    pattern: re.Pattern[str] | None = None


@cache
def load_checks() -> Mapping[str, CheckRule]:
    """The rules by code, in their order."""
    top = read_rules(ROOM / "codes.toml")
    rules = top.tables_by("check", name="code", read=_rule)
    top.finish()
    return rules


def _rule(entry: Entry) -> CheckRule:
    return CheckRule(
        code=entry.text("code"),
        certain=entry.truth("certain"),
        name=entry.both("name"),
        text=entry.both("rule"),
    )


def check_name(code: str) -> Text:
    """The name of a finding code."""
    return load_checks()[code].name


@cache
def load_limits() -> tuple[Limit, ...]:
    """Every threshold and pattern with its source."""
    top = read_rules(ROOM / "limits.toml")
    limits = []
    for entry in top.tables("limit"):
        is_pattern = entry.has("pattern")
        limits.append(
            Limit(
                name=entry.one_of("name", [field.name for field in fields(Limits)]),
                codes=entry.names("codes"),
                meaning=entry.both("meaning"),
                source=entry.both("source"),
                verified=entry.truth("verified"),
                pattern=entry.pattern("pattern") if is_pattern else None,
                value=None if is_pattern else entry.number("value"),
            )
        )
        entry.finish()
    top.finish()
    return tuple(limits)


@cache
def read_limits() -> Limits:
    """The thresholds and patterns as the checks use them."""
    values = {limit.name: limit.pattern or limit.value for limit in load_limits()}
    return Limits(**values)  # type: ignore[arg-type]


@cache
def read_lexicon(*, less_is_better: tuple[str, ...]) -> Lexicon:
    """The words that say how far a result got."""
    top = read_rules(ROOM / "words.toml")
    lexicon = Lexicon(
        lower_is_better=less_is_better,
        full=top.names("full"),
        part=top.names("part"),
        none=top.names("none"),
        done=top.names("done"),
        undone=top.names("undone"),
    )
    top.finish()
    return lexicon
