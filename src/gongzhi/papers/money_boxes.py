"""The lines of money that the sheets of a project's year share, into their boxes and out again.

Money is yuan, and 万元 in the boxes; rates are computed when written, and not read back.
"""

from collections.abc import Iterator

from gongzhi.core.official import MoneyLine, Sources
from gongzhi.papers.figures import WAN, money_text, rate_text
from gongzhi.papers.taking import Taking


def money_boxes(money: Sources[MoneyLine]) -> Iterator[tuple[str, str]]:
    """Each box by its name with its text: budgets, what was paid, the rate."""
    for source, line in money.named.items():
        yield f"{source}.initial", money_text(line.initial, WAN)
        yield f"{source}.adjusted", money_text(line.adjusted, WAN)
        yield f"{source}.paid", money_text(line.paid, WAN)
        yield f"{source}.rate", rate_text(line.rate)


def money_line(source: str, take: Taking) -> MoneyLine:
    """The line of a source, as it stands in its boxes."""
    return MoneyLine(
        initial=take.money(f"{source}.initial"),
        adjusted=take.money(f"{source}.adjusted"),
        paid=take.money(f"{source}.paid"),
    )
