"""Killed at any step, the log goes on as if nothing had been: nothing lost, doubled or forked."""

from collections import Counter
from itertools import product
from pathlib import Path

import pytest

from apps.trust.failpoints import Point, Side, died
from apps.trust.installation import DEEDS, Installation, numbers
from apps.trust.watchers import LETTERS, watching
from gongzhi.trust.auditing import audit
from gongzhi.trust.models import PendingLeaf
from gongzhi.trust.proofs import head

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]
TRUST = "gongzhi.trust"
# Each side effect from a deed to its published proof, in the order in which they happen.
POINTS = [
    Point("apps.trust.entries.leave", 3),
    Point("apps.trust.installation.commit_deeds"),
    Point(f"{TRUST}.sequencing._taken"),
    Point(f"{TRUST}.sequencing.store_tiles"),
    Point(f"{TRUST}.sequencing._grow"),
    Point(f"{TRUST}.sequencing._append"),
    Point(f"{TRUST}.sequencing._number_batch"),
    Point(f"{TRUST}.publishing.write_whole"),
    Point(f"{TRUST}.sequencing.publish"),
    Point(f"{TRUST}.sequencing._publish"),
    *(Point(f"{TRUST}.cosigning.ask", call) for call in (1, 4, 5)),
    *(Point(f"{TRUST}.cosigning.keep", call) for call in (1, 4, 5)),
    *(Point(f"{TRUST}.cosigning._note", call) for call in (1, 5)),
    *(Point(f"{TRUST}.shelves.Folder.put", call) for call in (1, 2, 3, 4, 5)),
    *(Point("pathlib.Path.replace", call) for call in (1, 2, 3, 4, 5, 6)),
]
# Without --deep each kind of effect is tried on one side, in turn.
FEW = [
    (point, list(Side)[number % 2])
    for number, point in enumerate({point.place: point for point in POINTS}.values())
]


def test_r02_killed_on_either_side_of_each_effect_nothing_is_lost_doubled_or_forked(
    tmp_path: Path, deep: bool
):
    installation = Installation(tmp_path)
    with watching(tmp_path / "witnesses") as watchers:
        watchers.admit()
        installation.live()
        expected = Counter(range(DEEDS))
        for point, side in product(POINTS, Side) if deep else FEW:
            installation.next += DEEDS
            assert died(point, side, doing=installation.live), f"{point} was not reached"
            before = installation.follow()  # whoever looks now finds a whole log

            installation.work()
            deeds = numbers() - expected
            batch = Counter(range(installation.next, installation.next + DEEDS))
            heard = installation.acknowledged.read_text().split()
            assert deeds in ([batch] if str(installation.next) in heard else [batch, Counter()])
            expected += deeds
            assert numbers() == expected, (point, side)
            assert not PendingLeaf.objects.exists()
            assert installation.follow() == head().checkpoint.size >= before
            assert list(audit()) == [], (point, side)
            assert head().unanchored_since is None
            assert len(head().cosigners) == len(LETTERS)
        for letter in LETTERS:
            origin = head().checkpoint.origin
            assert list(watchers.store(letter).evidence(origin)) == []


def test_of_two_processes_that_die_over_one_another_s_work_the_third_finds_it_whole(
    tmp_path: Path,
):
    installation = Installation(tmp_path)
    first = Point(f"{TRUST}.publishing.write_whole")
    second = Point(f"{TRUST}.sequencing._publish")
    assert died(first, Side.AFTER, doing=installation.live)
    assert died(second, Side.BEFORE, doing=installation.work)
    assert died(second, Side.AFTER, doing=installation.work)
    installation.work()
    assert numbers() == Counter(range(DEEDS))
    assert list(audit()) == []
