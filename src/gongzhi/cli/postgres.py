"""An embedded PostgreSQL: a real server in a folder, reached by a Unix socket only.

Whoever uses it holds a shared lock; the first one starts it and the last one stops it.
Whether it lives is asked by a real connection, never read from a file.
"""

import fcntl
import hashlib
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

import psycopg

from gongzhi.cli.postgres_binaries import (
    can_reach,
    choose,
    clean_environment,
    copied,
    run,
)
from gongzhi.cli.postgres_roles import (
    ADMINISTRATOR,
    DATABASE,
    OWNER,
    create_database,
    peer_rules,
)
from gongzhi.cli.telling import CannotRun
from gongzhi.core.terms import Said

SOCKET_NAME = ".s.PGSQL.5432"
SOCKET_BYTES_MAX = 107
START_S_MAX = 60
STOP_S_MAX = 60
PAUSE_S = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A cluster in a folder and how to reach it."""

    data: Path
    socket: Path
    user: pwd.struct_passwd | None

    def url(self, *, role: str, database: str = DATABASE) -> str:
        """The address for one of the roles."""
        return f"postgresql://{role}@/{quote(database)}?host={quote(str(self.socket), safe='')}"

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.data.with_name("postgres.log")


@contextmanager
def running(home: Path, *, settings: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The server of a home folder, running for as long as the block is in use."""
    home = prepared(home.absolute())
    server = described(home)
    process = None
    with (home / "postgres.users").open("a") as users:
        try:
            with alone(home):
                fcntl.flock(users, fcntl.LOCK_SH)
                process = ready(server, settings=settings or {})
            yield server
        finally:
            with alone(home):
                if is_last(users):
                    stop(server, process=process)


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Nobody else starts or stops the server meanwhile."""
    with (home / "postgres.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def is_last(users: IO[str]) -> bool:
    """Whether no other program uses the server any more."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def prepared(home: Path) -> Path:
    """The home folder, made if need be, and open for the server's user to pass through."""
    home.mkdir(parents=True, exist_ok=True, mode=0o711 if os.geteuid() == 0 else 0o700)
    return home


def server_user(data: Path) -> pwd.struct_passwd | None:
    """PostgreSQL refuses to run as root; there it runs as whose data it is, else `nobody`."""
    if os.geteuid() != 0:
        return None
    owner = data.stat().st_uid if data.exists() else 0
    return pwd.getpwuid(owner) if owner else pwd.getpwnam("nobody")


def described(home: Path) -> Server:
    """The server that belongs to a home folder."""
    data = home / "postgres"
    user = server_user(data)
    if user and not can_reach(home, user=user):
        raise CannotRun(
            Said(
                "PostgreSQL 不能以 root 运行，而用户 {user} 进不了 {folder}；"
                "请用 GONGZHI_HOME 指定别处，例如 /var/lib/gongzhi",
                {"user": user.pw_name, "folder": str(home)},
            )
        )
    return Server(data=data, socket=socket_folder(data, user=user), user=user)


def socket_folder(data: Path, *, user: pwd.struct_passwd | None) -> Path:
    """The data folder itself; a short private one where the path is too long for a socket.

    A comma would make two addresses of one, for the server and for its clients.
    """
    fits = len(os.fsencode(data / SOCKET_NAME)) <= SOCKET_BYTES_MAX and "," not in str(data)
    if fits:
        return data
    name = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    short = Path("/tmp") / f"gongzhi-{name}"  # noqa: S108 - ownership is checked below
    owner = user.pw_uid if user else os.geteuid()
    short.mkdir(mode=0o700, exist_ok=True)
    if short.lstat().st_uid == os.geteuid() != owner:
        os.chown(short, owner, -1, follow_symlinks=False)
    found = short.lstat()
    if short.is_symlink() or found.st_uid != owner or found.st_mode & 0o077:
        raise CannotRun(
            Said("{folder} 属于别人，请删除它或换一个 GONGZHI_HOME", {"folder": str(short)})
        )
    return short


def ready(server: Server, *, settings: Mapping[str, str]) -> "subprocess.Popen[bytes] | None":
    """Make the cluster if there is none, start it if it does not answer."""
    process = None
    existing = server.data / "PG_VERSION"
    needed = int(existing.read_text()) if existing.exists() else None
    if needed is None or not (answers(server) or recovers(server)):
        binaries, version = choose(needed=needed)
        if server.user and not can_reach(binaries / "postgres", user=server.user):
            binaries = copied(binaries, into=server.data.parent)
        if needed is None:
            make_cluster(server, binaries=binaries, version=version)
        write_settings(server, settings=settings)
        process = start(server, binaries=binaries)
    create_database(
        server.url(role=ADMINISTRATOR, database="postgres"),
        owner=server.url(role=OWNER),
    )
    return process


def answers(server: Server) -> bool:
    """Whether the server takes a connection now."""
    try:
        address = server.url(role=ADMINISTRATOR, database="postgres")
        psycopg.connect(address, connect_timeout=3).close()
    except psycopg.OperationalError:
        return False
    return True


def make_cluster(server: Server, *, binaries: Path, version: int) -> None:
    """Run initdb beside the final place and move it there whole.

    The built-in C.UTF-8 sorts by code point and still knows what a Chinese letter is.
    """
    locale = ["--locale=C.UTF-8"]
    if version >= 17:
        locale += ["--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    fresh = Path(tempfile.mkdtemp(dir=server.data.parent, prefix="postgres-"))
    if server.user:
        os.chown(fresh, server.user.pw_uid, server.user.pw_gid)
    made = run(
        [
            binaries / "initdb",
            "-D",
            fresh,
            "-U",
            ADMINISTRATOR,
            "-E",
            "UTF8",
            "-k",
            "-A",
            "peer",
            "--no-instructions",
            *locale,
        ],
        user=server.user,
    )
    if made.status:
        shutil.rmtree(fresh)
        raise CannotRun(Said("建立数据库失败：{output}", {"output": last_lines(made.output)}))
    shutil.rmtree(server.data, ignore_errors=True)
    fresh.rename(server.data)


def write_settings(server: Server, *, settings: Mapping[str, str]) -> None:
    """The few settings that are ours, and who may connect as whom.

    Errors are logged without the rows that caused them: rows hold what people wrote.
    """
    chosen = {
        "listen_addresses": "",
        "unix_socket_directories": '"' + str(server.socket).replace('"', '""') + '"',
        "unix_socket_permissions": "0700",
        "timezone": "UTC",
        "log_timezone": "UTC",
        "log_checkpoints": "off",
        "log_error_verbosity": "terse",
        "log_min_error_statement": "panic",
        "autovacuum_naptime": "5s",
        **settings,
    }
    lines = (f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in chosen.items())
    write(server, name="gongzhi.conf", text="\n".join(lines) + "\n")
    main = (server.data / "postgresql.conf").read_text()
    if "include 'gongzhi.conf'" not in main:
        write(server, name="postgresql.conf", text=main + "\ninclude 'gongzhi.conf'\n")
    allowed, names = peer_rules(os.geteuid(), server.user.pw_uid if server.user else os.geteuid())
    write(server, name="pg_hba.conf", text=allowed)
    write(server, name="pg_ident.conf", text=names)


def write(server: Server, *, name: str, text: str) -> None:
    """Replace a file of the cluster at once, owned by the server's user."""
    fresh = server.data / f"{name}.new"
    fresh.write_text(text)
    fresh.chmod(0o600)
    if server.user:
        os.chown(fresh, server.user.pw_uid, server.user.pw_gid)
    fresh.replace(server.data / name)


def recovers(server: Server) -> bool:
    """Whether a server that doesn't answer yet comes to answer; else its traces are removed.

    PostgreSQL itself asks only whether a process of the old number exists; after a restart
    of the machine that may be any other program of the same user.
    """
    deadline = time.monotonic() + STOP_S_MAX
    while processes_of(server):
        if answers(server):
            return True
        if time.monotonic() > deadline:
            raise CannotRun(
                Said("{folder} 里的 PostgreSQL 还在运行却不应答", {"folder": str(server.data)})
            )
        time.sleep(PAUSE_S)
    if Path("/proc/self").exists():
        (server.data / "postmaster.pid").unlink(missing_ok=True)
        (server.socket / f"{SOCKET_NAME}.lock").unlink(missing_ok=True)
        (server.socket / SOCKET_NAME).unlink(missing_ok=True)
    return False


def processes_of(server: Server) -> list[int]:
    """The living processes that work in the data folder.

    Asked as the server's user: in a container even root may not look at other users'
    processes. One that has ended but was not waited for works nowhere.
    """
    look = 'for p in /proc/[0-9]*; do [ "$p/cwd" -ef "$1" ] && echo "${p#/proc/}"; done; :'
    found = run(["/bin/sh", "-c", look, "sh", server.data], user=server.user)
    return [int(line) for line in found.output.split() if line.isdigit()]


def start(server: Server, *, binaries: Path) -> "subprocess.Popen[bytes]":
    """Start the server by itself, out of reach of the terminal's Ctrl-C, and wait for it."""
    with server.log.open("ab", buffering=0) as log:
        process = subprocess.Popen(
            [binaries / "postgres", "-D", server.data],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd="/",
            start_new_session=True,
            env=clean_environment(),
            user=server.user.pw_uid if server.user else None,
            group=server.user.pw_gid if server.user else None,
            extra_groups=[] if server.user else None,
        )
    try:
        wait_for(server, process=process)
    except BaseException:  # also Ctrl-C
        process.terminate()
        process.wait()
        raise
    return process


def wait_for(server: Server, *, process: "subprocess.Popen[bytes]") -> None:
    """Wait until a server that was just started answers."""
    deadline = time.monotonic() + START_S_MAX
    while not answers(server):
        if process.poll() is not None or time.monotonic() > deadline:
            said = last_lines(server.log.read_text(errors="replace"))
            raise CannotRun(Said("PostgreSQL 没有启动：{output}", {"output": said}))
        time.sleep(PAUSE_S)


def stop(server: Server, *, process: "subprocess.Popen[bytes] | None") -> None:
    """Stop the server: open transactions are rolled back, everything confirmed is kept."""
    pid_file = server.data / "postmaster.pid"
    pid = int(pid_file.read_text().split()[0]) if pid_file.exists() else 0
    if process or pid in processes_of(server):
        os.kill(process.pid if process else pid, signal.SIGINT)
    deadline = time.monotonic() + STOP_S_MAX
    if process:
        process.wait(STOP_S_MAX)
    while processes_of(server) and time.monotonic() < deadline:
        time.sleep(PAUSE_S)
    if server.socket != server.data:
        shutil.rmtree(server.socket, ignore_errors=True)


def last_lines(text: str) -> str:
    """The end of what a program printed, on one line."""
    return " · ".join(line.strip() for line in text.splitlines()[-3:])
