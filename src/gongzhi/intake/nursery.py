"""The process from which parsers are born: what they need is loaded once, each is forked from it.

`python -m gongzhi.intake.nursery CHANNEL MODULE` is started by `limited`, knows no secrets of the
installation, and ends when the channel does. A child lives for one file, under limits that the
kernel keeps, and answers through a pipe.
"""

import ctypes
import gc
import json
import os
import resource
import signal
import socket
import sys
from contextlib import suppress
from importlib import import_module
from types import FrameType

from gongzhi.intake.limits import LIMITS

MESSAGE_BYTES_MAX = 65_536
NUMBER_BYTES = 4  # a child's first word is its process number: by it the parent can end it
ANSWERED, TOO_LARGE = b"A", b"M"
CLONE_NEWUSER, CLONE_NEWNET = 0x10000000, 0x40000000  # <linux/sched.h>


def main(channel_number: int, preloaded: str) -> None:
    """Wait for files, fork a child for each."""
    channel = socket.socket(fileno=channel_number)
    signal.signal(signal.SIGCHLD, bury)
    leave_network()
    import_module(preloaded)
    gc.freeze()  # what was loaded stays shared between all children
    while True:
        message, (content, answer), _, _ = _received(channel)
        if not message:
            return
        if os.fork() == 0:
            channel.close()
            _live(message, content, answer)
        os.close(content)
        os.close(answer)


def leave_network() -> None:
    """Go where there is no network, where the system allows it; nothing here ever asks for one.

    Once for all children. Root may just go; others need a user namespace, which some systems
    forbid, and then the nursery goes on with the network. os.unshare comes with Python 3.12.
    """
    unshare = getattr(ctypes.CDLL(None), "unshare", None)  # Linux only
    if unshare is not None and unshare(CLONE_NEWNET) != 0:
        unshare(CLONE_NEWUSER | CLONE_NEWNET)


def bury(number: int, frame: FrameType | None) -> None:  # noqa: ARG001 - as Python calls it
    """Take note of every child that has ended; otherwise it stays as a zombie."""
    with suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def _received(channel: socket.socket) -> tuple[bytes, list[int], int, object]:
    message, files, flags, address = socket.recv_fds(channel, MESSAGE_BYTES_MAX, 2)
    return message, files or [-1, -1], flags, address


def _live(message: bytes, content: int, answer: int) -> None:
    """Do the task and end; whatever goes wrong, the parent finds the answer unfinished."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    os.setpgid(0, 0)
    os.write(answer, os.getpid().to_bytes(NUMBER_BYTES, "big"))
    set_limits()
    asked = json.loads(message)
    module, function = asked["task"].split(":")
    with os.fdopen(content, "rb") as file, os.fdopen(answer, "wb") as pipe:
        file.seek(0)
        try:
            result = getattr(import_module(module), function)(asked["name"], file.read())
            pipe.write(ANSWERED + len(result).to_bytes(8, "big") + result)
        except MemoryError:
            pipe.write(TOO_LARGE)
        pipe.flush()
    os._exit(0)


def set_limits() -> None:
    """What the kernel lets a child have; the alarm ends it even inside a C library."""
    limits = {
        resource.RLIMIT_AS: LIMITS.child_memory_bytes_max,
        resource.RLIMIT_CPU: LIMITS.child_cpu_seconds_max,
        resource.RLIMIT_NOFILE: LIMITS.child_open_files_max,
        resource.RLIMIT_FSIZE: LIMITS.child_written_bytes_max,
        resource.RLIMIT_CORE: 0,
    }
    for name, value in limits.items():
        _, already = resource.getrlimit(name)  # nobody may raise what the system has set
        most = value if already == resource.RLIM_INFINITY else min(value, already)
        resource.setrlimit(name, (most, most))
    signal.setitimer(signal.ITIMER_REAL, LIMITS.child_wall_seconds_max)


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2])
