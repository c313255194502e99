"""Files of a published log: from a folder, or over HTTP from a server that need not be trusted."""

import http.client
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from gongzhi.core.terms import Said
from gongzhi.witness.store import WitnessRefused

FILE_BYTES_MAX = 256 * 65_537  # the longest bundle
WAIT_S = 20
AWAY = "取不到 {address}（{why}）；请检查地址和网络，稍后再试"
NOT_AN_ADDRESS = "{address} 不是日志的地址；请写 https://… 或者一个目录"


def fetch(log: str, path: str) -> bytes | None:
    """A file of the log at an address or in a folder; None where there is none such."""
    if not log.startswith(("http://", "https://")):
        return _read(Path(log), path)
    return _ask(urllib.request.Request(f"{log.rstrip('/')}/{path}"))  # noqa: S310 - checked


def deliver(address: str, content: str) -> None:
    """Post cosignature lines to where the log takes them."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise WitnessRefused(Said(NOT_AN_ADDRESS, {"address": address}))
    heads = {"Content-Type": "text/plain; charset=utf-8"}
    _ask(urllib.request.Request(address, data=content.encode(), headers=heads))  # noqa: S310


def _read(folder: Path, path: str) -> bytes | None:
    if not folder.is_dir():
        raise WitnessRefused(Said(NOT_AN_ADDRESS, {"address": str(folder)}))
    file = folder / path
    if not file.is_file():
        return None
    with file.open("rb") as opened:
        return opened.read(FILE_BYTES_MAX)


def _ask(request: urllib.request.Request) -> bytes | None:
    try:
        with urllib.request.urlopen(request, timeout=WAIT_S) as answer:  # noqa: S310 - checked
            return bytes(answer.read(FILE_BYTES_MAX))
    except urllib.error.HTTPError as error:
        if error.code == http.HTTPStatus.NOT_FOUND and request.data is None:
            return None
        raise _away(request, str(error.code)) from error
    except (OSError, http.client.HTTPException) as error:
        raise _away(request, str(error)) from error


def _away(request: urllib.request.Request, why: str) -> WitnessRefused:
    return WitnessRefused(Said(AWAY, {"address": request.full_url, "why": why}))
