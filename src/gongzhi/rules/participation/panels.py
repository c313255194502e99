"""Reads standards.toml: what panels by lot go by, and the standards that they are held against."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from gongzhi.core.participating.standards import Standard
from gongzhi.core.scoring.pack import Citation
from gongzhi.rules.entry import Entry, read_rules

ROOM = Path(__file__).parent
DAYS_MAX, PEOPLE_MAX, CELL_MAX, SECONDS_MAX = 60, 1000, 100, 3600


@dataclass(frozen=True, slots=True, kw_only=True)
class PanelRules:
    """Days to accept a seat, the least count that is shown, the greatest panel, the standards.

    `solve_seconds`: how long the job looks for more panels before it publishes what it has.
    """

    accept_days: int
    least: int
    size_most: int
    solve_seconds: int
    standards: dict[str, Standard]
    cited: Citation


@cache
def load_panel_rules() -> PanelRules:
    """The rules as they stand in the file."""
    return read_panel_rules(ROOM / "standards.toml")


def read_panel_rules(path: Path) -> PanelRules:
    """The rules of a file; raises BadRules."""
    top = read_rules(path)
    top.day("in_force_from")
    rules = PanelRules(
        accept_days=int(top.number("accept_days", least=1, most=DAYS_MAX)),
        least=int(top.number("least", least=2, most=CELL_MAX)),
        size_most=int(top.number("size_most", least=1, most=PEOPLE_MAX)),
        solve_seconds=int(top.number("solve_seconds", least=1, most=SECONDS_MAX)),
        standards=top.tables_by("standard", name="code", read=_standard),
        cited=_cited(top),
    )
    top.finish()
    return rules


def _standard(entry: Entry) -> Standard:
    return Standard(
        code=entry.text("code"),
        name=entry.both("name"),
        since=entry.day("from"),
        participants=(
            int(entry.number("participants_least", most=PEOPLE_MAX)),
            int(entry.number("participants_most", most=PEOPLE_MAX)),
        ),
        by_lot=(entry.number("by_lot_least", most=1), entry.number("by_lot_most", most=1)),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )


def _cited(entry: Entry) -> Citation:
    return Citation(text=entry.both("source"), verified=entry.truth("verified"))
