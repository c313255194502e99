"""What is checked before a view runs, and what is answered when one can't go on."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gongzhi.core.charter import Refused, Thing
from gongzhi.core.charter.explaining import NEEDS_FRESH, reasoned
from gongzhi.desk.things import filtered_kinds, readable
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.refusals import keep_refusals
from gongzhi.parties.rights import charter_in_force
from gongzhi.trust.refusing import LogRefused
from gongzhi.web.operations import operations
from gongzhi.web.pages import refusals
from gongzhi.web.pages.signing.again import ask_again

NOT_THERE, WRONG_WAY = 404, 405
Answerer = Callable[[HttpRequest], HttpResponse]


class RequestGate:
    """Turns away what no page can use, before anything of it is read."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Too big: 413. A zero byte in the address: 400."""
        if _length(request) > settings.FILE_UPLOAD_MAX_MEMORY_SIZE:
            return refusals.too_big(request)
        if "\x00" in request.path or "%00" in request.META.get("QUERY_STRING", ""):
            return refusals.unusable(request)
        return self.get_response(request)


class SameForAll:
    """Lets what is public vary with nothing, neither language nor session, so that caches keep it.

    A view says so by its Cache-Control; the middleware of languages and sessions can't know.
    """

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Drop the headers by which the same bytes would be kept many times."""
        answer = self.get_response(request)
        if answer.headers.get("Cache-Control", "").startswith("public"):
            for name in ("Vary", "Content-Language"):
                answer.headers.pop(name, None)
        return answer


class FaultGate:
    """Answers a refusal with its clause, a log that stands still, an empty 405 with a page."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """A 405 gets its page, a deed with a missing thing its line; faults come to the other."""
        answer = self.get_response(request)
        if answer.status_code == WRONG_WAY and not answer.content:
            return refusals.wrong_way(request, answer)
        if answer.status_code == NOT_THERE and request.method == "POST":
            _note_missing(cast(MemberRequest, request))
        return answer

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A page for the faults that have one; others stay what they are."""
        if isinstance(exception, Refused):
            return _refused(cast(MemberRequest, request), exception)
        if isinstance(exception, LogRefused):
            return refusals.standing_still(request, exception)
        return None


def _refused(request: MemberRequest, refusal: Refused) -> HttpResponse:
    """A deed refused only because the last factor was shown too long ago asks for one."""
    if refusal.thing is not None:
        charter = charter_in_force()
        answer = reasoned(charter, request.member, refusal.verb, refusal.thing)
        if answer.reason == NEEDS_FRESH:
            return ask_again(request, refusal)
    return refusals.refused(request, refusal)


def _note_missing(request: MemberRequest) -> None:
    """Trying a deed with what one may not read leaves its line, whether it is there or not."""
    asked = request.resolver_match
    operation = operations().get(asked.url_name or "") if asked else None
    if asked is None or operation is None or not operation.verb or not operation.parameter:
        return
    kind = str(asked.kwargs.get("kind", operation.of))
    thing = Thing(kind=kind, id=str(asked.kwargs[operation.parameter]))
    if kind in filtered_kinds() and not readable(request.member, [thing.name]):
        refusal = Refused(clauses=(), verb=operation.verb, thing=thing)
        keep_refusals([(request.member, thing, refusal)])


def _length(request: HttpRequest) -> int:
    text = request.META.get("CONTENT_LENGTH") or "0"
    return int(text) if text.isascii() and text.isdigit() else 0
