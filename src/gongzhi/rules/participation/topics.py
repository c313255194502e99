"""How topics are held (topics.toml)."""

from datetime import date
from functools import cache
from pathlib import Path

from gongzhi.core.participating.stances import TopicRules
from gongzhi.rules.dated import in_force, read_editions
from gongzhi.rules.entry import Entry

FILE = Path(__file__).parent / "topics.toml"


@cache
def load_topics() -> tuple[TopicRules, ...]:
    """Every edition, the oldest first."""
    return read_editions(FILE, "edition", read=_edition)


def topic_rules(*, on: date) -> TopicRules:
    """The edition that holds on a day; before the first, the first."""
    return in_force(load_topics(), on=on)


def _edition(entry: Entry) -> TopicRules:
    rules = TopicRules(
        statement_characters=int(entry.number("statement_characters", least=1)),
        statements_of_one=int(entry.number("statements_of_one", least=1)),
        shown_from=int(entry.number("shown_from", least=1)),
        days_most=int(entry.number("days_most", least=1)),
        matrix_from=int(entry.number("matrix_from", least=1)),
        since_on=entry.day("since_on"),
        source=entry.both("source"),
        verified=entry.truth("verified"),
    )
    entry.finish()
    return rules
