"""Tasks on bytes from outside, done in a child process that can't harm the parent."""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import IO

from gongzhi.core.terms import Problem, Said, Where
from gongzhi.intake.archives import fault_of_archive
from gongzhi.intake.kinds import Kind
from gongzhi.intake.limits import LIMITS, MB
from gongzhi.intake.nursery import ANSWERED, NUMBER_BYTES, TOO_LARGE
from gongzhi.intake.old_word import converted
from gongzhi.intake.turns import a_turn

NAME_CHARACTERS_MAX = 1000
CONVERTED = frozenset((Kind.DOC, Kind.RTF))
HEADER_BYTES = 9  # how the child ended, and how many bytes follow
RESULT_FROM = NUMBER_BYTES + HEADER_BYTES
ANSWER_BYTES_MAX = RESULT_FROM + LIMITS.result_bytes_max
PIECE_BYTES = 1024 * 1024
GRACE_S = 5.0  # after the child's own alarm; only a stopped child needs it
NURSERIES_TRIED = 2  # one may be killed between two files; twice in a row is no accident
# No secret of the installation.
INHERITED = ("PATH", "PYTHONPATH", "PYTHONPYCACHEPREFIX", "LANG", "LC_ALL", "TMPDIR")


def run_limited(task: str, name: str, content: bytes) -> bytes | Problem:
    """What `task` ("module:function") makes of a file, or why it didn't."""
    with a_turn() as taken:
        if not taken:
            return _busy()
        started = time.monotonic()
        answers = (_answer(task, name=name, content=content) for _ in range(NURSERIES_TRIED))
        answer = next(filter(None, answers), b"")
        return _judged(answer, seconds=time.monotonic() - started) if answer else _busy()


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
    less = Said("请只上传绩效表本身，或拆成几份")
    if len(answer) > ANSWER_BYTES_MAX:
        limit = LIMITS.result_bytes_max // MB
        what = Said("从文件里读出的内容超过 {limit} MB", {"limit": limit})
        return Problem(where=Where(), what=what, hint=less)
    head, result = answer[NUMBER_BYTES : NUMBER_BYTES + HEADER_BYTES], answer[RESULT_FROM:]
    if head[:1] == ANSWERED and len(result) == int.from_bytes(head[1:], "big"):
        return result
    if head[:1] == TOO_LARGE:
        limit = LIMITS.child_memory_bytes_max // MB
        what = Said("文件太大，{limit} MB 内存不够读完", {"limit": limit})
        return Problem(where=Where(), what=what, hint=less)
    if seconds >= LIMITS.child_cpu_seconds_max:
        what = Said("读了 {seconds} 秒还没有读完", {"seconds": LIMITS.child_cpu_seconds_max})
        return Problem(where=Where(), what=what, hint=less)
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

    def end(self) -> None:
        """Let it end; children that still read go on until their limits."""
        self.channel.close()
        if self.owner == os.getpid():
            self.process.kill()
            self.process.wait()


_lock = threading.Lock()  # over the table and every sending: nobody's channel is closed under him
_running: dict[str, Nursery] = {}


def _answer(task: str, *, name: str, content: bytes) -> bytes:
    """Everything that a child says until it ends; nothing where none was born."""
    preloaded = task.partition(":")[0]
    message = json.dumps({"task": task, "name": name[-NAME_CHARACTERS_MAX:]}).encode()
    near, far = os.pipe()
    with os.fdopen(near, "rb") as pipe:
        try:
            with _held(content) as file, _lock:
                nursery = _nursery(preloaded)
                socket.send_fds(nursery.channel, [message], [file.fileno(), far])
        except (BrokenPipeError, ConnectionResetError):
            pass  # it died since we looked; then nothing is heard
        finally:
            os.close(far)
        heard = _heard(pipe.fileno())
    if not heard:
        _retire(preloaded, nursery)
    return heard


def _heard(pipe: int) -> bytes:
    """What comes through the pipe; a child that outlives its own alarm is ended with its group."""
    until = time.monotonic() + LIMITS.child_wall_seconds_max + GRACE_S
    bell = select.poll()
    bell.register(pipe, select.POLLIN)
    heard = bytearray()
    while len(heard) <= ANSWER_BYTES_MAX:
        if not bell.poll(max(0.0, until - time.monotonic()) * 1000):
            _end_child(int.from_bytes(heard[:NUMBER_BYTES], "big"))
            break
        piece = os.read(pipe, PIECE_BYTES)
        if not piece:
            break
        heard += piece
    return bytes(heard)


def _end_child(number: int) -> None:
    """End the group that a child leads: a stopped one, or what it has left behind."""
    if number:  # it comes before anything of the file is touched, so it can be trusted
        with suppress(ProcessLookupError):
            os.killpg(number, signal.SIGKILL)


def _nursery(preloaded: str) -> Nursery:
    """The nursery of this process that has a module ready; whoever asks holds the lock."""
    known = _running.get(preloaded)
    if known is not None and known.is_ours:
        return known
    if known is not None:
        known.end()
    _running[preloaded] = started = _started(preloaded)
    return started


def _retire(preloaded: str, nursery: Nursery) -> None:
    """End a nursery that bore no child, be it dead, dying or out of processes."""
    with _lock:
        if _running.get(preloaded) is nursery:
            del _running[preloaded]
            nursery.end()


@atexit.register
def _end_all() -> None:
    for nursery in _running.values():
        nursery.end()


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
    return Nursery(process=process, channel=near, owner=os.getpid())


def _held(content: bytes) -> IO[bytes]:
    """The content as a file without a name; in memory only, where the system can."""
    if in_memory := getattr(os, "memfd_create", None):
        file: IO[bytes] = os.fdopen(in_memory("upload"), "w+b")
    else:
        file = tempfile.TemporaryFile("w+b")  # noqa: SIM115 - whoever asked closes it
    file.write(content)
    file.flush()
    return file
