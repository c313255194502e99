"""Processes that end with the program that started them, however it ends."""

import os
import threading
from collections.abc import Callable
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess

PATIENCE_S = 10
PAUSE_S = 1.0


def end_with_parent() -> None:
    """From now on this process ends when its parent does, even if that was killed.

    It also leaves the terminal's group: Ctrl-C goes to the parent, which ends its children
    in order.
    """
    os.setpgid(0, 0)
    threading.Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = parent_process()
    assert parent, "only a child process has a parent to watch"
    wait([parent.sentinel])
    os._exit(1)


class Kept:
    """A function that runs in a process of its own and is started again when that dies."""

    def __init__(self, target: Callable[[], None]) -> None:
        self._target = target
        self._ending = threading.Event()
        self._process = self._started()
        self._thread = threading.Thread(target=self._keep, daemon=True)
        self._thread.start()

    def _started(self) -> SpawnProcess:
        process = get_context("spawn").Process(target=self._target)
        process.start()
        return process

    def _keep(self) -> None:
        while True:
            self._process.join()
            if self._ending.wait(PAUSE_S):
                return
            self._process = self._started()

    def end(self) -> None:
        """Ask the process to finish what it does, and make it end if it doesn't."""
        self._ending.set()
        self._process.terminate()
        self._process.join(PATIENCE_S)
        if self._process.is_alive():
            self._process.kill()
        self._thread.join(PATIENCE_S)
