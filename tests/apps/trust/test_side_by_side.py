"""Many writers, several sequencers, and sequencers killed in the middle."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection, transaction

from apps.trust.entries import leave_many
from gongzhi.core.ledger.policy import read_policy
from gongzhi.core.ledger.proof import Proven, verdict_on
from gongzhi.trust.auditing import audit
from gongzhi.trust.models import PendingLeaf, SignedCheckpoint
from gongzhi.trust.proofs import entry_at, head, index_of, proof_of
from gongzhi.trust.sequencing import sequence

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS = 8
WAIT_S_MAX = 20
SEQUENCER = """
import sys
import django
django.setup()
from django.conf import settings
from gongzhi.trust.sequencing import sequence
settings.LOG_PUBLISH_PAUSE_S = 0
print("ready", flush=True)
while True:
    sequence()
"""


def in_threads(work, *arguments):
    """Each call in a thread with a connection of its own."""

    def alone(argument):
        try:
            return work(argument)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as threads:
        return list(threads.map(alone, arguments))


def left(count, *, first):
    with transaction.atomic():
        return leave_many(count, first=first)


def test_r19_of_two_sequencers_one_works_at_a_time_and_nothing_is_numbered_twice():
    left(600, first=0)
    assert sum(in_threads(lambda _: sequence(), *range(4))) == 600
    sequence()
    assert_whole(range(600))


def test_eight_writers_at_once_leave_no_gap():
    def write(writer):
        leaves = []
        for turn in range(20):
            leaves += left(3, first=writer * 1000 + turn * 3)
            if turn % 5 == writer % 5:
                sequence()
        return leaves

    written = in_threads(write, *range(WRITERS))
    sequence()
    assert_whole(writer * 1000 + number for writer in range(WRITERS) for number in range(60))
    for leaves in written:
        indexes = [index_of(leaf) for leaf in leaves]
        assert indexes == sorted(indexes), "one writer's leaves keep their order"


def test_a_deed_still_under_way_is_not_numbered_and_holds_nobody_up():
    with transaction.atomic():
        [waiting] = leave_many(1)
        assert in_threads(lambda _: left(5, first=1) and sequence(), 0) == [5]
    assert index_of(waiting) is None
    sequence()
    assert index_of(waiting) == 5


def test_r01_a_sequencer_killed_inside_its_transaction_loses_and_doubles_nothing():
    left(10, first=0)
    sequence()
    left(300, first=10)
    with transaction.atomic():
        lock("SELECT FROM trust_head FOR UPDATE")
        with sequencer() as process:
            until_it_waits_for(process)
            process.kill()
    assert PendingLeaf.objects.count() == 300
    until(lambda: sequence() == 300)
    assert_whole(range(310))


def test_r01_a_sequencer_killed_between_its_note_and_its_publication_signs_the_same_again():
    left(3, first=0)
    with transaction.atomic():
        lock("LOCK TABLE trust_signedcheckpoint IN SHARE MODE")
        with sequencer() as process:
            until_it_waits_for(process)
            process.kill()
    noted = settings.LOG_KEY_FILE.with_name("log.published").read_text()
    assert not SignedCheckpoint.objects.exists()
    until(lambda: sequence() == 0 and head())
    assert head().note == noted
    assert_whole(range(3))


def test_r01_sequencers_killed_at_random_moments_lose_and_double_nothing(deep):
    chance, count = random.Random(7), 0  # noqa: S311 - repeatable, and secret to nobody
    for _ in range(200 if deep else 4):
        with sequencer() as process:
            process.stdout.readline()
            for _ in range(10):
                left(chance.randrange(1, 60), first=count)
                count = total()
            time.sleep(chance.random() * 0.05)
            process.kill()
    until(lambda: sequence() == 0 and not PendingLeaf.objects.exists())
    assert_whole(range(count))


def total():
    """How many leaves were ever left, read at one moment."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT (SELECT count(*) FROM trust_pendingleaf)"
            " + coalesce((SELECT size FROM trust_head), 0)"
        )
        return cursor.fetchone()[0]


def assert_whole(numbers):
    """Every number stands in the log once, no index is missing, every proof holds."""
    assert list(audit()) == []
    published = head()
    policy, size = read_policy(published.policy), published.checkpoint.size
    stored = [json.loads(entry_at(index))["public"]["number"] for index in range(size)]
    assert sorted(stored) == sorted(numbers)
    assert entry_at(size) is None
    for index in range(0, size, 37):
        proof = proof_of(index)
        verdict = verdict_on(proof.text.encode(), record=proof.record, policy=policy)
        assert isinstance(verdict, Proven)


@contextmanager
def sequencer():
    """A sequencer in a process of its own, on the test's database and key."""
    chosen = connection.settings_dict
    address = f"postgresql://{chosen['USER']}@/{chosen['NAME']}?host={quote(chosen['HOST'], '')}"
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": "gongzhi.web.settings",
        "GONGZHI_LOG_KEY_FILE": str(settings.LOG_KEY_FILE),
    }
    environment.setdefault("DATABASE_URL", address)
    command = [sys.executable, "-c", SEQUENCER]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE) as process:
        try:
            yield process
        finally:
            process.send_signal(signal.SIGKILL)


def lock(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)


def until(condition):
    """Wait until it holds."""
    deadline = time.monotonic() + WAIT_S_MAX
    while not condition():
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)


def until_it_waits_for(process):
    """Wait until the sequencer stands before a lock that this test holds."""
    process.stdout.readline()
    until(somebody_waits)


def somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM pg_locks WHERE NOT granted)")
        return cursor.fetchone()[0]
