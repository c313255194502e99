"""Several witnesses in one process, each under a path of its own: a demo's, and those of tests.

Witnesses on one machine show how witnessing works. They prove nothing: whoever holds the machine
holds all of their keys.
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from gongzhi.witness.site import Start, respond
from gongzhi.witness.store import Store
from gongzhi.witness.witness import Witness

HOST = "127.0.0.1"


class Hosted:
    """The stores of a folder as one WSGI application: `/<name of the store>/add-checkpoint`."""

    def __init__(self, folder: Path) -> None:
        self.witnesses: Mapping[str, Witness] = {
            path.name: _locked(path) for path in sorted(folder.iterdir()) if path.is_dir()
        }

    def __call__(self, environ: dict[str, Any], start_response: Start) -> Iterable[bytes]:
        """The answer of the witness that the path names."""
        _, _, path = environ.get("PATH_INFO", "").partition("/")
        name, _, rest = path.partition("/")
        witness = self.witnesses.get(name)
        if witness is None:
            start_response(f"{HTTPStatus.NOT_FOUND:d} Not Found", [("Content-Length", "0")])
            return [b""]
        return respond(witness, {**environ, "PATH_INFO": f"/{rest}"}, start_response)


class _Threaded(ThreadingMixIn, WSGIServer):
    daemon_threads = True

    def server_bind(self) -> None:
        """As the base does, without asking the network what this machine is called."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]
        self.setup_environ()


class _Quiet(WSGIRequestHandler):
    """No line for every request."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as Python calls it
        """Say nothing."""


def server(folder: Path, *, port: int) -> WSGIServer:
    """A server of the witnesses in a folder, for this machine alone; `serve_forever` runs it."""
    return make_server(HOST, port, Hosted(folder), server_class=_Threaded, handler_class=_Quiet)


def _locked(folder: Path) -> Witness:
    store = Store(folder)
    store.lock()
    return Witness(store)
