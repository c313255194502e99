"""What stories ask of the market and firms say, read from turned/market.toml."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from gongzhi.city.invented.telling import code_named
from gongzhi.city.invented.values import Deed
from gongzhi.rules.entry import Entry, read_rules

FILE = Path(__file__).parent.parent / "turned" / "market.toml"
VERBS = {"budget": "give_market_opinion", "outlook": "give_outlook"}


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedThen:
    """A firm's figure, and on which day it quoted it."""

    by: str
    on: date
    price: Decimal
    basis: str
    tied: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UsedThen:
    """A figure that rests on the range, since when and how."""

    on: date
    figure: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedOfMarket:
    """A question with its quotes, when the range was told, and what rests on it."""

    key: str
    project: str
    by: str
    on: date
    item: str
    unit: str
    purpose: str
    indicator: str
    due_on: date
    quotes: tuple[QuotedThen, ...]
    published_on: date | None
    used: tuple[UsedThen, ...]
    closed_on: date | None
    why_closed: str

    def deeds(self) -> Iterator[Deed]:
        """What of it a story has for its days."""
        yield Deed(on=self.on, verb="ask_market", project=self.project, by=self.by)
        for quote in self.quotes:
            yield Deed(on=quote.on, verb="submit_cost_quote", project=self.project, by=quote.by)
        if self.published_on:
            on = self.published_on
            yield Deed(on=on, verb="publish_market_range", project=self.project, by=self.by)
        for use in self.used:
            yield Deed(on=use.on, verb="rest_on_market", project=self.project, by=self.by)


@dataclass(frozen=True, slots=True, kw_only=True)
class SaidOfMarket:
    """What a firm says in its own name: of a budget, of what is to come, or that it bids."""

    verb: str
    project: str
    by: str
    on: date
    text: str
    of: str = ""
    verdict: str = ""

    def deeds(self) -> Iterator[Deed]:
        """The one deed that it is."""
        yield Deed(on=self.on, verb=self.verb, project=self.project, by=self.by)


@cache
def load_market() -> tuple[AskedOfMarket, ...]:
    """Every question of the stories; raises BadRules where one is incomplete."""
    return tuple(map(_asked, read_rules(FILE).tables("question")))


@cache
def load_market_said() -> tuple[SaidOfMarket, ...]:
    """Everything that firms say in their own name."""
    top = read_rules(FILE)
    return (*map(_opinion, top.tables("opinion")), *map(_bidding, top.tables("bidding")))


def _asked(entry: Entry) -> AskedOfMarket:
    asked = AskedOfMarket(
        key=entry.text("key"),
        project=code_named(entry.text("project")),
        by=entry.text("by"),
        on=entry.day("on"),
        item=entry.text("item"),
        unit=entry.text("unit"),
        purpose=entry.text("purpose"),
        indicator=entry.text_if_told("indicator"),
        due_on=entry.day("due_on"),
        quotes=tuple(map(_quote, entry.tables("quotes"))),
        published_on=entry.day_if_told("published_on"),
        used=tuple(map(_use, entry.tables("used"))) if entry.has("used") else (),
        closed_on=entry.day_if_told("closed_on"),
        why_closed=entry.text_if_told("why_closed"),
    )
    entry.finish()
    return asked


def _quote(entry: Entry) -> QuotedThen:
    quote = QuotedThen(
        by=entry.text("by"),
        on=entry.day("on"),
        price=Decimal(entry.text("price")),
        basis=entry.text("basis"),
        tied=entry.text_or_nothing("tied"),
    )
    entry.finish()
    return quote


def _use(entry: Entry) -> UsedThen:
    use = UsedThen(on=entry.day("on"), figure=entry.text("figure"), text=entry.text("text"))
    entry.finish()
    return use


def _opinion(entry: Entry) -> SaidOfMarket:
    said = SaidOfMarket(
        verb=VERBS[entry.one_of("kind", VERBS)],
        project=code_named(entry.text("project")),
        by=entry.text("by"),
        on=entry.day("on"),
        text=entry.text("text"),
        of=entry.text("of"),
        verdict=entry.text_if_told("verdict"),
    )
    entry.finish()
    return said


def _bidding(entry: Entry) -> SaidOfMarket:
    said = SaidOfMarket(
        verb="declare_bidding",
        project=code_named(entry.text("project")),
        by=entry.text("by"),
        on=entry.day("on"),
        text=entry.text("text"),
    )
    entry.finish()
    return said


def _day_if_told(entry: Entry, key: str) -> date | None:
    return entry.day_if_told(key)
