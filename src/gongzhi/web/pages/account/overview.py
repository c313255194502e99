"""My account: everything about signing in, on one page."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Contact, Factor
from gongzhi.parties.recovery_codes import recovery_codes_left
from gongzhi.parties.sign_in import signed_in, standing
from gongzhi.web.pages.account.levels import levels_for
from gongzhi.web.pages.account.sessions import own_sessions


@require_safe
@login_required
def account(request: MemberRequest) -> HttpResponse:
    """Show what protects the account, and what to do about it."""
    factors = list(Factor.objects.of(signed_in(request)))
    context = {
        "factors": factors,
        "codes_left": recovery_codes_left(signed_in(request)) if factors else 0,
        "contacts": Contact.objects.of(signed_in(request)),
        "sessions": own_sessions(request),
        "standing": standing(request),
        "needs_factor": request.office is not None and not factors,
        "person": signed_in(request),
        "levels": levels_for(request),
        "has_password": signed_in(request).has_usable_password(),
    }
    return render(request, "pages/account/account.html", context)
