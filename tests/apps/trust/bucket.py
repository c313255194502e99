"""A bucket that speaks as much S3 as an export needs: PUT, HEAD, GET, list and delete.

It answers as S3 documents (403 without a signed Authorization, 404 with an XML error for what
isn't there); `test_the_bucket_of_the_tests_is_one_to_an_independent_client` holds it to obstore.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import md5
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

MISSING = b"<Error><Code>NoSuchKey</Code><Message>It is not there</Message></Error>"


class Objects(BaseHTTPRequestHandler):
    """The objects of one bucket, in memory."""

    protocol_version = "HTTP/1.1"
    kept: dict[str, bytes]

    def do_PUT(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not self.headers.get("Authorization", "").startswith("AWS4-HMAC-SHA256 "):
            self.say(403)
        elif not self.path.startswith("/log/"):
            self.say(404, MISSING.replace(b"NoSuchKey", b"NoSuchBucket"))
        else:
            self.kept[self.path] = content
            self.say(200, etag=content)

    def do_GET(self) -> None:
        address = urlsplit(self.path)
        if "list-type" in (asked := parse_qs(address.query)):
            self.say(200, self.listed(address.path, prefix=asked["prefix"][0]))
            return
        found = self.kept.get(self.path)
        self.say(404, MISSING) if found is None else self.say(200, found, etag=found)

    do_HEAD = do_GET  # noqa: N815 - the name that the server asks for

    def do_POST(self) -> None:
        """`?delete`: away with the objects of these names; those that aren't there are fine."""
        asked = self.rfile.read(int(self.headers["Content-Length"])).decode()
        names = re.findall("<Key>(.*?)</Key>", asked)
        for name in names:
            self.kept.pop(f"/log/{name}", None)
        gone = "".join(f"<Deleted><Key>{name}</Key></Deleted>" for name in names)
        self.say(200, f"<DeleteResult>{gone}</DeleteResult>".encode())

    def listed(self, bucket: str, *, prefix: str) -> bytes:
        root = bucket.rstrip("/") + "/"
        found = "".join(
            f"<Contents><Key>{path.removeprefix(root)}</Key><Size>{len(content)}</Size>"
            f"<LastModified>2026-11-25T08:00:00Z</LastModified></Contents>"
            for path, content in self.kept.items()
            if path.removeprefix(root).startswith(prefix)
        )
        return f"<ListBucketResult>{found}</ListBucketResult>".encode()

    def say(self, status: int, body: bytes = b"", *, etag: bytes | None = None) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        if etag is not None:
            self.send_header("ETag", f'"{md5(etag).hexdigest()}"')  # noqa: S324 - S3 says so
            self.send_header("Last-Modified", "Wed, 25 Nov 2026 08:00:00 GMT")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *arguments: object) -> None:
        """Say nothing."""


@contextmanager
def bucket() -> Iterator[tuple[str, dict[str, bytes]]]:
    """The address of a bucket named `log`, and its objects by path."""
    kept: dict[str, bytes] = {}
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Kept", (Objects,), {"kept": kept}))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", kept
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
