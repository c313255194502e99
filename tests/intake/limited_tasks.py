"""Tasks that misbehave, for the limited child to end."""

import os
import signal
import tempfile
import time
from pathlib import Path


def echo(name: str, content: bytes) -> bytes:
    return name.encode() + content


def environment(name: str, content: bytes) -> bytes:
    return "\n".join(os.environ).encode()


def fail(name: str, content: bytes) -> bytes:
    raise ZeroDivisionError


def eat_memory(name: str, content: bytes) -> bytes:
    return b"x" * 10**9


def abort(name: str, content: bytes) -> bytes:
    os.kill(os.getpid(), signal.SIGABRT)
    return b""


def write_a_file(name: str, content: bytes) -> bytes:
    try:
        Path(tempfile.gettempdir(), "gongzhi-must-stay-empty").write_bytes(b"x")
    except OSError as error:
        return type(error).__name__.encode()
    return b"written"


def take_long(name: str, content: bytes) -> bytes:
    time.sleep(float(content))
    return b"done"


def open_many_files(name: str, content: bytes) -> bytes:
    try:
        files = [os.open(os.devnull, os.O_RDONLY) for _ in range(200)]
    except OSError as error:
        return type(error).__name__.encode()
    return str(len(files)).encode()


def own_number(name: str, content: bytes) -> bytes:
    return str(os.getpid()).encode()
