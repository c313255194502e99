"""Changing one's password; every other session ends."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from gongzhi.parties.factors import limits
from gongzhi.parties.passwords import change_password, faults_of_password
from gongzhi.parties.sign_in import signed_in
from gongzhi.web.pages.signing.again import ask_if_stale


@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def password(request: HttpRequest) -> HttpResponse:
    """Ask for a new password; who opens this page has just shown who they are."""
    if stale := ask_if_stale(request):
        return stale
    faults: list[str] = []
    if request.method == "POST":
        chosen = request.POST.get("password", "")
        faults = list(faults_of_password(chosen, person=signed_in(request)))
        if not faults:
            change_password(request, chosen)
            told = _("密码已更改，别处的登录都已退出。")
            messages.success(request, told, extra_tags="kept")
            return redirect("account")
    context = {"faults": faults, "least": limits().password_characters_min}
    return render(request, "pages/account/password.html", context)
