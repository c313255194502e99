"""A witness on the web: `POST /add-checkpoint`, `GET /<sha256 of the origin>/checkpoint`.

The folder is named by GONGZHI_WITNESS; the server loads `application` in its one worker.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from http import HTTPStatus
from pathlib import Path
from typing import Any

from gongzhi.core.ledger.witnessing import ADD_CHECKPOINT, REQUEST_BYTES_MAX, address_of
from gongzhi.witness.store import Store, WitnessRefused
from gongzhi.witness.witness import TEXT, Witness
from gongzhi.words import say

FOLDER = "GONGZHI_WITNESS"
Start = Callable[[str, list[tuple[str, str]]], object]
Response = tuple[int, str, str]


def application(environ: Mapping[str, Any], start_response: Start) -> Iterable[bytes]:
    """The witness as a WSGI application."""
    return respond(the_witness(), environ, start_response)


def respond(witness: Witness, environ: Mapping[str, Any], start_response: Start) -> Iterable[bytes]:
    """The answer of a witness to a request."""
    try:
        status, body, content_type = _answered(witness, environ)
    except WitnessRefused as refused:
        status, body, content_type = HTTPStatus.SERVICE_UNAVAILABLE, say(refused.said, "en"), TEXT
    content = body.encode()
    heads = [("Content-Type", content_type), ("Content-Length", str(len(content)))]
    start_response(f"{int(status)} {HTTPStatus(status).phrase}", heads)
    return [content]


@cache
def the_witness() -> Witness:
    """The witness of this process, which alone speaks for its folder."""
    store = Store(Path(os.environ[FOLDER]))
    store.lock()
    return Witness(store)


def _answered(witness: Witness, environ: Mapping[str, Any]) -> Response:
    method, path = environ["REQUEST_METHOD"], environ.get("PATH_INFO", "")
    if path == ADD_CHECKPOINT:
        if method != "POST":
            return HTTPStatus.METHOD_NOT_ALLOWED, "POST\n", TEXT
        content = _body(environ)
        if content is None:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"{REQUEST_BYTES_MAX}\n", TEXT
        answer = witness.add_checkpoint(content)
        return answer.status, answer.body, answer.content_type
    if method not in {"GET", "HEAD"}:
        return HTTPStatus.METHOD_NOT_ALLOWED, "GET\n", TEXT
    return _shown(witness, path)


def _shown(witness: Witness, path: str) -> Response:
    for log in witness.store.logs():
        if address_of(log.key.name) == path:
            note = witness.last_note(log.key.name)
            return (HTTPStatus.OK, note, TEXT) if note else (HTTPStatus.NOT_FOUND, "", TEXT)
    if path == "/":
        return HTTPStatus.OK, f"{witness.signer.verifier.text}\n", TEXT
    return HTTPStatus.NOT_FOUND, "", TEXT


def _body(environ: Mapping[str, Any]) -> bytes | None:
    """The request's body; None when it is longer than any request can be."""
    length = str(environ.get("CONTENT_LENGTH") or "0")
    if not length.isdigit() or int(length) > REQUEST_BYTES_MAX:
        return None
    return bytes(environ["wsgi.input"].read(int(length)))
