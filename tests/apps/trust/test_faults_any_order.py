"""Whatever happens to a log in whatever order, its history is one (QUALITY S67).

Deeds, numbering, cosigning, publishing, crashes, old backups, rejoining, tampering, clocks that
jump, witnesses that come and go: after every step each deed that held stands once or waits, and
what had its quorum once is history for ever.
"""

import json
import time
from collections import Counter
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings as installation_settings
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from apps.trust.administrator import by_sql, without_triggers
from apps.trust.backups import Backup, back_up, restore
from apps.trust.entries import entry
from apps.trust.failpoints import Point, Side, died
from apps.trust.installation import numbers, work
from apps.trust.watchers import GONE, LETTERS, Watchers, changed
from gongzhi.core.ledger.checkpoint import Checkpoint, read_checkpoint
from gongzhi.core.ledger.note import read_note
from gongzhi.core.ledger.policy import read_policy
from gongzhi.parties.rejoining import rejoin_log
from gongzhi.trust import witnesses
from gongzhi.trust.appending import leave
from gongzhi.trust.auditing import audit
from gongzhi.trust.models import Head, PendingLeaf
from gongzhi.trust.proofs import believable_head, head, proof_of
from gongzhi.trust.publishing import BEHIND
from gongzhi.trust.refusing import LogRefused
from gongzhi.trust.tiles import root_at
from gongzhi.witness.mirroring import mirror

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning"),
]
POINTS = [
    Point("gongzhi.trust.sequencing._append"),
    Point("gongzhi.trust.sequencing._number_batch"),
    Point("gongzhi.trust.publishing.write_whole"),
    Point("gongzhi.trust.sequencing._publish"),
    Point("gongzhi.trust.cosigning.keep", 4),
    Point("gongzhi.trust.shelves.Folder.put", 2),
]
SPOIL = """
UPDATE trust_tile SET hashes = set_byte(hashes, 1, get_byte(hashes, 1) # 1)
WHERE level = 0 AND number = %s
"""


class Life(RuleBasedStateMachine):
    """The life of one log, with five witnesses and a party that mirrors it."""

    folder: Path
    empty: Backup
    clock: list[timedelta]
    lives = 0

    @initialize()
    def found(self) -> None:
        """As it was when its first entries were cosigned and published."""
        restore(self.empty)
        Life.lives += 1
        self.room = self.folder / str(Life.lives)
        self.published = self.room / "published"
        installation_settings.LOG_KEY_FILE = self.room / "keys" / "log"
        self.clock[0] = timedelta(0)
        self.watchers = Watchers(self.room / "witnesses")
        self.watchers.admit()
        self.next, self.left = 0, set()
        self.seen: dict[int, Checkpoint] = {}
        self.backups: list[tuple[Backup, set[int]]] = []
        self.do_deeds(3)
        work(self.published)
        self._follow()

    def teardown(self) -> None:
        if hasattr(self, "watchers"):
            self.watchers.end()

    @rule(count=st.integers(1, 130))
    def do_deeds(self, count: int) -> None:
        with transaction.atomic():
            for number in range(self.next, self.next + count):
                leave(entry(number))
        self.left |= set(range(self.next, self.next + count))
        self.next += count

    @rule()
    def work(self) -> None:
        """Number, sign, ask, publish; a log that is behind what it signed does nothing of it."""
        if self.is_behind:
            with pytest.raises(LogRefused) as refused:
                work(self.published)
            assert refused.value.said.text == BEHIND
        else:
            work(self.published)
            self._follow()
            assert not PendingLeaf.objects.exists()

    def _follow(self) -> None:
        """The party mirrors what is published, checking that it grew."""
        policy = read_policy(head().policy)
        mirror(str(self.published), self.room / "copy", policy=policy)

    @rule(point=st.sampled_from(POINTS), side=st.sampled_from(Side))
    def die(self, point: Point, side: Side) -> None:
        """By kill −9 in the midst of the work, if it comes so far."""
        died(point, side, doing=partial(work, self.published))

    @rule()
    def back_up(self) -> None:
        self.backups.append((back_up(), set(self.left)))

    @precondition(lambda self: self.backups)
    @rule()
    def restore_the_oldest_backup(self) -> None:
        """The disk is gone; the key, and the note beside it, were kept apart."""
        backup, self.left = self.backups.pop(0)
        restore(backup)

    @precondition(lambda self: self.is_behind)
    @rule(source=st.sampled_from(["published", "copy"]))
    def rejoin(self, source: str) -> None:
        """From the public folder or the party's copy; one that is shorter still is refused."""
        before = Head.objects.get().size
        try:
            done = rejoin_log(self.room / source)
        except LogRefused:
            assert Head.objects.get().size == before
        else:
            assert done.size >= before
            self.left |= set(numbers())

    @rule(letter=st.sampled_from(LETTERS), is_there=st.booleans())
    def let_a_witness_come_or_go(self, letter: str, is_there: bool) -> None:
        address = self.watchers.address(letter) if is_there else GONE
        changed(witnesses.move, f"{letter}.example", address=address)

    @rule(hours=st.integers(-5000, 5000))
    def let_the_clock_jump(self, hours: int) -> None:
        self.clock[0] = timedelta(hours=hours)

    @rule(data=st.data())
    def tamper(self, data: st.DataObject) -> None:
        """The audit names it and no proof of it is given; then it is put right again."""
        index = data.draw(st.integers(0, Head.objects.get().size - 1))
        self._spoil(index)
        assert list(audit()) != []
        neighbour = index // 256 * 256 + 1  # whose path leads over the hash that was altered
        if neighbour < believable_head().checkpoint.size:
            with pytest.raises(LogRefused):
                proof_of(neighbour)
        self._spoil(index)

    def _spoil(self, index: int) -> None:
        with without_triggers():
            assert by_sql(SPOIL, index // 256) == 1

    @property
    def is_behind(self) -> bool:
        """Whether more was signed than the database knows of."""
        noted = installation_settings.LOG_KEY_FILE.with_name("log.published").read_text()
        return Head.objects.get().size < read_checkpoint(read_note(noted).text).size

    @invariant()
    def every_deed_that_held_stands_once_or_waits(self) -> None:
        waiting = [json.loads(bytes(leaf.entry)) for leaf in PendingLeaf.objects.all()]
        stands = numbers() + Counter(told["public"]["number"] for told in waiting)
        assert stands == Counter(self.left)

    @invariant()
    def what_had_its_quorum_once_is_history_for_ever(self) -> None:
        published, size = believable_head(), Head.objects.get().size
        if published.unanchored_since is None:
            known = self.seen.setdefault(published.checkpoint.size, published.checkpoint)
            assert known == published.checkpoint
        for checkpoint in self.seen.values():
            assert checkpoint.size <= size or self.is_behind
            assert checkpoint.size > size or root_at(checkpoint.size) == checkpoint.root

    @invariant()
    def the_audit_finds_nothing(self) -> None:
        assert list(audit()) == []


def test_s67_in_whatever_order_things_happen_a_log_has_one_history(
    tmp_path: Path, deep: bool, monkeypatch: pytest.MonkeyPatch
):
    real_now, real_ns = timezone.now, time.time_ns
    Life.folder, Life.empty, Life.clock = tmp_path, back_up(), [timedelta(0)]
    monkeypatch.setattr(timezone, "now", lambda: real_now() + Life.clock[0])
    shift = 1_000_000_000
    monkeypatch.setattr(
        time, "time_ns", lambda: real_ns() + int(Life.clock[0].total_seconds()) * shift
    )
    run_state_machine_as_test(
        Life,
        settings=settings(
            max_examples=100 if deep else 3,
            stateful_step_count=40 if deep else 10,
            suppress_health_check=list(HealthCheck),
            derandomize=not deep,
            # Shrinking would take longer than all the rest, and end at another cause.
            phases=[Phase.generate] if deep else list(Phase),
        ),
    )
