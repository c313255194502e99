"""The tallies of statements: added to with each stance, in its transaction, without queueing.

A statement's tally is the sum of its parts. Whoever adds takes a part that nobody holds at that
moment and makes a new one where all are held: there are as many parts as people who once answered
the same statement at the same moment, mostly one.
"""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.db import connection
from django.db.models import Sum

from gongzhi.core.participating.stances import Stance as StanceValue
from gongzhi.core.participating.stances import Tally
from gongzhi.forum.models import Stance, TallyPart

KEEP = """
INSERT INTO forum_stance (statement_id, who, value) VALUES (%s, %s, %s)
ON CONFLICT (statement_id, who) DO NOTHING
"""
FREE_PART = """
UPDATE forum_tallypart
SET agree = agree + %s, disagree = disagree + %s, passed = passed + %s
WHERE id = (
    SELECT id FROM forum_tallypart WHERE statement_id = %s
    ORDER BY id LIMIT 1 FOR UPDATE SKIP LOCKED
)
"""


def keep_stance(statement: UUID, *, who: UUID, stance: StanceValue) -> StanceValue | None:
    """Keep what somebody thinks of a statement; returns what they thought before, if anything.

    Two of theirs at once: the second waits for the first, and finds it.
    """
    with connection.cursor() as cursor:
        cursor.execute(KEEP, [statement, who, int(stance)])
        if cursor.rowcount:
            return None
    row = Stance.objects.select_for_update().get(statement_id=statement, who=who)
    before = StanceValue(row.value)
    if before is not stance:
        row.value = int(stance)
        row.save(update_fields=["value"])
    return before


def count(statement: UUID, stance: StanceValue, *, instead_of: StanceValue | None) -> None:
    """Add a stance to the statement's tally, or put it in the place of another."""
    step = Tally().plus(stance, instead_of=instead_of)
    with connection.cursor() as cursor:
        cursor.execute(FREE_PART, [step.agree, step.disagree, step.passed, statement])
        if cursor.rowcount:
            return
    TallyPart.objects.create(
        statement_id=statement, agree=step.agree, disagree=step.disagree, passed=step.passed
    )


def tallies_of(statements: Collection[UUID]) -> Mapping[UUID, Tally]:
    """The tallies of statements; one without a stance has an empty one."""
    parts = TallyPart.objects.filter(statement__in=statements).order_by().values("statement")
    sums = parts.annotate(a=Sum("agree"), d=Sum("disagree"), p=Sum("passed"))
    found = {
        each["statement"]: Tally(agree=each["a"], disagree=each["d"], passed=each["p"])
        for each in sums
    }
    return {statement: found.get(statement, Tally()) for statement in statements}


def stances_of(who: UUID, statements: Collection[UUID]) -> Mapping[UUID, StanceValue]:
    """What somebody thinks of those statements on which they took a stance."""
    rows = Stance.objects.filter(who=who, statement__in=statements)
    return {row.statement_id: StanceValue(row.value) for row in rows}
