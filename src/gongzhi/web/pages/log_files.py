"""The log as files for programs (C2SP tlog-tiles): checkpoint, policy, tiles and entries.

The address of the log is that of its page without the last slash. Whoever mirrors, witnesses or
verifies it needs nothing else of this site.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from gongzhi.trust.proofs import PublishedHead, believable_head, head
from gongzhi.trust.tree_files import published_file

TEXT = "text/plain; charset=utf-8"
BYTES = "application/octet-stream"
YEAR_S, DAY_S = 31_536_000, 86_400
# What is there never changes, so it may be kept, and nothing on the way may recode it.
FULL = f"public, max-age={YEAR_S}, immutable, no-transform"
PARTIAL = f"public, max-age={DAY_S}, no-transform"
NEWEST = "public, no-cache, no-transform"


@require_safe
def log_checkpoint(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The newest checkpoint that satisfies the policy; before there is one, the newest signed."""
    return _newest(believable_head())


@require_safe
def log_pending(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The newest that was signed, for witnesses who fetch for themselves."""
    return _newest(head())


@require_safe
def log_policy(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """The trust policy; from here it says only what this site says of itself."""
    published = head()
    return _answer(published.policy.encode(), kind=TEXT, kept=NEWEST) if published else _nothing()


@require_safe
def log_tile(request: HttpRequest, path: str) -> HttpResponse:  # noqa: ARG001
    """A tile of hashes or a bundle of entries, full or as wide as under some checkpoint."""
    content = published_file(f"tile/{path}")
    if content is None:
        return _nothing()
    return _answer(content, kind=BYTES, kept=PARTIAL if ".p/" in path else FULL)


def _newest(published: PublishedHead | None) -> HttpResponse:
    return _answer(published.note.encode(), kind=TEXT, kept=NEWEST) if published else _nothing()


def _answer(content: bytes, *, kind: str, kept: str) -> HttpResponse:
    """The same bytes for everybody, for pages of other sites too."""
    answer = HttpResponse(content, content_type=kind)
    answer["Cache-Control"] = kept
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _nothing() -> HttpResponse:
    """It may be there in a second."""
    answer = HttpResponse("not found\n", status=404, content_type=TEXT)
    answer["Cache-Control"] = "no-store"
    return answer
