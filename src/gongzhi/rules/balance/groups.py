"""By what groups of opinion are computed (groups.toml)."""

from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.core.balance.opinions.asking import GroupRules
from gongzhi.rules.dated import in_force, read_editions
from gongzhi.rules.entry import Entry

FILE = Path(__file__).parent / "groups.toml"


@cache
def load_group_rules() -> tuple[GroupRules, ...]:
    """Every edition, the oldest first."""
    return read_editions(FILE, "edition", read=_edition)


def group_rules(*, on: date) -> GroupRules:
    """The edition that holds on a day; before the first, the first."""
    return in_force(load_group_rules(), on=on)


def _edition(entry: Entry) -> GroupRules:
    rules = GroupRules(
        answers_least=int(entry.number("answers_least", least=1)),
        people_least=int(entry.number("people_least", least=2)),
        groups_most=int(entry.number("groups_most", least=2, most=20)),
        people_of_a_group=int(entry.number("people_of_a_group", least=1)),
        share_least=float(entry.number("share_least", most=1)),
        members_least=int(entry.number("members_least", least=1)),
        gain=float(entry.number("gain", most=1)),
        certain=float(entry.number("certain")),
        resamples=int(entry.number("resamples", most=1000)),
        shuffles=int(entry.number("shuffles", most=1000)),
        stable_from=float(entry.number("stable_from", most=1)),
        listed_most=int(entry.number("listed_most", least=1)),
        renew_from=int(entry.number("renew_from", least=1)),
        seed=int(entry.number("seed")),
        since_on=entry.day("since_on"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return rules
