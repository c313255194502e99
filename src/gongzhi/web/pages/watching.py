"""What administrators look after: alarms of the sign-in, messages that didn't go out; the inbox.

The inbox exists only in a demo on this machine: it shows what would have been sent.
"""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Thing
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Alarm, OutgoingMessage
from gongzhi.parties.rights import may
from gongzhi.parties.sign_in import may_switch

ROWS = 50


@require_safe
def alarms(request: MemberRequest) -> HttpResponse:
    """The alarms of the last half year, the newest first; for the security administrator."""
    _readable_or_missing(request, "alarm")
    rows = Alarm.objects.visible_to(request.member).select_related("person")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "pages/watching/alarms.html", {"page": page, "query": ""})


@require_safe
def unsent(request: MemberRequest) -> HttpResponse:
    """The messages that were given up or tried in vain; for the system administrator."""
    _readable_or_missing(request, "outgoing_message")
    rows = OutgoingMessage.objects.visible_to(request.member).unsent()
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(request, "pages/watching/unsent.html", {"page": page, "query": ""})


@require_safe
def inbox(request: MemberRequest) -> HttpResponse:
    """What a demo would have sent, the newest first."""
    if not may_switch(request):
        raise Http404
    page = Paginator(OutgoingMessage.objects.all(), ROWS).get_page(request.GET.get("page"))
    letters = [(message, message.taken_out()) for message in page]
    context = {"page": page, "letters": letters, "query": ""}
    return render(request, "pages/watching/inbox.html", context)


def _readable_or_missing(request: MemberRequest, kind: str) -> None:
    if not may(request.member, f"view_{kind}", Thing(kind=kind, id="any")):
        raise Http404
