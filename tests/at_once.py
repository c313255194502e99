"""Works done at the same moment, each in a thread and a connection of its own: how each ended."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import IntegrityError, connections

from gongzhi.parties.deeds import AlreadyDone, Refused
from gongzhi.parties.unsuitable import Unsuitable

Work = Callable[[], object]
# How those end that come too late; anything else is a bug, and fails the test.
SETTLED = (AlreadyDone, IntegrityError, Refused, Unsuitable)


def together(works: Sequence[Work]) -> list[str]:
    """Do all at once; how they ended: "done" first, then "settled"."""
    ready = Barrier(len(works))

    def run(work: Work) -> str:
        ready.wait()
        try:
            work()
        except SETTLED:
            return "settled"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return sorted(pool.map(run, works))
