"""The statements of a topic as readers meet them: the next one to answer, and all with tallies."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import TypeAlias
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from gongzhi.core.participating.stances import Tally
from gongzhi.forum.models import Stance, Statement, TallyPart, Topic
from gongzhi.forum.posts import hidden, shown_only

Statements: TypeAlias = "QuerySet[Statement, Statement]"


def standing(topic: Topic) -> Statements:
    """The statements that are shown: neither withdrawn nor hidden."""
    return shown_only(Statement.objects.filter(topic=topic, withdrawn_on=None))


def not_shown(topic: Topic, *, most: int) -> Statements:
    """The newest statements that were hidden, for the page to say so."""
    rows = Statement.objects.filter(topic=topic, pk__in=hidden("statement"), withdrawn_on=None)
    return rows.select_related("topic__owner__region").order_by("-pk")[:most]


def tallies_shown(topic: Topic) -> dict[UUID, Tally]:
    """The tally of each statement that is shown, in one query."""
    summed = (
        standing(topic)
        .order_by()
        .values_list("pk")
        .annotate(
            agree=Coalesce(Sum("tally_parts__agree"), 0),
            disagree=Coalesce(Sum("tally_parts__disagree"), 0),
            passed=Coalesce(Sum("tally_parts__passed"), 0),
        )
    )
    return {
        pk: Tally(agree=agree, disagree=disagree, passed=passed)
        for pk, agree, disagree, passed in summed
    }


def statements_of(keys: Sequence[UUID]) -> list[Statement]:
    """Statements by their keys, in the order of these."""
    rows: dict[UUID, Statement] = Statement.objects.with_facts().in_bulk(keys)
    return [rows[each] for each in keys]


def next_for(topic: Topic, tallies: Mapping[UUID, Tally], *, who: UUID | None) -> UUID | None:
    """What somebody should look at next: what fewest have seen and they haven't answered.

    Of those that equally few have seen each reader gets another one, so that no statement is asked
    of all at once.
    """
    answered: set[UUID] = set()
    if who is not None:
        own = Stance.objects.filter(statement__topic=topic, who=who)
        answered = set(own.values_list("statement_id", flat=True))
    left = [(tally.seen, pk) for pk, tally in tallies.items() if pk not in answered]
    if not left:
        return None
    fewest = min(seen for seen, _ in left)
    return min((pk for seen, pk in left if seen == fewest), key=lambda pk: _mixed(pk, who))


def _mixed(statement: UUID, who: UUID | None) -> bytes:
    return blake2b(f"{statement}{who}".encode(), digest_size=8).digest()


def stances_taken(topic: Topic) -> int:
    """How many stances were taken on a topic."""
    parts = TallyPart.objects.filter(statement__topic=topic)
    sums = parts.aggregate(taken=Sum(F("agree") + F("disagree") + F("passed")))
    return int(sums["taken"] or 0)
