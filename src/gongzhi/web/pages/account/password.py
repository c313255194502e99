"""Changing one's password; every other session ends."""

from django.contrib import messages
from django.contrib.auth import authenticate
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongzhi.parties.factors import limits
from gongzhi.parties.passwords import PASSWORD_MAX, change_password, faults_of_password
from gongzhi.parties.sign_in import signed_in
from gongzhi.web.pages.signing.again import ask_if_stale


@sensitive_post_parameters("password", "current")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Ask for the password and a new one; who opens this page has just shown a factor."""
    if stale := ask_if_stale(request):
        return stale
    faults: list[str] = []
    if request.method == "POST":
        person, chosen = signed_in(request), request.POST.get("password", "")
        current = request.POST.get("current", "")[:PASSWORD_MAX]
        if authenticate(request, username=person.username, password=current) != person:
            faults = [_("现在的密码不对。")]
        else:
            faults = list(faults_of_password(chosen, person=person))
        if not faults:
            change_password(request, chosen)
            told = _("密码已更改，别处的登录都已退出。")
            messages.success(request, told, extra_tags="kept")
            return redirect("account")
    context = {
        "faults": faults,
        "current": True,
        "name": signed_in(request).username,
        "least": limits().password_characters_min,
    }
    return render(request, "pages/account/password.html", context)
