"""A worker that is killed in the middle of a job: another does it, once (QUALITY R06, F10)."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from urllib.parse import quote

import psycopg
import pytest
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

from gongzhi.core.charter import VISITOR
from gongzhi.desk import tasks
from gongzhi.desk.actions import sharing as actions
from gongzhi.desk.models import SharedResult
from gongzhi.parties.models import Deed

RETAKEN_S_MAX = 60
# A worker whose clock runs faster or as it is: heartbeats, silence and pauses in proportion.
WORKER = """
import asyncio, functools, sys
import django
django.setup()
from procrastinate.contrib.django import app
from gongzhi.cli import working
from gongzhi.trust.cosigning import Cosigning

faster = float(sys.argv[1])
working.SILENT_S_MAX /= faster
working.SWEEP_PAUSE_S /= faster
with app.replace_connector(app.connector.get_worker_connector()) as worker:
    worker.run_worker_async = functools.partial(
        worker.run_worker_async, update_heartbeat_interval=10 / faster
    )
    asyncio.run(working.keep_working(worker, sequence=lambda: 0, cosigning=Cosigning()))
"""
WAITS = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'DELETE FROM%'
"""


def address() -> str:
    chosen = connection.settings_dict
    host = quote(chosen["HOST"], safe="")
    return f"postgresql://{chosen['USER']}@/{chosen['NAME']}?host={host}"


@contextmanager
def worker(*, faster: int) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", WORKER, str(faster)]
    process = subprocess.Popen(command, env={**os.environ, "DATABASE_URL": address()})
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def until(true: Callable[[], bool], *, within_s: float) -> None:
    ends = time.monotonic() + within_s
    while not true():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.1)


def is_waiting() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(WAITS)
        return bool(cursor.fetchone()[0])


def is_gone() -> bool:
    return not SharedResult.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_r06_a_job_whose_worker_was_killed_is_done_once_by_another(deep: bool):
    faster = 1 if deep else 6
    actions.share_result(by=VISITOR, result={}, consented=True)
    shared = SharedResult.objects.get()
    shared.consented_at -= timedelta(days=8)
    shared.expires_at -= timedelta(days=8)
    shared.save()
    job = ProcrastinateJob.objects.filter(pk=tasks.expire_shared_results.defer(timestamp=0))

    with psycopg.connect(address()) as holding:
        holding.execute("LOCK TABLE desk_sharedresult IN SHARE MODE")
        with worker(faster=faster) as first:
            until(is_waiting, within_s=30)
            first.kill()
            first.wait()
        killed_at = time.monotonic()
    assert job.get().status == "doing"

    with worker(faster=faster):
        until(is_gone, within_s=RETAKEN_S_MAX)
        until(lambda: not job.exists(), within_s=RETAKEN_S_MAX)  # done jobs are deleted
        took = time.monotonic() - killed_at

    assert took <= RETAKEN_S_MAX
    assert Deed.objects.filter(verb="expire_shared_results").count() == 1
