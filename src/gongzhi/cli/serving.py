"""`gongzhi serve`: the site, on granian."""

import argparse
import os
import signal
from collections.abc import Callable
from importlib import import_module

import django
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from gongzhi.cli.children import end_with_parent
from gongzhi.cli.loading import keep_loaded
from gongzhi.cli.ports import free_port
from gongzhi.cli.schema import owner_address
from gongzhi.cli.telling import CannotRun, worded
from gongzhi.core.terms import Said

# Each thread keeps a connection to the database.
THREADS = 8
SECRETS = ("DATABASE_URL", "DATABASE_OWNER_URL", "GONGZHI_SECRET_KEY")
STOP_S_MAX = 5


def arguments(parser: argparse.ArgumentParser) -> None:
    """What `serve` takes."""
    parser.add_argument("--host", default="127.0.0.1", help=worded("监听的地址"))
    parser.add_argument("--port", type=int, default=8000, metavar="N", help=worded("端口"))
    parser.add_argument(
        "--processes", type=int, default=1, metavar="N", help=worded("网站进程数，一般等于核数")
    )


def run(options: argparse.Namespace) -> int:
    """Serve the database that DATABASE_URL names until a signal ends it."""
    owner_address()
    os.environ["GONGZHI_DEMO"] = "0"
    if not os.environ.get("GONGZHI_SECRET_KEY") and not os.environ.get("GONGZHI_SECRET_KEY_FILE"):
        raise CannotRun(
            Said(
                "请设置 GONGZHI_SECRET_KEY 或 GONGZHI_SECRET_KEY_FILE；"
                "生成一个：python3 -c 'import secrets; print(secrets.token_urlsafe(64))'"
            )
        )
    port = free_port(options.host, wanted=options.port)
    return serve(host=options.host, port=port, processes=options.processes)


def serve(*, host: str, port: int, processes: int = 1) -> int:
    """Serve until SIGINT, SIGTERM or the end of the terminal."""
    django.setup()
    connection.close()
    server = Granian(
        "gongzhi.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=THREADS,
        runtime_blocking_threads=THREADS,
        workers_kill_timeout=STOP_S_MAX,
        respawn_failed_workers=True,
        websockets=False,
        log_level=LogLevels.error,
    )
    server.on_startup(lambda: stop_on_hangup(server.signal_handler_interrupt))
    server.serve(target_loader=load_site)
    return 0


def stop_on_hangup(stop: Callable[..., None]) -> None:
    """A closed terminal stops the site, unless nohup said otherwise."""
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, stop)


def load_site(target: str) -> WSGIHandler:
    """The application, inside a process of the server.

    Once it is loaded, secrets leave the environment, which the server hands to every request.
    """
    end_with_parent()
    module, name = target.split(":")
    application: WSGIHandler = getattr(import_module(module), name)
    for secret in SECRETS:
        os.environ.pop(secret, None)
    keep_loaded()
    return application
