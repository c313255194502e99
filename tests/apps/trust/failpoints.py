"""A process that dies by kill −9 before or after one of its side effects.

Before: the effect failed and is not there. After: it is there, and whoever asked for it never heard
so. Both kinds are tried at every point (QUALITY R02). The process is a fork of the test's own, with
connections of its own; what it replaces in itself is gone with it.
"""

import importlib
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db import connections

NOT_REACHED = 3


class Side(StrEnum):
    """On which side of the effect the process dies."""

    BEFORE = "before"
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Point:
    """A function of the program, by the name under which it is called, and which call of it."""

    place: str
    call: int = 1

    def arm(self, side: Side) -> None:
        """Let this process die there."""
        owner, name = _owner(self.place)
        whole = getattr(owner, name)
        calls = iter(range(1, 1_000_000))

        def deadly(*given: Any, **named: Any) -> Any:
            is_the_one = next(calls) == self.call
            if is_the_one and side is Side.BEFORE:
                die()
            answer = whole(*given, **named)
            if is_the_one:
                die()
            return answer

        setattr(owner, name, deadly)

    def __str__(self) -> str:
        return f"{self.place} ({self.call})"


def die() -> None:
    """At once and without a word, as by kill −9."""
    os.kill(os.getpid(), signal.SIGKILL)


def _owner(place: str) -> tuple[Any, str]:
    """What holds the function: a module, or a class in one."""
    path, _, name = place.rpartition(".")
    try:
        return importlib.import_module(path), name
    except ModuleNotFoundError:
        module, _, cls = path.rpartition(".")
        return getattr(importlib.import_module(module), cls), name


def died(point: Point, side: Side, *, doing: Callable[[], object]) -> bool:
    """Do something in a process that dies at the point; whether it came there."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        try:
            point.arm(side)
            doing()
        finally:
            os._exit(NOT_REACHED)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
