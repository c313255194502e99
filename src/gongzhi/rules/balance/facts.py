"""By which words statements are known that tell who somebody is (facts.toml)."""

import re
from functools import cache
from pathlib import Path

from gongzhi.core.balance.opinions.facts import FactRules
from gongzhi.rules.dated import read_editions
from gongzhi.rules.entry import Entry

FILE = Path(__file__).parent / "facts.toml"


@cache
def load_fact_rules() -> tuple[FactRules, ...]:
    """Every edition, the oldest first."""
    return read_editions(FILE, "edition", read=_edition)


def _edition(entry: Entry) -> FactRules:
    rules = FactRules(
        begins=_patterns(entry, "begins"),
        never=entry.pattern("never"),
        letters_most=int(entry.number("letters_most", least=1)),
        since_on=entry.day("since_on"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return rules


def _patterns(entry: Entry, key: str) -> tuple[re.Pattern[str], ...]:
    try:
        return tuple(map(re.compile, entry.names(key)))
    except re.error as error:
        raise entry.fail(key, "{key} 不是正则表达式") from error
