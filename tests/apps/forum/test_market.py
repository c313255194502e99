"""Costs and the market: quotes in confidence, ranges of several firms, opinions with a name."""

import threading
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from apps.forum.firms import LATER, PRICES, VALID, asked, firm, firms, quote
from gongzhi.core.charter import VISITOR, Member
from gongzhi.cycle.models import Project
from gongzhi.forum.actions import market, market_opinions
from gongzhi.forum.market_quotes import Offered, offers_of
from gongzhi.forum.market_waiting import waiting_for
from gongzhi.forum.models import (
    CostQuote,
    DisclosureConsent,
    MarketQuestion,
    MarketRange,
    QuoteOpening,
    RangeUse,
)
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.deeds import AlreadyDone, Refused
from gongzhi.parties.models import Deed
from gongzhi.parties.unsuitable import Unsuitable

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("a_demo")]


@pytest.fixture
def a_demo(settings):
    settings.DEMO = True


@pytest.fixture
def project(unit) -> Project:
    move_business_date(to=date(2026, 4, 20))
    Project.objects.filter(pk=unit.project.pk).update(stage="disclosed")
    unit.project.refresh_from_db()
    return unit.project


@pytest.fixture
def question(unit, project) -> MarketQuestion:
    return asked(unit.officer, project)


@pytest.fixture
def five(region, question) -> list[Member]:
    members = firms(5, within=region)
    for each, price in zip(members, PRICES, strict=True):
        quote(each, question, price)
    return members


def own_consent(member: Member) -> DisclosureConsent:
    mine = DisclosureConsent.objects.visible_to(member)
    return mine.get(quote__organisation=member.organisation)


def told(unit, question: MarketQuestion) -> MarketRange | None:
    move_business_date(to=LATER)
    return market.publish_market_range(by=unit.officer, question=question)


def test_8_6_no_row_and_no_public_fact_holds_a_firms_figure(question, five):
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_jsonb(q)::text FROM forum_costquote q")
        rows = " ".join(row for (row,) in cursor.fetchall())
    public = " ".join(str(each.public) for each in Deed.objects.all())
    for price in PRICES:
        assert price not in rows
        assert price not in public


def test_8_6_nobody_but_the_firm_reads_of_its_quote(unit, other, question, five):
    one, two = five[:2]
    assert CostQuote.objects.visible_to(one).count() == 1
    assert CostQuote.objects.visible_to(unit.officer).count() == 0
    assert CostQuote.objects.visible_to(other.officer).count() == 0
    assert CostQuote.objects.visible_to(VISITOR).count() == 0
    own = CostQuote.objects.visible_to(two).get()
    assert offers_of([own])[own.pk].price == Decimal("2.44")


def test_five_firms_make_a_range_and_each_is_told_that_its_figure_was_opened(unit, question, five):
    found = told(unit, question)

    assert found is not None
    assert (found.low, found.high, found.firms) == (Decimal("2.4"), Decimal("2.8"), 5)
    for each in five:
        opening = QuoteOpening.objects.visible_to(each).get()
        assert opening.range == found
        assert opening.deed == Deed.objects.get(verb="publish_market_range").pk
    assert QuoteOpening.objects.visible_to(unit.officer).count() == 0


def test_before_the_time_is_over_nothing_is_opened(unit, question, five):
    with pytest.raises(Unsuitable):
        market.publish_market_range(by=unit.officer, question=question)
    assert not QuoteOpening.objects.exists()


def test_four_firms_are_too_few_and_none_is_opened(unit, question, region):
    for each, price in zip(firms(4, within=region), PRICES, strict=False):
        quote(each, question, price)
    with pytest.raises(Unsuitable):
        told(unit, question)
    assert not QuoteOpening.objects.exists()


def test_firms_of_one_owner_are_too_few_and_the_opening_stays_on_record(unit, question, region):
    for each, price in zip(firms(5, within=region), PRICES, strict=True):
        quote(each, question, price, tied="某某集团")

    assert told(unit, question) is None
    question.refresh_from_db()
    assert question.outcome == "too_few"
    assert QuoteOpening.objects.filter(range=None).count() == 5


def test_whoever_declared_a_bid_goes_into_no_range(unit, project, question, five):
    market_opinions.declare_bidding(by=five[0], project=project, text="已投二标段")
    assert told(unit, question) is None


def test_once_told_a_range_stays_until_enough_new_firms_have_come(unit, question, five, region):
    told(unit, question)
    own = CostQuote.objects.visible_to(five[0]).get()
    market.withdraw_cost_quote(by=five[0], quote=own, reason="价格变了")
    quote(firm(5, within=region), question, "2.6")
    quote(firm(6, within=region), question, "2.7")
    with pytest.raises(Unsuitable):
        market.publish_market_range(by=unit.officer, question=question)

    quote(firm(7, within=region), question, "2.5")
    again = market.publish_market_range(by=unit.officer, question=question)
    assert again is not None
    assert (again.number, again.firms) == (2, 7)
    assert MarketRange.objects.filter(question=question).count() == 2


def test_a_quote_revised_keeps_what_was_told_and_what_was_promised(unit, question, five):
    told(unit, question)
    own = CostQuote.objects.visible_to(five[0]).get()
    before = own.deed
    market.revise_cost_quote(
        by=five[0],
        quote=own,
        offered=Offered(price=Decimal("3.1"), basis="新合同"),
        valid_until=VALID,
    )
    own.refresh_from_db()
    assert (own.number, own.deed != before) == (2, True)
    assert offers_of([own])[own.pk].price == Decimal("3.1")
    assert Deed.objects.get(pk=before).kept("offer")["price"] == "2.31"
    assert MarketRange.objects.get(question=question).low == Decimal("2.4")


def test_the_same_thing_is_asked_once_for_a_project(unit, project, question):
    with pytest.raises(Unsuitable):
        asked(unit.officer, project)
    assert MarketQuestion.objects.count() == 1


def test_a_closed_question_takes_no_quotes(unit, question, region):
    market.close_market_question(by=unit.officer, question=question, reason="够了")
    with pytest.raises(Refused):
        quote(firm(1, within=region), question, "2.5")


def test_a_figure_rests_on_a_range_of_its_own_project(unit, other, project, question, five):
    found = told(unit, question)
    assert found is not None
    use = market.rest_on_market(
        by=unit.officer, project=project, told=found, figure="补贴标准", text="取下端 2.4 元"
    )
    assert RangeUse.objects.visible_to(VISITOR).get() == use
    Project.objects.filter(pk=other.project.pk).update(stage="disclosed")
    other.project.refresh_from_db()
    with pytest.raises(Unsuitable):
        market.rest_on_market(
            by=other.officer, project=other.project, told=found, figure="补贴", text="同上"
        )


def test_8_6_before_disclosure_every_firm_is_asked_and_has_fifteen_working_days(
    unit, question, five
):
    told(unit, question)
    asked_of = market.ask_disclosure_consent(by=unit.officer, question=question, reason="写入说明")

    assert len(asked_of) == 5
    assert asked_of[0].due_on == date(2026, 6, 10)
    (waiting,) = waiting_for(five[0], today=LATER)
    assert (waiting.verb, waiting.due_on) == ("answer_disclosure_consent", date(2026, 6, 10))
    assert DisclosureConsent.objects.visible_to(unit.officer).count() == 0


def test_8_6_what_is_agreed_to_is_disclosed_as_long_as_the_others_stay_hidden(unit, question, five):
    told(unit, question)
    market.ask_disclosure_consent(by=unit.officer, question=question, reason="写入说明")
    for each in five[:2]:
        consent = DisclosureConsent.objects.visible_to(each).get(
            quote__organisation=each.organisation
        )
        market.answer_disclosure_consent(by=each, consent=consent, choice="agree")
    third = own_consent(five[2])
    with pytest.raises(Unsuitable):
        market.answer_disclosure_consent(by=five[2], consent=third, choice="agree")
    market.answer_disclosure_consent(by=five[2], consent=third, choice="refuse", text="商业秘密")

    shown = DisclosureConsent.objects.visible_to(VISITOR)
    assert sorted(each.disclosed for each in shown) == [Decimal("2.31"), Decimal("2.44")]


def test_an_opinion_stands_under_its_name_with_a_reason(project, region):
    one = firm(1, within=region)
    with pytest.raises(Unsuitable):
        market_opinions.give_market_opinion(
            by=one, project=project, verdict="high", of="造价", text=" "
        )
    with pytest.raises(Unsuitable):
        market_opinions.give_market_opinion(
            by=one, project=project, verdict="high", of="造价", text="电话 13800138000 找我"
        )
    said = market_opinions.give_market_opinion(
        by=one, project=project, verdict="high", of="造价", text="同类结算价低一成"
    )
    assert (str(said.organisation_id), said.verdict) == (one.organisation, "high")


def test_a_form_sent_twice_quotes_once(question, region):
    one = firm(1, within=region)
    offered = Offered(price=Decimal("2.5"), basis="合同")
    given = {"by": one, "question": question, "offered": offered, "valid_until": VALID, "key": "k"}
    market.submit_cost_quote(**given)
    with pytest.raises(AlreadyDone):
        market.submit_cost_quote(**given)
    assert CostQuote.objects.count() == 1


@pytest.mark.parametrize("price", ["0", "-1", "NaN", "2.00001", "1e15"])
def test_what_is_no_price_is_told_so(question, region, price):
    with pytest.raises(Unsuitable):
        quote(firm(1, within=region), question, price)


@pytest.mark.django_db(transaction=True)
def test_quotes_and_ranges_at_once_end_in_one_range(unit, question, five, region):
    move_business_date(to=LATER)
    outcomes: list[object] = []

    def tell() -> None:
        try:
            outcomes.append(market.publish_market_range(by=unit.officer, question=question))
        except Unsuitable as unsuitable:
            outcomes.append(unsuitable)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert MarketRange.objects.count() == 1
    assert sum(isinstance(each, MarketRange) for each in outcomes) == 1
