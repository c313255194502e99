"""Where one is signed in, and signing out of one or all of it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gongzhi.parties.models import Session
from gongzhi.parties.sign_in import SHOWN, has_ended, sign_out_everywhere


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSession:
    """A session as its person sees it; its name can't be used to take it over."""

    name: str
    device: str
    began_at: datetime
    seen_at: datetime
    here: bool


def own_sessions(request: HttpRequest) -> list[ShownSession]:
    """The sessions of whoever asks, the one at hand first, then the newest."""
    rows = Session.objects.filter(person=request.user.pk, expire_date__gt=timezone.now())
    here = request.session.session_key or ""
    living = [row for row in rows if not has_ended(row.get_decoded().get(SHOWN))]
    shown = [_shown(row, here=here) for row in living]
    return sorted(shown, key=lambda each: (each.here, each.seen_at), reverse=True)


@require_POST
@login_required
def end_session(request: HttpRequest, session: str) -> HttpResponse:
    """Sign out of one session elsewhere."""
    for row in Session.objects.filter(person=request.user.pk):
        if _name(row.session_key) == session and row.session_key != request.session.session_key:
            row.delete()
            messages.success(request, _("那一处已退出。"), extra_tags="kept")
    return redirect("account")


@require_POST
@login_required
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere else."""
    sign_out_everywhere(request, but_here=True)
    messages.success(request, _("别处的登录都已退出。"), extra_tags="kept")
    return redirect("account")


def _shown(row: Session, *, here: str) -> ShownSession:
    shown = row.get_decoded().get(SHOWN, {})
    return ShownSession(
        name=_name(row.session_key),
        device=shown.get("device", ""),
        began_at=_moment(shown.get("began", 0)),
        seen_at=_moment(shown.get("seen", 0)),
        here=row.session_key == here,
    )


def _name(key: str) -> str:
    return sha256(key.encode()).hexdigest()[:16]


def _moment(seconds: float) -> datetime:
    return datetime.fromtimestamp(seconds, tz=UTC)
