"""A result kept behind a link for some days, because its visitor asked for that."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from gongzhi.desk.actions.sharing import share_result
from gongzhi.desk.models import SharedResult
from gongzhi.intake.limits import LIMITS
from gongzhi.parties.deeds import AlreadyDone
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.carried import carried_as_record, carried_from_record, packed, unpacked
from gongzhi.web.limits import within_limit
from gongzhi.web.pages import refusals
from gongzhi.web.pages.check import GONE, asked
from gongzhi.web.results import result_page, shown_result

KEY_MAX = 100


@require_POST
def share(request: MemberRequest) -> HttpResponse:
    """Keep the result that the page carries, if its visitor consents, and lead to it."""
    carried = unpacked(request.POST.get("state", ""))
    if carried is None:
        return asked(request, (GONE,), status=400)
    if request.POST.get("consent") != "yes":
        return result_page(request, carried, without_consent=True)
    times = LIMITS.uploads_per_minute_per_address_max
    if not within_limit(request, act="share", times_a_minute=times):
        return refusals.too_often(request)
    record = carried_as_record(carried)
    key = request.POST.get("key", "")[:KEY_MAX] or None
    try:
        link = share_result(by=request.member, result=record, consented=True, key=key)
    except AlreadyDone:
        messages.info(request, _("这个结果已经分享过，没有再建一个链接。"), extra_tags="watch")
        return result_page(request, carried)
    messages.success(request, _("链接就是这一页的地址，请现在复制下来。"), extra_tags="kept")
    return redirect("shared", key=link.key)


@require_safe
def shared(request: MemberRequest, key: str) -> HttpResponse:
    """The result behind a link, while it lives."""
    kept = SharedResult.objects.behind(key, at=timezone.now()).first()
    carried = carried_from_record(kept.result) if kept else None
    if kept is None or carried is None:
        raise Http404
    context = {
        **shown_result(carried),
        "state": packed(carried),
        "expires_at": kept.expires_at,
    }
    answer = render(request, "pages/result.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer
