"""Tasks that misbehave, for the limited child to end."""

import os
import signal
import socket
import tempfile
import time
from io import BytesIO
from pathlib import Path

from python_calamine import CalamineWorkbook


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


def run_in_circles(name: str, content: bytes) -> bytes:
    while True:
        pass


def end_by(name: str, content: bytes) -> bytes:
    os.kill(os.getpid(), int(content))
    return b"still here"


def answer_too_much(name: str, content: bytes) -> bytes:
    return b"x" * (int(content) + 1)


def leave_one_behind(name: str, content: bytes) -> bytes:
    if os.fork() == 0:
        time.sleep(60)
    os._exit(0)


def call_out(name: str, content: bytes) -> bytes:
    try:
        socket.create_connection(("127.0.0.1", int(content)), timeout=2).close()
    except OSError as error:
        return type(error).__name__.encode()
    return b"connected"


def nursery_number(name: str, content: bytes) -> bytes:
    return str(os.getppid()).encode()


def open_with_calamine(name: str, content: bytes) -> bytes:
    sheet = CalamineWorkbook.from_filelike(BytesIO(content)).get_sheet_by_index(0)
    return str(len(sheet.to_python())).encode()
