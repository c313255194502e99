"""Tasks on bytes from outside, done in a child process that can't harm the parent."""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass
from typing import IO

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.archives import fault_of_archive
from gongzhi.intake.kinds import Kind
from gongzhi.intake.limits import LIMITS, MB
from gongzhi.intake.nursery import ANSWERED, TOO_LARGE
from gongzhi.intake.old_word import converted
from gongzhi.intake.turns import a_turn

NAME_CHARACTERS_MAX = 1000
CONVERTED = frozenset((Kind.DOC, Kind.RTF))
HEADER_BYTES = 9  # how the child ended, and how many bytes follow
INHERITED = ("PATH", "PYTHONPATH", "LANG", "LC_ALL", "TMPDIR")  # no secret of the installation


def run_limited(task: str, name: str, content: bytes) -> bytes | Problem:
    """What `task` ("module:function") makes of a file, or why it didn't."""
    with a_turn() as taken:
        if not taken:
            return _busy()
        started = time.monotonic()
        answer = _nursery(task.partition(":")[0]).child(task, name=name, content=content)
        return _judged(answer, seconds=time.monotonic() - started)


def convert_limited(content: bytes, *, kind: Kind) -> bytes | Problem:
    """An old Word file as docx, made by a converter with limits of its own, in a turn like any."""
    with a_turn() as taken:
        answer = converted(content, suffix=kind) if taken else _busy()
    fault = None if isinstance(answer, Problem) else fault_of_archive(answer)
    return fault or answer


def _busy() -> Problem:
    return Problem(where=Where(), what=Said("正在读的文件太多"), hint=Said("请过一分钟再试"))


def _judged(answer: bytes, *, seconds: float) -> bytes | Problem:
    """A whole answer, or what its absence means."""
    size = int.from_bytes(answer[1:HEADER_BYTES], "big")
    if answer[:1] == ANSWERED and len(answer) == HEADER_BYTES + size:
        return answer[HEADER_BYTES:]
    if answer[:1] == TOO_LARGE or len(answer) > LIMITS.result_bytes_max:
        limit = LIMITS.child_memory_bytes_max // MB
        what = Said("文件太大，{limit} MB 内存不够读完", {"limit": limit})
        return Problem(where=Where(), what=what, hint=Said("请只上传绩效表本身，或拆成几份"))
    if seconds >= LIMITS.child_cpu_seconds_max:
        what = Said("读了 {seconds} 秒还没有读完", {"seconds": LIMITS.child_cpu_seconds_max})
        return Problem(where=Where(), what=what, hint=Said("请只上传绩效表本身，或拆成几份"))
    return Problem(
        where=Where(),
        what=Said("文件读不出来，可能已损坏"),
        hint=Said("请用 Word、Excel 或 WPS 打开后重新保存，再上传"),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Nursery:
    """The running process that forks children, and the channel to it."""

    process: "subprocess.Popen[bytes]"
    channel: socket.socket
    owner: int  # a forked copy of the owner starts a nursery of its own

    @property
    def is_ours(self) -> bool:
        """Whether this very process started it and it still runs."""
        return self.owner == os.getpid() and self.process.poll() is None

    def child(self, task: str, *, name: str, content: bytes) -> bytes:
        """Everything that a child answers until it ends."""
        message = json.dumps({"task": task, "name": name[-NAME_CHARACTERS_MAX:]}).encode()
        near, far = os.pipe()
        with os.fdopen(near, "rb") as pipe:
            try:
                with _held(content) as file:
                    socket.send_fds(self.channel, [message], [file.fileno(), far])
            finally:
                os.close(far)
            answer = pipe.read(LIMITS.result_bytes_max + 1)
        if not answer and self.process.poll() is not None:
            raise RuntimeError("the nursery has died")
        return answer

    def end(self) -> None:
        """Let it end; children that still read go on until their limits."""
        self.channel.close()
        if self.owner == os.getpid():
            self.process.wait()


_lock = threading.Lock()
_running: dict[str, Nursery] = {}


def _nursery(preloaded: str) -> Nursery:
    """The nursery of this process that has a module ready."""
    with _lock:
        known = _running.get(preloaded)
        if known is None or not known.is_ours:
            known = _running[preloaded] = _started(preloaded)
        return known


def _started(preloaded: str) -> Nursery:
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with far:
        process = subprocess.Popen(
            # -P: a folder of files from outside is no place to import from
            [sys.executable, "-P", "-m", "gongzhi.intake.nursery", str(far.fileno()), preloaded],
            pass_fds=[far.fileno()],
            env={key: os.environ[key] for key in INHERITED if key in os.environ},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is the parent's to answer
        )
    nursery = Nursery(process=process, channel=near, owner=os.getpid())
    atexit.register(nursery.end)
    return nursery


def _held(content: bytes) -> IO[bytes]:
    """The content as a file without a name; in memory only, where the system can."""
    if in_memory := getattr(os, "memfd_create", None):
        file: IO[bytes] = os.fdopen(in_memory("upload"), "w+b")
    else:
        file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - whoever asked closes it
    file.write(content)
    file.flush()
    return file
