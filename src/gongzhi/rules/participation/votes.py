"""Reads votes.toml."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.core.participating.voting.keepers import LEAST_KEEPERS, MOST_KEEPERS
from gongzhi.core.scoring.pack import Citation
from gongzhi.rules.entry import read_rules

FILE = Path(__file__).parent / "votes.toml"
BALLOTS_MOST = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VoteRules:
    """What every vote keeps to, whatever it states for itself."""

    in_force_from: date
    ballots_least: int
    keepers_least: int
    keepers_most: int
    roll_change_share: Decimal
    cited: Citation


@cache
def load_votes() -> VoteRules:
    """The rules as the file says them."""
    return read_votes(FILE)


def read_votes(path: Path) -> VoteRules:
    """The rules of a file; raises BadRules."""
    top = read_rules(path)
    rules = VoteRules(
        in_force_from=top.day("in_force_from"),
        ballots_least=int(top.number("ballots_least", least=2, most=BALLOTS_MOST)),
        keepers_least=int(top.number("keepers_least", least=LEAST_KEEPERS, most=MOST_KEEPERS)),
        keepers_most=int(top.number("keepers_most", least=LEAST_KEEPERS, most=MOST_KEEPERS)),
        roll_change_share=top.number("roll_change_share", most=1),
        cited=Citation(text=top.both("source"), verified=top.truth("verified")),
    )
    top.finish()
    return rules
