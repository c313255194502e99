"""`gongzhi work`: a lost worker's jobs are done all the same (QUALITY R06, F10)."""

import asyncio
import time
from collections import Counter

import pytest
from django.db import connection
from procrastinate.contrib.django import app
from procrastinate.periodic import PeriodicDeferrer

from gongzhi.cli.working import SILENT_S_MAX, SWEEP_PAUSE_S, sweep

RETAKEN_S_MAX = 60
WORKER = """
INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - %s * interval '1 second')
RETURNING id
"""
JOB = """
INSERT INTO procrastinate_jobs (queue_name, task_name, status, attempts, worker_id)
VALUES ('default', 'a task', 'doing', 1, %s) RETURNING id
"""


def job_of_worker(*, silent_s: float) -> int:
    with connection.cursor() as cursor:
        cursor.execute(WORKER, [silent_s])
        worker = cursor.fetchone()[0]
        cursor.execute(JOB, [worker])
        return cursor.fetchone()[0]


def status(job: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT status FROM procrastinate_jobs WHERE id = %s", [job])
        return cursor.fetchone()[0]


async def swept() -> int:
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        async with working.open_async():
            return await sweep(working, silent_s=SILENT_S_MAX)


@pytest.mark.django_db(transaction=True)
def test_r06_a_job_of_a_silent_worker_is_handed_out_again():
    lost = job_of_worker(silent_s=SILENT_S_MAX + 1)
    busy = job_of_worker(silent_s=1)

    assert asyncio.run(swept()) == 1
    assert (status(lost), status(busy)) == ("todo", "doing")


@pytest.mark.django_db(transaction=True)
def test_r06_where_the_same_work_waits_already_that_one_does_for_both():
    lost = job_of_worker(silent_s=SILENT_S_MAX + 1)
    waiting = job_of_worker(silent_s=1)
    same = "UPDATE procrastinate_jobs SET queueing_lock = 'same work', status = %s WHERE id = %s"
    with connection.cursor() as cursor:
        cursor.executemany(same, [["doing", lost], ["todo", waiting]])

    assert asyncio.run(swept()) == 1

    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM procrastinate_jobs WHERE queueing_lock = 'same work'")
        assert cursor.fetchall() == [(waiting,)]


async def scheduled_by(count: int, *, at: float) -> None:
    """So many schedulers, each of which believes that it is alone."""
    with app.replace_connector(app.connector.get_worker_connector()) as working:
        async with working.open_async():
            registry = working.periodic_registry
            alone = [PeriodicDeferrer(registry=registry, max_delay=600) for _ in range(count)]
            await asyncio.gather(
                *(each.defer_jobs(list(each.get_previous_tasks(at))) for each in alone)
            )


@pytest.mark.django_db(transaction=True)
def test_r19_of_two_schedulers_the_second_schedules_nothing_twice():
    now = time.time()
    asyncio.run(scheduled_by(2, at=now))
    asyncio.run(scheduled_by(1, at=now))

    periodic = [task for task, _ in app.periodic_registry.periodic_tasks]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT task_name FROM procrastinate_jobs WHERE task_name = ANY(%s)", [periodic]
        )
        jobs = Counter(name for (name,) in cursor.fetchall())
    assert "gongzhi.desk.tasks.tell_members" in jobs, "what is due each minute"
    assert {name for name, often in jobs.items() if often > 1} == set()


def test_r06_it_is_retaken_within_a_minute():
    assert SILENT_S_MAX + SWEEP_PAUSE_S <= RETAKEN_S_MAX
