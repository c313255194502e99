"""Firms that quote, for the tests of costs and the market."""

from datetime import date
from decimal import Decimal

import city_hall
from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import market
from gongzhi.forum.market_quotes import Offered
from gongzhi.forum.models import CostQuote, MarketQuestion
from gongzhi.parties.models import Region
from verified import verified

PRICES = ("2.31", "2.44", "2.52", "2.58", "2.90")
DUE, LATER, VALID = date(2026, 5, 15), date(2026, 5, 20), date(2026, 12, 31)


def firm(number: int, *, within: Region, kind: str = "enterprise") -> Member:
    body = city_hall.unit(f"E{number}", within=within, kind=kind)
    return verified(body.officer_office)


def firms(count: int, *, within: Region) -> list[Member]:
    return [firm(number, within=within) for number in range(count)]


def asked(by: Member, project: Project, *, item: str = "屋顶光伏系统") -> MarketQuestion:
    return market.ask_market(
        by=by,
        project=project,
        asked=market.Asked(item=item, unit="元/瓦", purpose="核定补贴标准", due_on=DUE),
    )


def quote(
    by: Member, question: MarketQuestion, price: str, *, tied: str = "", valid_until: date = VALID
) -> CostQuote:
    return market.submit_cost_quote(
        by=by,
        question=question,
        offered=Offered(price=Decimal(price), basis="上季度签约均价", tied=tied),
        valid_until=valid_until,
    )
