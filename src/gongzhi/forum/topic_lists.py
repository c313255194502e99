"""The statements of a topic as readers meet them: the next one to answer, and all in an order."""

from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import (
    Case,
    Exists,
    F,
    FloatField,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import MD5, Cast, Coalesce, Concat, Least

from gongzhi.core.participating.stances import Order, TopicRules
from gongzhi.forum.models import Stance, Statement, TallyPart, Topic
from gongzhi.forum.posts import hidden

Statements: TypeAlias = "QuerySet[Statement, Statement]"
NOT_YET = -1.0  # what isn't shown yet comes last


def standing(topic: Topic) -> Statements:
    """The statements that are shown: neither withdrawn nor hidden."""
    rows = Statement.objects.filter(topic=topic, withdrawn_on=None)
    return rows.exclude(pk__in=hidden("statement"))


def not_shown(topic: Topic, *, most: int) -> Statements:
    """The newest statements that were hidden, for the page to say so."""
    rows = Statement.objects.filter(topic=topic, pk__in=hidden("statement"), withdrawn_on=None)
    return rows.select_related("topic__owner__region").order_by("-pk")[:most]


def counted(statements: Statements) -> "QuerySet[Any, Any]":
    """The statements with their sums: agree, disagree, passed, seen."""
    summed = statements.annotate(
        agree=Coalesce(Sum("tally_parts__agree"), 0),
        disagree=Coalesce(Sum("tally_parts__disagree"), 0),
        passed=Coalesce(Sum("tally_parts__passed"), 0),
    )
    return summed.annotate(seen=F("agree") + F("disagree") + F("passed"))


def ordered(topic: Topic, order: Order, *, rules: TopicRules) -> "QuerySet[Any, Any]":
    """The statements in an order; those whose tally isn't shown yet come after the others."""
    rows = counted(standing(topic))
    match order:
        case Order.NEWEST:
            return rows.order_by("-pk")
        case Order.UNSEEN:
            return rows.order_by("seen", "pk")
        case Order.AGREED:
            part: Combinable = F("agree")
        case Order.DIVIDED:
            part = Least(F("agree"), F("disagree"))
    share = Cast(part, FloatField()) / Cast(F("seen"), FloatField())
    enough = When(Q(seen__gte=rules.shown_from), then=share)
    scored = Case(enough, default=Value(NOT_YET), output_field=FloatField())
    shared: QuerySet[Any, Any] = rows.annotate(share=scored)
    return shared.order_by("-share", "-seen", "pk")


def next_for(topic: Topic, *, who: UUID | None) -> Statement | None:
    """What somebody should look at next: what fewest have seen and they haven't answered.

    Of those that equally few have seen each reader gets another one, so that no statement is asked
    of all at once.
    """
    rows = standing(topic)
    if who is not None:
        own = Stance.objects.filter(statement=OuterRef("pk"), who=who)
        rows = rows.filter(~Exists(own))
    mixed = MD5(Concat(Cast("pk", TextField()), Value(str(who), output_field=TextField())))
    found: Statement | None = counted(rows).order_by("seen", mixed).first()
    return found


def stances_taken(topic: Topic) -> int:
    """How many stances were taken on a topic."""
    parts = TallyPart.objects.filter(statement__topic=topic)
    sums = parts.aggregate(taken=Sum(F("agree") + F("disagree") + F("passed")))
    return int(sums["taken"] or 0)
