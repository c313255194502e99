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

from gongzhi.cli.working import SILENT_S_MAX, SWEEP_PAUSE_S
from gongzhi.core.charter import VISITOR
from gongzhi.desk import actions, tasks
from gongzhi.desk.models import SharedResult
from gongzhi.parties.models import Deed

RETAKEN_S_MAX = 60
WORKER = """
import asyncio, sys
import django
django.setup()
from procrastinate.contrib.django import app
from gongzhi.cli import working

working.SILENT_S_MAX, working.SWEEP_PAUSE_S = float(sys.argv[1]), float(sys.argv[2])
with app.replace_connector(app.connector.get_worker_connector()) as worker:
    asyncio.run(working.keep_working(worker, sequence=lambda: 0))
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
def worker(*, silent_s: float, pause_s: float) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-c", WORKER, str(silent_s), str(pause_s)]
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


@pytest.mark.django_db(transaction=True)
def test_r06_a_job_whose_worker_was_killed_is_done_once_by_another(deep: bool):
    silent_s, pause_s = (SILENT_S_MAX, SWEEP_PAUSE_S) if deep else (3.0, 1.0)
    actions.share_result(by=VISITOR, result={}, consented=True)
    shared = SharedResult.objects.get()
    shared.consented_at -= timedelta(days=8)
    shared.expires_at -= timedelta(days=8)
    shared.save()
    job = ProcrastinateJob.objects.filter(pk=tasks.expire_shared_results.defer(timestamp=0))

    with psycopg.connect(address()) as holding:
        holding.execute("LOCK TABLE desk_sharedresult IN SHARE MODE")
        with worker(silent_s=SILENT_S_MAX, pause_s=SWEEP_PAUSE_S) as first:
            until(is_waiting, within_s=30)
            first.kill()
            first.wait()
        killed_at = time.monotonic()
    assert job.get().status == "doing"

    with worker(silent_s=silent_s, pause_s=pause_s):
        until(lambda: not job.exists(), within_s=RETAKEN_S_MAX)  # done jobs are deleted
        took = time.monotonic() - killed_at

    assert took <= RETAKEN_S_MAX
    assert not SharedResult.objects.exists()
    assert Deed.objects.filter(verb="expire_shared_results").count() == 1
