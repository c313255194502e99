"""Between which moments an entry came: the witnesses' moments, not the writer's claim."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from gongzhi.trust.interval import interval_of
from gongzhi.trust.models import Anchor, Cosignature, Quorum, SignedCheckpoint, Witness

pytestmark = pytest.mark.django_db


def at(second: int) -> datetime:
    return datetime.fromtimestamp(second, tz=UTC)


def anchored(stated: Mapping[int, Sequence[int]]) -> None:
    """Checkpoints by their size, each cosigned at some moments; two witnesses are enough."""
    now = timezone.now()
    quorum = Quorum.objects.create(number=1, text="", threshold=2, deed=uuid4(), since_at=now)
    witnesses = [
        Witness.objects.create(
            name=f"w{n}", key=f"k{n}", operator="某方", admitted_by=uuid4(), admitted_at=now
        )
        for n in range(3)
    ]
    for size, moments in stated.items():
        checkpoint = SignedCheckpoint.objects.create(size=size, note="", key="", signed_at=now)
        for witness, moment in zip(witnesses, moments, strict=True):
            Cosignature.objects.create(
                checkpoint=checkpoint,
                witness=witness,
                line="",
                stated_at_s=moment,
                received_at=now,
            )
        Anchor.objects.create(checkpoint=checkpoint, quorum=quorum, anchored_at=now)


@pytest.mark.parametrize(
    ("index", "after", "before"),
    [
        (0, None, at(102)),  # in the first checkpoint: only a "before" is proved
        (2, None, at(102)),
        (3, at(100), at(207)),  # the first entry that the first checkpoint doesn't have
        (5, at(100), at(207)),
        (6, at(200), None),  # not under a quorum yet
    ],
)
def test_an_entry_came_between_two_quorums(index: int, after, before):
    anchored({3: (100, 102, 109), 6: (200, 207, 230)})

    found = interval_of(index)

    assert (found.after, found.before) == (after, before)


@pytest.mark.parametrize("absurd", [2**40, 2**62])
def test_a_moment_that_no_calendar_reaches_proves_nothing(absurd: int):
    """A witness may state any 63 bits."""
    anchored({3: (100, absurd, absurd + 1)})

    found = interval_of(0)

    assert (found.after, found.before) == (None, None)
