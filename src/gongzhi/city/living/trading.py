"""The market of the stories: firms quote in confidence, a range is told, figures rest on it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from gongzhi.city.invented.market import (
    AskedOfMarket,
    QuotedThen,
    SaidOfMarket,
    UsedThen,
    load_market,
    load_market_said,
)
from gongzhi.city.living.attempts import decided_on
from gongzhi.city.living.happenings import Happening
from gongzhi.city.living.people import People
from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import market, market_opinions
from gongzhi.forum.market_quotes import Offered
from gongzhi.forum.models import MarketQuestion

VALID_MONTH = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Trading:
    """The market of the stories, for units that ask and firms that answer."""

    people: People

    def happenings(self) -> Iterator[Happening]:
        """Each question with its quotes, range and use; what firms say in their own name."""
        for asked in load_market():
            yield decided_on(asked.on, partial(self._ask, asked))
            for quote in asked.quotes:
                yield decided_on(quote.on, partial(self._quote, asked, quote))
            if asked.published_on:
                yield decided_on(asked.published_on, partial(self._publish, asked))
            for use in asked.used:
                yield decided_on(use.on, partial(self._use, asked, use))
            if asked.closed_on:
                yield decided_on(asked.closed_on, partial(self._close, asked))
        for said in load_market_said():
            yield decided_on(said.on, partial(self._say, said))

    def _ask(self, asked: AskedOfMarket) -> None:
        market.ask_market(
            by=self._officer(asked.by),
            project=_project(asked.project),
            asked=market.Asked(
                item=asked.item,
                unit=asked.unit,
                purpose=asked.purpose,
                due_on=asked.due_on,
                indicator=asked.indicator,
            ),
        )

    def _quote(self, asked: AskedOfMarket, quote: QuotedThen) -> None:
        market.submit_cost_quote(
            by=self._officer(quote.by),
            question=_known(asked),
            offered=Offered(price=quote.price, basis=quote.basis, tied=quote.tied),
            valid_until=quote.on.replace(month=VALID_MONTH, day=31),
        )

    def _publish(self, asked: AskedOfMarket) -> None:
        market.publish_market_range(by=self._officer(asked.by), question=_known(asked))

    def _use(self, asked: AskedOfMarket, use: UsedThen) -> None:
        market.rest_on_market(
            by=self._officer(asked.by),
            project=_project(asked.project),
            told=_known(asked).ranges.latest("number"),
            figure=use.figure,
            text=use.text,
        )

    def _close(self, asked: AskedOfMarket) -> None:
        market.close_market_question(
            by=self._officer(asked.by), question=_known(asked), reason=asked.why_closed
        )

    def _say(self, said: SaidOfMarket) -> None:
        by, project = self._officer(said.by), _project(said.project)
        say: dict[str, Callable[[], object]] = {
            "declare_bidding": lambda: market_opinions.declare_bidding(
                by=by, project=project, text=said.text
            ),
            "give_outlook": lambda: market_opinions.give_outlook(
                by=by, project=project, of=said.of, text=said.text
            ),
            "give_market_opinion": lambda: market_opinions.give_market_opinion(
                by=by, project=project, verdict=said.verdict, of=said.of, text=said.text
            ),
        }
        say[said.verb]()

    def _officer(self, code: str) -> Member:
        return self.people.member(code, "officer")


def _project(code: str) -> Project:
    found: Project = Project.objects.select_related("unit__region").get(code=code)
    return found


def _known(asked: AskedOfMarket) -> MarketQuestion:
    """The question as it stands; raises DoesNotExist where nobody asked it."""
    rows = MarketQuestion.objects.with_facts()
    found: MarketQuestion = rows.get(project__code=asked.project, item=asked.item)
    return found
