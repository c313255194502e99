"""Stating a position as a deed: worth, weights, what law asks for, bounds; and who may see what."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from json import dumps

from gongzhi.core.charter import Member
from gongzhi.core.fen import is_whole_fen
from gongzhi.core.terms import Money, Said
from gongzhi.forum.actions.joint import EMPTY
from gongzhi.forum.actions.negotiations import as_text, own_party
from gongzhi.forum.actions.rating import refuse_unknown, refuse_unrated_plans, refuse_unscored
from gongzhi.forum.models import (
    Negotiation,
    NegotiationParty,
    NegotiationPosition,
    PositionTerms,
)
from gongzhi.forum.posts import refuse_personal
from gongzhi.parties.deeds import act
from gongzhi.parties.locked_values import lock
from gongzhi.parties.unsuitable import Unsuitable

NO_WORTH = Said("请写明各方案对本方的价值，或者按标准打分")
NO_CRITERION = Said("没有名为“{name}”的标准")
NOT_AMOUNT = Said("应当是不小于零、精确到分的金额")
NOT_NUMBER = Said("应当是数；用元写的精确到分")
NOT_POINTS = Said("权重应当是不小于零的数")
NOT_SCORE = Said("分数应当在 0 到 100 之间")
NOT_SIZE = Said("应当大于零")
AMOUNT_MOST, SCORE_MOST = Decimal(10) ** 13, 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What a side states beside its worth.

    floors and offered go by plans; judgements: two criteria, and how many times as important the
    first is. pays_most and gets_most bound an institution's payments and stay locked, as its limit
    does; tells_mediator: the mediator's computation may use all three.
    """

    floors: Mapping[str, Money] = field(default_factory=dict)
    offered: Mapping[str, Money] = field(default_factory=dict)
    judgements: Sequence[tuple[str, str, Fraction]] = ()
    alike: str = ""
    size: Decimal = Decimal(1)
    pays_most: Money | None = None
    gets_most: Money | None = None
    tells_mediator: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a side states. limit: what it gets if nothing is agreed; it stays locked."""

    text: str
    measure: str = "money"
    worth: Mapping[str, Decimal] = field(default_factory=dict)
    points: Mapping[str, Decimal] = field(default_factory=dict)
    scores: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    accepts: Sequence[str] = ()
    limit: Decimal | None = None
    evidence: str = ""
    label: str = "confidential"
    terms: Terms = Terms()


def state_position(
    *, by: Member, negotiation: Negotiation, stated: Stated, key: str | None = None
) -> NegotiationPosition:
    """Say what one needs and what each plan is worth to one; and who may see it."""
    with act(by, "state_position", on=negotiation, key=key) as record:
        _refuse_unfit(negotiation, stated)
        party = own_party(negotiation, by)
        row = NegotiationPosition(
            party=party,
            text=stated.text.strip(),
            measure=stated.measure if stated.worth else "points",
            worth=as_text(stated.worth),
            points=as_text(stated.points),
            scores={code: as_text(each) for code, each in stated.scores.items()},
            accepts=sorted(set(stated.accepts)),
            evidence=stated.evidence.strip(),
            label=stated.label,
            stated_on=record.business_date,
        )
        if stated.limit is not None:
            row.limit_locked = lock(str(stated.limit), bound_to=row.bond())
        row.save(force_insert=True)
        _keep_terms(row, stated.terms, party=party)
        record["label"] = row.label
        record.private("text", row.text)
    return row


def _keep_terms(row: NegotiationPosition, terms: Terms, *, party: NegotiationParty) -> None:
    """The terms; what a resident could pay isn't asked, and its limit is told to nobody."""
    kept = PositionTerms(
        position=row,
        floors=as_text(terms.floors),
        offered=as_text(terms.offered),
        judgements=[[first, second, str(times)] for first, second, times in terms.judgements],
        alike=terms.alike.strip(),
        size=terms.size,
        tells_mediator=terms.tells_mediator and not party.is_resident,
    )
    bounds = {"pays_most": terms.pays_most, "gets_most": terms.gets_most}
    told = {name: str(amount) for name, amount in bounds.items() if amount is not None}
    if told and not party.is_resident:
        kept.bounds_locked = lock(dumps(told, sort_keys=True), bound_to=kept.bond())
    kept.save(force_insert=True)


def _refuse_unfit(negotiation: Negotiation, stated: Stated) -> None:
    if not stated.text.strip():
        raise Unsuitable({"text": EMPTY})
    terms = stated.terms
    refuse_personal({"text": stated.text, "evidence": stated.evidence, "alike": terms.alike})
    if not stated.worth and not stated.scores:
        raise Unsuitable({"worth": NO_WORTH})
    named = {
        "worth": stated.worth,
        "scores": stated.scores,
        "accepts": stated.accepts,
        "floors": terms.floors,
        "offered": terms.offered,
    }
    refuse_unknown(negotiation, named)
    _refuse_unknown_criteria(negotiation, stated)
    rated = {"worth": stated.worth, "scores": stated.scores}
    refuse_unrated_plans(negotiation, {name: each for name, each in rated.items() if each})
    refuse_unscored(negotiation, stated.scores.values())
    faults = dict(_unfit(stated))
    if faults:
        raise Unsuitable(faults)


def _unfit(stated: Stated) -> Iterator[tuple[str, Said]]:
    """Numbers that nothing could be computed with, for anybody at the table."""
    terms, in_money = stated.terms, stated.measure == "money"
    if any(not _is_worth(each, in_money=in_money) for each in stated.worth.values()):
        yield "worth", NOT_NUMBER
    if any(not (each.is_finite() and each >= 0) for each in stated.points.values()):
        yield "points", NOT_POINTS
    scores = [each for row in stated.scores.values() for each in row.values()]
    if any(not (each.is_finite() and 0 <= each <= SCORE_MOST) for each in scores):
        yield "scores", NOT_SCORE
    paid = {"pays_most": terms.pays_most, "gets_most": terms.gets_most}
    for name, amount in paid.items():
        if amount is not None and not _is_paid(amount):
            yield name, NOT_AMOUNT
    for name, amounts in {"floors": terms.floors, "offered": terms.offered}.items():
        if not all(map(_is_paid, amounts.values())):
            yield name, NOT_AMOUNT
    if not terms.size > 0:
        yield "size", NOT_SIZE


def _refuse_unknown_criteria(negotiation: Negotiation, stated: Stated) -> None:
    """A negotiation that named its criteria is weighed by those and no others."""
    criteria = list(negotiation.criteria.all())
    known = {each.name for each in criteria if each.withdrawn_on is None}
    judged = {name for first, second, _ in stated.terms.judgements for name in (first, second)}
    scored = {name for row in stated.scores.values() for name in row}
    for field_name, names in (
        ("points", set(stated.points)),
        ("scores", scored),
        ("judgements", judged),
    ):
        unknown = sorted(names - known) if criteria else []
        if unknown:
            raise Unsuitable({field_name: Said(NO_CRITERION.text, {"name": unknown[0]})})


def _is_worth(amount: Decimal, *, in_money: bool) -> bool:
    if not amount.is_finite() or abs(amount) > AMOUNT_MOST:
        return False
    return not in_money or is_whole_fen(amount)


def _is_paid(amount: Decimal) -> bool:
    return amount.is_finite() and 0 <= amount <= AMOUNT_MOST and is_whole_fen(amount)
