"""What a seal mark says of a deed: its number in the log, and how many witnesses stand for it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

from django.db import connection

from gongzhi.trust.order import numbers_of

# The newest signed checkpoint, and the newest that satisfies the quorum in force; each with how
# many of the witnesses there are now have cosigned it.
HEADS = """
SELECT head.size, head.is_anchored,
    (
        SELECT count(DISTINCT witness.id)
        FROM trust_cosignature AS line JOIN trust_witness AS witness ON witness.id = line.witness_id
        WHERE line.checkpoint_id = head.size AND witness.retired_at IS NULL
    ),
    (SELECT count(*) FROM trust_witness WHERE retired_at IS NULL)
FROM (
    (SELECT size, false AS is_anchored FROM trust_signedcheckpoint ORDER BY size DESC LIMIT 1)
    UNION ALL
    (
        SELECT checkpoint_id, true FROM trust_anchor
        WHERE quorum_id = (SELECT max(number) FROM trust_quorum)
        ORDER BY checkpoint_id DESC LIMIT 1
    )
) AS head
ORDER BY head.is_anchored
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """A deed's number, None while it waits for one; and who cosigned the checkpoint that proves it.

    `cosigners` of so many `witnesses`; whether those are enough, `is_anchored`.
    """

    index: int | None = None
    cosigners: int = 0
    witnesses: int = 0
    is_anchored: bool = False


WAITING = Seal()


class Head(NamedTuple):
    """A checkpoint: how many entries it covers, who of how many witnesses cosigned it."""

    size: int
    is_anchored: bool
    cosigners: int
    witnesses: int


def seals_of(leaves: Collection[UUID]) -> Mapping[UUID, Seal]:
    """The seals of leaves, in as many queries for a thousand of them as for one."""
    if not leaves:
        return {}
    heads = _heads()
    numbers = numbers_of(leaves) if heads else {}
    return {leaf: _sealed(numbers.get(leaf), heads) for leaf in leaves}


def _sealed(index: int | None, heads: list[Head]) -> Seal:
    """The seal of a number: under the newest anchored head that covers it, else the newest."""
    covering = [head for head in heads if index is not None and index < head.size]
    if not covering:
        return WAITING
    head = covering[-1]
    return Seal(
        index=index,
        cosigners=head.cosigners,
        witnesses=head.witnesses,
        is_anchored=head.is_anchored,
    )


def _heads() -> list[Head]:
    """The newest signed checkpoint, then the newest anchored one, where there is one."""
    with connection.cursor() as cursor:
        cursor.execute(HEADS)
        return [Head(*row) for row in cursor.fetchall()]
