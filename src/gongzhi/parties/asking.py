"""One question over HTTP and its answer: no redirect is followed, no proxy asked, no more read."""

from collections.abc import Mapping
from http.client import HTTPConnection
from urllib.parse import SplitResult


def ask(
    connection: HTTPConnection,
    address: SplitResult,
    *,
    body: bytes | str | None = None,
    headers: Mapping[str, str],
    most: int,
) -> tuple[int, bytes]:
    """The status and so many bytes of what an address answers; the connection is closed after."""
    path = (address.path or "/") + (f"?{address.query}" if address.query else "")
    try:
        connection.request("GET" if body is None else "POST", path, body, dict(headers))
        answer = connection.getresponse()
        return answer.status, answer.read(most)
    finally:
        connection.close()
