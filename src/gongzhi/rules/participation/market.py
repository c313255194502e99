"""Reads market.toml: what may be told of prices quoted in confidence, since when."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from gongzhi.core.participating.market import MarketRules
from gongzhi.core.terms import Text
from gongzhi.rules.dated import in_force, read_editions
from gongzhi.rules.entry import Entry

FILE = Path(__file__).parent / "market.toml"
FIRMS_LEAST = 3  # of fewer, an average of two tells each of them the other's figure
FIRMS_MOST = 100
FACTOR_MOST, SHARE_MOST = 100, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedMarketRules:
    """The rules that hold since a day, and what they rest on."""

    since_on: date
    rules: MarketRules
    source: Text
    verified: bool


def market_rules(today: date) -> MarketRules:
    """The rules in force on a day; before the first ones, those."""
    return in_force(load_market_rules(), on=today).rules


@cache
def load_market_rules() -> tuple[DatedMarketRules, ...]:
    """All of them, the oldest first."""
    return read_editions(FILE, "market", read=_dated)


def _dated(entry: Entry) -> DatedMarketRules:
    firms, averaged = _firms(entry, "firms_least"), _firms(entry, "averaged_least")
    if averaged > firms:
        raise entry.fail("averaged_least", "{key} 不能大于 firms_least")
    dated = DatedMarketRules(
        since_on=entry.day("since_on"),
        rules=MarketRules(
            firms_least=firms,
            new_firms_least=_firms(entry, "new_firms_least"),
            averaged_least=averaged,
            outlier_factor=Fraction(entry.number("outlier_factor", least=1, most=FACTOR_MOST)),
            step_share=Fraction(entry.number("step_share", least=0, most=SHARE_MOST)),
            hidden_least=_firms(entry, "hidden_least"),
        ),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    if not dated.rules.step_share:
        raise entry.fail("step_share", "{key} 应大于零")
    entry.finish()
    return dated


def _firms(entry: Entry, key: str) -> int:
    return int(entry.number(key, least=FIRMS_LEAST, most=FIRMS_MOST))
