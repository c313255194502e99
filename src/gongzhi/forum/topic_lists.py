"""The statements of a topic as readers meet them: the next one to answer, and all with tallies."""

from collections.abc import Mapping, Sequence
from hashlib import blake2b
from math import log
from typing import TypeAlias
from uuid import UUID

from django.db.models import F, QuerySet, Sum
from django.db.models.functions import Coalesce

from gongzhi.core.balance.opinions.counting import priority_unseen
from gongzhi.core.balance.opinions.showing import in_thousandths
from gongzhi.core.participating.stances import Tally
from gongzhi.forum.models import OpinionMap, Stance, Statement, TallyPart, Topic
from gongzhi.forum.posts import hidden, shown_only

LOTS = 1 << 48
PRIORITY_UNSEEN = in_thousandths(priority_unseen())  # of a statement that no map knows yet
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
    """What somebody should look at next, of what they haven't answered.

    While there is a map of opinions, what deserves it most (Polis: comment priority), each reader
    by lots of their own that weigh as much; before, what fewest have seen. So no statement is asked
    of all at once.
    """
    answered: set[UUID] = set()
    if who is not None:
        own = Stance.objects.filter(statement__topic=topic, who=who)
        answered = set(own.values_list("statement_id", flat=True))
    left = [pk for pk in tallies if pk not in answered]
    if not left:
        return None
    known = OpinionMap.objects.filter(topic=topic).values_list("priorities", flat=True).first()
    if known:
        weight = {pk: max(1, known.get(str(pk), PRIORITY_UNSEEN)) for pk in left}
        return min(left, key=lambda pk: -log(_lot(pk, who)) / weight[pk])
    fewest = min(tallies[pk].seen for pk in left)
    return min((pk for pk in left if tallies[pk].seen == fewest), key=lambda pk: _lot(pk, who))


def by_priority(tallies: Mapping[UUID, Tally], known: Mapping[str, int]) -> list[UUID]:
    """Statements by how much they deserve to be looked at next; of equals the older one first."""
    return sorted(tallies, key=lambda pk: (-known.get(str(pk), PRIORITY_UNSEEN), pk))


def _lot(statement: UUID, who: UUID | None) -> float:
    """A reader's lot for a statement, above 0 and up to 1, the same each time."""
    drawn = blake2b(f"{statement}{who}".encode(), digest_size=6).digest()
    return (int.from_bytes(drawn) + 1) / LOTS


def stances_taken(topic: Topic) -> int:
    """How many stances were taken on a topic."""
    parts = TallyPart.objects.filter(statement__topic=topic)
    sums = parts.aggregate(taken=Sum(F("agree") + F("disagree") + F("passed")))
    return int(sums["taken"] or 0)
