"""Ask a witness over HTTP (C2SP tlog-witness), which may be slow, silent, wrong or hostile.

It is given so much time and so many bytes and is followed nowhere. A proxy that the environment
names is used, but never for an address on this machine.
"""

import http.client
import time
import urllib.request
from dataclasses import dataclass
from email.message import Message
from typing import IO
from urllib.error import HTTPError
from urllib.parse import urlsplit

from gongzhi.core.ledger.witnessing import ADD_CHECKPOINT, address_of

ANSWER_BYTES_MAX = 65_536
CHUNK_BYTES = 4_096
THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What a witness said: a status of HTTP and a body; no status if it said nothing."""

    status: int | None
    body: str = ""


SILENCE = Heard(status=None)


def ask(address: str, content: bytes, *, wait_s: float) -> Heard:
    """Ask a witness to cosign."""
    heads = {"Content-Type": "text/plain; charset=utf-8"}
    target = address.rstrip("/") + ADD_CHECKPOINT
    return _heard(urllib.request.Request(target, data=content, headers=heads), wait_s)  # noqa: S310


def last_note(address: str, *, origin: str, wait_s: float) -> Heard:
    """Ask a witness which checkpoint of a log it cosigned last."""
    target = address.rstrip("/") + address_of(origin)
    return _heard(urllib.request.Request(target), wait_s)  # noqa: S310


class _Stay(urllib.request.HTTPRedirectHandler):
    """A witness that sends elsewhere is not followed."""

    def redirect_request(
        self,
        req: urllib.request.Request,  # noqa: ARG002 - as urllib calls it
        fp: IO[bytes],  # noqa: ARG002
        code: int,  # noqa: ARG002
        msg: str,  # noqa: ARG002
        headers: Message,  # noqa: ARG002
        newurl: str,  # noqa: ARG002
    ) -> None:
        """Nowhere."""
        return


def _heard(request: urllib.request.Request, wait_s: float) -> Heard:
    until = time.monotonic() + wait_s
    is_here = urlsplit(request.full_url).hostname in THIS_MACHINE
    proxies = [urllib.request.ProxyHandler({})] if is_here else []
    opener = urllib.request.build_opener(_Stay, *proxies)
    try:
        with opener.open(request, timeout=wait_s) as answer:
            return _read(answer, until=until)
    except HTTPError as error:
        with error:
            return _read_or_silence(error, until=until)
    except (OSError, http.client.HTTPException, ValueError):
        return SILENCE


def _read_or_silence(answer: HTTPError, *, until: float) -> Heard:
    try:
        return _read(answer, until=until)
    except (OSError, http.client.HTTPException, ValueError):
        return SILENCE


def _read(answer: http.client.HTTPResponse | HTTPError, *, until: float) -> Heard:
    """The whole answer, unless it takes too long or is too long."""
    content = b""
    while chunk := answer.read1(CHUNK_BYTES):
        content += chunk
        if len(content) > ANSWER_BYTES_MAX or time.monotonic() > until:
            return SILENCE
    return Heard(status=answer.status, body=content.decode())
