"""R07: a clock that jumps: what was numbered stays in its order, and everything is still found."""

import time
from datetime import timedelta

import pytest
from django.utils import timezone

from apps.trust.entries import entry, leave_many
from apps.trust.installation import numbers
from gongzhi.trust import identifiers
from gongzhi.trust.appending import leave
from gongzhi.trust.auditing import audit
from gongzhi.trust.models import Bundle, SignedCheckpoint
from gongzhi.trust.order import leaves_since, numbers_of
from gongzhi.trust.proofs import index_of, proof_of
from gongzhi.trust.sequencing import sequence

pytestmark = pytest.mark.django_db
HOUR_NS = 3_600_000_000_000
TEN_MINUTES, FIVE_MINUTES = 1 / 6, 1 / 12
PAST_2038 = 125_000
JUMPS = (0, -24, TEN_MINUTES, PAST_2038, -1, -9000)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch):
    """Set the machine's clock so many hours from where it is."""
    real_now, real_ns, hours = timezone.now, time.time_ns, [0.0]
    monkeypatch.setattr(timezone, "now", lambda: real_now() + timedelta(hours=hours[0]))
    monkeypatch.setattr(time, "time_ns", lambda: real_ns() + int(hours[0] * HOUR_NS))
    # Its own identifiers: those of the tests after it are not to begin in the year of a jump.
    monkeypatch.setattr(identifiers, "_ascending", identifiers._Ascending())

    def jump(to: float, *, restarted: bool) -> None:
        hours[0] = to
        if restarted:  # a new process knows nothing of the identifiers that the old one gave
            monkeypatch.setattr(identifiers, "_ascending", identifiers._Ascending())

    return jump


@pytest.mark.parametrize("restarted", [False, True])
def test_r07_leaves_keep_their_order_and_are_found_whatever_the_clock_says(clock, restarted: bool):
    left = []
    for number, hours in enumerate(JUMPS):
        clock(hours, restarted=restarted)
        left += leave_many(100, first=100 * number)
        sequence()
    assert [index_of(leaf) for leaf in left] == list(range(600))
    assert numbers_of(left) == {leaf: index for index, leaf in enumerate(left)}
    assert leaves_since(0, count=600) == left
    assert Bundle.objects.count() == 2
    assert set(numbers().values()) == {1}
    sizes = list(SignedCheckpoint.objects.values_list("size", flat=True))
    assert sizes == [100, 200, 300, 400, 500, 600], "each was signed, in whatever year"
    assert all(proof_of(index) for index in (0, 299, 599))
    assert list(audit()) == []


def test_r07_in_one_process_a_consequence_never_comes_before_its_cause(clock):
    """Though the clock goes back while both wait."""
    cause = leave(entry(1))
    clock(-5000, restarted=False)
    consequence = leave(entry(2, because=str(cause.pk)))
    sequence()
    assert index_of(cause.pk) < index_of(consequence.pk)


def test_r07_of_two_processes_what_is_numbered_stays_before_what_comes(clock):
    cause = leave(entry(1))
    sequence()
    clock(-5000, restarted=True)
    consequence = leave(entry(2, because=str(cause.pk)))
    sequence()
    assert (index_of(cause.pk), index_of(consequence.pk)) == (0, 1)


def test_r07_two_machines_five_minutes_apart_write_one_log(clock, monkeypatch):
    """Each keeps its own order, and what was numbered stays before what comes from either."""
    clocks = {hours: identifiers._Ascending() for hours in (0, -FIVE_MINUTES)}
    left: dict[float, list] = {hours: [] for hours in clocks}
    for turn in range(4):
        for at, (hours, ascending) in enumerate(clocks.items()):
            clock(hours, restarted=False)
            monkeypatch.setattr(identifiers, "_ascending", ascending)
            left[hours] += leave_many(10, first=100 * turn + 10 * at)
        sequence()
        newest = [index_of(leaf) for leaves in left.values() for leaf in leaves[-10:]]
        assert sorted(newest) == list(range(20 * turn, 20 * turn + 20))
    for leaves in left.values():
        indexes = [index_of(leaf) for leaf in leaves]
        assert indexes == sorted(indexes)
    assert list(audit()) == []
