"""A forgotten password: a link to a verified contact. The answer is the same for every name.

Whether there is such a person is found out by a job, so that not even the time tells.
"""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongzhi.parties.factors import limits
from gongzhi.parties.models import Person
from gongzhi.parties.passwords import faults_of_password, set_password
from gongzhi.parties.tasks import send_reset_link
from gongzhi.web.limits import within_limit
from gongzhi.web.pages.refusals import too_often
from gongzhi.web.pages.signing.entering import USERNAME_MAX

ASKED_A_MINUTE_MAX = 5  # by one address


class ForgottenForm(forms.Form):
    """Whose password was forgotten."""

    username = forms.CharField(max_length=USERNAME_MAX)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for the username, and say the same whatever it is."""
    filled = ForgottenForm(request.POST or None)
    if request.method == "POST" and filled.is_valid():
        if not within_limit(request, act="forgotten", times_a_minute=ASKED_A_MINUTE_MAX):
            return too_often(request)
        send_reset_link.defer(
            username=filled.cleaned_data["username"],
            site=f"{request.scheme}://{request.get_host()}",
            language=get_language() or "",
        )
        return render(request, "pages/signing/forgotten_sent.html")
    return render(request, "pages/signing/forgotten.html", {"wrong": request.method == "POST"})


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_password(request: HttpRequest, person: UUID, token: str) -> HttpResponse:
    """Set a new password by the link; the link is good once and for a short while."""
    owner = Person.objects.filter(pk=person, is_active=True).first()
    if owner is None or not default_token_generator.check_token(owner, token):
        return render(request, "pages/signing/link_over.html", status=403)
    faults: list[str] = []
    if request.method == "POST":
        chosen = request.POST.get("password", "")
        faults = list(faults_of_password(chosen, person=owner))
        if not faults:
            set_password(owner, chosen)
            messages.success(request, _("密码已更改，请用新密码登录。"), extra_tags="kept")
            return redirect("sign-in")
    context = {
        "faults": faults,
        "name": owner.username,
        "least": limits().password_characters_min,
    }
    return render(request, "pages/signing/new_password.html", context)
