"""`gongzhi work`: the sequencer of the log, the asking of its witnesses, its files, and the jobs.

More than one may run: sequencer, asking and files take a lock, jobs are handed out by the database.
"""

import argparse
import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Protocol, cast

from django.conf import settings
from django.db import close_old_connections
from django.utils.module_loading import import_string
from procrastinate import App
from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Job, Status

from gongzhi.cli.children import end_with_parent
from gongzhi.cli.loading import load_django
from gongzhi.cli.schema import owner_address
from gongzhi.cli.telling import CannotRun, complain
from gongzhi.trust.refusing import LogRefused

# How long a deed waits for its number in the log at most, when nothing else does.
SEQUENCE_PAUSE_S = 0.5
REFUSED_PAUSE_S = 30.0
# How long a new checkpoint waits at most until witnesses are asked about it.
COSIGN_PAUSE_S = 0.25
# How long a new checkpoint waits at most until the published files show it.
EXPORT_PAUSE_S = 1.0
SWEEP_PAUSE_S = 15.0
SILENT_S_MAX = 30.0
STOP_S_MAX = 5.0


def arguments(parser: argparse.ArgumentParser) -> None:
    """`work` takes none of its own."""


def run(options: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes them
    """Work for the database that DATABASE_URL names until a signal ends it."""
    owner_address()
    load_django()
    work()
    return 0


def work_as_child() -> None:
    """The same, as a child of the demo."""
    end_with_parent()
    load_django()
    import_string("gongzhi.city.tasks.live_until_day")  # a demo's own job
    work()


def work() -> None:
    """Number the log's leaves and do the jobs; a fault in either ends both."""
    connector = app.connector
    assert isinstance(connector, DjangoConnector), "settings name another connector"
    with app.replace_connector(connector.get_worker_connector()) as working:
        asyncio.run(
            keep_working(
                working,
                sequence=import_string("gongzhi.trust.sequencing.sequence"),
                cosigning=import_string("gongzhi.trust.cosigning.Cosigning")(),
                exporting=_exporting(),
            )
        )


def _exporting() -> Callable[[], bool] | None:
    """A round of publishing the log's files, where they are to be published."""
    place = settings.LOG_EXPORT
    if not place:
        return None
    try:
        return cast(
            Callable[[], bool],
            import_string("gongzhi.trust.export_rounds.Exporting")(
                place, beside=import_string("gongzhi.parties.batch_files.export_batches")
            ).round,
        )
    except LogRefused as refused:
        raise CannotRun(refused.said) from refused


class Asking(Protocol):
    """The asking of witnesses, round by round."""

    def round(self) -> bool:
        """Ask whoever has to be asked; whether there was anything to do."""
        ...

    def end(self) -> None:
        """Ask no more."""
        ...


async def keep_working(
    working: App,
    *,
    sequence: Callable[[], int],
    cosigning: Asking,
    exporting: Callable[[], bool] | None = None,
) -> None:
    """Everything side by side, until the worker is asked to stop."""
    async with working.open_async(), asyncio.TaskGroup() as group:
        beside = [
            group.create_task(keep_sequencing(sequence)),
            group.create_task(keep_cosigning(cosigning)),
            group.create_task(keep_sweeping(working)),
        ]
        if exporting:
            beside.append(group.create_task(keep_exporting(exporting)))
        await working.run_worker_async(
            delete_jobs="successful", shutdown_graceful_timeout=STOP_S_MAX
        )
        for task in beside:
            task.cancel()


async def keep_sequencing(sequence: Callable[[], int]) -> None:
    """Number what waits, and at once what comes meanwhile."""
    await _keep_doing(sequence, pause_s=lambda numbered: 0 if numbered else SEQUENCE_PAUSE_S)


async def keep_cosigning(cosigning: Asking) -> None:
    """Ask the witnesses about every new checkpoint, beside the sequencer and not in its way."""
    try:
        await _keep_doing(cosigning.round, pause_s=lambda _: COSIGN_PAUSE_S)
    finally:
        cosigning.end()


async def keep_exporting(export: Callable[[], bool]) -> None:
    """Publish the log's files beside everything else; a full disk is told, and tried again."""
    await _keep_doing(export, pause_s=lambda _: EXPORT_PAUSE_S)


async def _keep_doing(work: Callable[[], int], *, pause_s: Callable[[int], float]) -> None:
    """Do it again and again, always in the same thread, which keeps one connection.

    A log that refuses to go on says why, and everything else goes on without it.
    """
    loop = asyncio.get_running_loop()
    with ThreadPoolExecutor(1) as thread:
        while True:
            await loop.run_in_executor(thread, close_old_connections)
            try:
                done = await loop.run_in_executor(thread, work)
            except LogRefused as refused:
                complain(refused.said)
                await asyncio.sleep(REFUSED_PAUSE_S)
            else:
                await asyncio.sleep(pause_s(done))


async def keep_sweeping(working: App) -> None:
    """Hand out again the jobs of workers that fell silent; every job may run twice."""
    while True:
        await sweep(working, silent_s=SILENT_S_MAX)
        await asyncio.sleep(SWEEP_PAUSE_S)


async def sweep(working: App, *, silent_s: float) -> int:
    """Retry the jobs whose worker has been silent that long; how many there were."""
    stalled = await working.job_manager.get_stalled_jobs(seconds_since_heartbeat=silent_s)
    jobs = list(stalled)
    for job in jobs:
        await hand_out_again(working, job)
    return len(jobs)


async def hand_out_again(working: App, job: Job) -> None:
    """Retry a job; where the same work waits already, that one does for both."""
    try:
        await working.job_manager.retry_job(job)
    except UniqueViolation:
        await working.job_manager.finish_job(job, status=Status.FAILED, delete_job=True)
