"""Where witnesses that fetch for themselves bring their cosignatures back: programs, not people."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from gongzhi.core.ledger.rejected import RejectedError
from gongzhi.core.ledger.witnessing import REQUEST_BYTES_MAX
from gongzhi.trust.cosignatures import Taken, take
from gongzhi.web.limits import within_limit

TEXT = "text/plain; charset=utf-8"
# From one address: a party polls for a witness or two, each of them some times a minute.
TIMES_A_MINUTE = 120


@csrf_exempt  # what counts here is the cosignature itself, whoever brings it
@require_POST
def cosignatures(request: HttpRequest) -> HttpResponse:
    """Take the cosignatures of a note; the answer is how many of them are new."""
    if not within_limit(request, act="cosignatures", times_a_minute=TIMES_A_MINUTE):
        return _told(429, "too often")
    content = request.read(REQUEST_BYTES_MAX + 1)
    if len(content) > REQUEST_BYTES_MAX:
        return _told(413, f"{REQUEST_BYTES_MAX} bytes at most")
    try:
        taken = take(content.decode())
    except (UnicodeDecodeError, RejectedError) as error:
        return _told(400, str(error) if isinstance(error, RejectedError) else "not UTF-8")
    return _answered(taken)


def _answered(taken: Taken | None) -> HttpResponse:
    if taken is None:
        return _told(404, "not a checkpoint of this log")
    if not taken.known:
        return _told(403, "no cosignature of an admitted witness")
    return _told(200, str(taken.new))


def _told(status: int, text: str) -> HttpResponse:
    return HttpResponse(text + "\n", status=status, content_type=TEXT)
