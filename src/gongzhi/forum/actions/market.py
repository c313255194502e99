"""Asking the market what something costs, quoting in confidence, telling a range.

A firm's figure is opened by two deeds alone: to work out a range, which its firm is told of, and
by the firm's own consent to its disclosure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongzhi.core.charter import Member
from gongzhi.core.participating.market import (
    MarketRange,
    NoRange,
    market_range,
    may_be_disclosed,
    surely_none,
)
from gongzhi.core.terms import Said
from gongzhi.cycle.models import Project
from gongzhi.forum.market_quotes import Offered, offers_of, quoted_for, told_before
from gongzhi.forum.models.market import (
    CostQuote,
    DisclosureConsent,
    MarketQuestion,
    QuoteOpening,
    RangeUse,
)
from gongzhi.forum.models.market import MarketRange as RangeRow
from gongzhi.forum.own import office_of, own_of
from gongzhi.forum.phases import inviting, keep_to_the_phase
from gongzhi.forum.posts import personal_faults
from gongzhi.parties.clocks import due_by_clause
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.participation.market import market_rules

EMPTY = Said("没有填")
PAST = Said("期限应当在今天以后")
ASKED_BEFORE = Said("这个项目已经问过同一件东西的价格，请用那一次的区间")
NO_PRICE = Said("价格应当大于零，最多四位小数")
QUOTED_BEFORE = Said("本企业已经报价，可以修改或者撤回")
NO_LONGER_VALID = Said("有效期应当到今天以后")
TOO_EARLY = Said("征集还没有到期，到期以后再公布区间")
TOO_FEW = Said("报价的企业还不到 {least} 家，不能公布区间，也没有打开任何报价")
NO_NEW = Said("自上次公布以来，新报价的企业还不到 {least} 家，区间不重算，也没有打开任何报价")
NO_RANGE = Said("还没有公布过区间")
NO_QUOTES = Said("没有可以征求意见的报价")
LEFT_ALONE = Said("公开以后，同一区间里剩下的企业太少，它们的报价会被推算出来，因此不能公开")
PRICE_MAX = Decimal(10) ** 12
PLACES = Decimal("0.0001")
QUOTING = "submit_cost_quote"
AGREE, REFUSE = "agree", "refuse"
NO_CHOICE = Said("请选择同意或者不同意")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a price is needed of, in which unit, what for, until when; which figure it is for."""

    item: str
    unit: str
    purpose: str
    due_on: date
    indicator: str = ""
    line: str = ""


def ask_market(
    *, by: Member, project: Project, asked: Asked, key: str | None = None
) -> MarketQuestion:
    """Ask firms what something costs."""
    with act(by, "ask_market", on=project, key=key) as record:
        _refuse_empty({"item": asked.item, "unit": asked.unit, "purpose": asked.purpose})
        if asked.due_on <= record.business_date:
            raise Unsuitable({"due_on": PAST})
        known = MarketQuestion.objects.filter(
            project=project, item=asked.item.strip(), unit=asked.unit.strip()
        )
        if known.exists():
            raise Unsuitable({"item": ASKED_BEFORE})
        question = MarketQuestion.objects.create(
            project=project,
            process=inviting(project, QUOTING, today=record.business_date, until=asked.due_on),
            asked_by_id=own_of(by),
            item=asked.item.strip(),
            unit=asked.unit.strip(),
            purpose=asked.purpose.strip(),
            indicator=asked.indicator.strip(),
            line=asked.line.strip(),
            asked_on=record.business_date,
            due_on=asked.due_on,
            label=project.label,
        )
        record["question"] = str(question.pk)
        record["due_on"] = asked.due_on.isoformat()
        record["name"] = question.item
    return question


def close_market_question(
    *, by: Member, question: MarketQuestion, reason: str, key: str | None = None
) -> MarketQuestion:
    """Take no more quotes; what was told stays."""
    with act(by, "close_market_question", on=question, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        question.stage = MarketQuestion.Stage.CLOSED
        question.save(update_fields=["stage"])
        record["stage"] = str(question.stage)
        record.private("reason", reason.strip())
    return question


def submit_cost_quote(
    *,
    by: Member,
    question: MarketQuestion,
    offered: Offered,
    valid_until: date,
    key: str | None = None,
) -> CostQuote:
    """Quote in confidence; the figure stands in no row, the deed keeps it locked."""
    with act(by, "submit_cost_quote", on=question, key=key) as record:
        keep_to_the_phase(
            by, QUOTING, on=question, process=question.process, today=record.business_date
        )
        _refuse_unfit(offered, valid_until=valid_until, today=record.business_date)
        if question.quotes.filter(organisation=own_of(by), stage="standing").exists():
            raise Unsuitable({"price": QUOTED_BEFORE})
        quote: CostQuote = CostQuote.objects.create(
            question=question,
            organisation_id=own_of(by),
            deed=record.deed_id,
            quoted_on=record.business_date,
            valid_until=valid_until,
        )
        _keep(quote, offered, record=record)
    return quote


def revise_cost_quote(
    *, by: Member, quote: CostQuote, offered: Offered, valid_until: date, key: str | None = None
) -> CostQuote:
    """Quote anew; ranges that were told stay as they are."""
    with act(by, "revise_cost_quote", on=quote, key=key) as record:
        _refuse_unfit(offered, valid_until=valid_until, today=record.business_date)
        quote.deed, quote.number = record.deed_id, quote.number + 1
        quote.quoted_on, quote.valid_until = record.business_date, valid_until
        quote.save(update_fields=["deed", "number", "quoted_on", "valid_until"])
        _keep(quote, offered, record=record)
    return quote


def withdraw_cost_quote(
    *, by: Member, quote: CostQuote, reason: str, key: str | None = None
) -> CostQuote:
    """Take a quote back: it goes into no range any more."""
    with act(by, "withdraw_cost_quote", on=quote, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        quote.stage = CostQuote.Stage.WITHDRAWN
        quote.save(update_fields=["stage"])
        record["stage"] = str(quote.stage)
        record.private("reason", reason.strip())
    return quote


def publish_market_range(
    *, by: Member, question: MarketQuestion, key: str | None = None
) -> RangeRow | None:
    """Work out the range and tell it, or that there is none; each firm is told of the opening."""
    with act(by, "publish_market_range", on=question, key=key) as record:
        rules, today = market_rules(record.business_date), record.business_date
        if question.stage == MarketQuestion.Stage.OPEN and today < question.due_on:
            raise Unsuitable({"range": TOO_EARLY})
        former = told_before(question)
        quotes = list(question.quotes.standing(today=today).select_related("organisation__parent"))
        firms = [str(each.organisation_id) for each in quotes]
        match surely_none(firms, former=former, rules=rules):
            case NoRange.TOO_FEW:
                raise Unsuitable({"range": Said(TOO_FEW.text, {"least": rules.firms_least})})
            case NoRange.NO_NEW:
                raise Unsuitable({"range": Said(NO_NEW.text, {"least": rules.new_firms_least})})
        found = market_range(quoted_for(question, quotes), former=former, rules=rules)
        row = _told(question, found, record=record) if isinstance(found, MarketRange) else None
        question.outcome = "told" if isinstance(found, MarketRange) else str(found)
        question.save(update_fields=["outcome"])
        _note_openings(quotes, row, found=found, record=record)
        record["outcome"] = question.outcome
    return row


def rest_on_market(
    *, by: Member, project: Project, told: RangeRow, figure: str, text: str, key: str | None = None
) -> RangeUse:
    """Say that a figure of the project rests on a range: an indicator's target, a budget line."""
    with act(by, "rest_on_market", on=project, key=key) as record:
        if told.question.project_id != project.pk:
            raise Unsuitable({"range": NO_RANGE})
        _refuse_empty({"figure": figure, "text": text})
        use = RangeUse.objects.create(
            project=project,
            range=told,
            figure=figure.strip(),
            text=text.strip(),
            office_id=office_of(by),
            used_on=record.business_date,
        )
        record["question"] = str(told.question_id)
        record["number"] = told.number
        record["count"] = told.firms
        record["name"] = use.figure
    return use


def ask_disclosure_consent(
    *, by: Member, question: MarketQuestion, reason: str, key: str | None = None
) -> list[DisclosureConsent]:
    """Ask every firm that quoted, in writing, whether its figure may be published."""
    with act(by, "ask_disclosure_consent", on=question, key=key) as record:
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        quotes = question.quotes.filter(stage="standing", consents=None)
        due = due_by_clause("answer_disclosure_consent", opened_on=record.business_date)
        asked = [
            DisclosureConsent.objects.create(
                question=question,
                quote=quote,
                reason=reason.strip(),
                asked_on=record.business_date,
                due_on=due.on if due else record.business_date,
            )
            for quote in quotes
        ]
        if not asked:
            raise Unsuitable({"reason": NO_QUOTES})
        record["due_on"] = asked[0].due_on.isoformat()
        record["count"] = len(asked)
        record.private("reason", reason.strip())
    return asked


def answer_disclosure_consent(
    *, by: Member, consent: DisclosureConsent, choice: str, text: str = "", key: str | None = None
) -> DisclosureConsent:
    """Agree, and so publish one's own figure; or refuse, with the reason."""
    with act(by, "answer_disclosure_consent", on=consent, key=key) as record:
        if choice not in {AGREE, REFUSE}:
            raise Unsuitable({"choice": NO_CHOICE})
        if choice == REFUSE and not text.strip():
            raise Unsuitable({"text": NO_REASON})
        consent.stage = (
            DisclosureConsent.Stage.AGREED if choice == AGREE else DisclosureConsent.Stage.REFUSED
        )
        consent.answer, consent.answered_on = text.strip(), record.business_date
        if choice == AGREE:
            consent.disclosed = _disclosed(consent)
            record["figure"] = str(consent.disclosed)
        consent.save(update_fields=["stage", "answer", "answered_on", "disclosed"])
        record["choice"] = choice
        if consent.answer:
            record.private("reason", consent.answer)
    return consent


def _disclosed(consent: DisclosureConsent) -> Decimal:
    """The figure, once it is sure that it gives no other firm's away."""
    question = MarketQuestion.objects.select_for_update().get(pk=consent.question_id)
    agreed = question.consents.filter(stage=DisclosureConsent.Stage.AGREED)
    is_safe = may_be_disclosed(
        str(consent.quote.organisation_id),
        ranges=told_before(question),
        disclosed={str(each) for each in agreed.values_list("quote__organisation", flat=True)},
        least=market_rules(question.asked_on).hidden_least,
    )
    offer = offers_of([consent.quote]).get(consent.quote_id)
    if not is_safe or offer is None:
        raise Unsuitable({"choice": LEFT_ALONE})
    return offer.price


def _told(question: MarketQuestion, found: MarketRange, *, record: Record) -> RangeRow:
    row: RangeRow = RangeRow.objects.create(
        question=question,
        number=question.ranges.count() + 1,
        low=found.low,
        high=found.high,
        step=found.step,
        firms=found.owners,
        published_on=record.business_date,
    )
    record["number"] = row.number
    record["low"] = str(found.low)
    record["high"] = str(found.high)
    record["count"] = found.owners
    return row


def _note_openings(
    quotes: Sequence[CostQuote],
    row: RangeRow | None,
    *,
    found: MarketRange | NoRange,
    record: Record,
) -> None:
    used = found.firms if isinstance(found, MarketRange) else frozenset()
    QuoteOpening.objects.bulk_create(
        QuoteOpening(
            quote=quote,
            range=row if str(quote.organisation_id) in used else None,
            deed=record.deed_id,
            opened_on=record.business_date,
        )
        for quote in quotes
    )


def _keep(quote: CostQuote, offered: Offered, *, record: Record) -> None:
    record["question"] = str(quote.question_id)
    record["number"] = quote.number
    record["label"] = quote.label
    record.private("offer", offered.as_record())


def _refuse_unfit(offered: Offered, *, valid_until: date, today: date) -> None:
    price = offered.price
    if not price.is_finite() or not 0 < price < PRICE_MAX or price != price.quantize(PLACES):
        raise Unsuitable({"price": NO_PRICE})
    _refuse_empty({"basis": offered.basis})
    if valid_until <= today:
        raise Unsuitable({"valid_until": NO_LONGER_VALID})


def _refuse_empty(given: dict[str, str]) -> None:
    faults = {field: EMPTY for field, text in given.items() if not text.strip()}
    faults |= personal_faults(given)
    if faults:
        raise Unsuitable(faults)
