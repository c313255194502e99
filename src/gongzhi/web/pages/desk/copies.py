"""Is my copy the sealed one? The browser sends a digest, never the file."""

import re
from dataclasses import dataclass
from hashlib import sha256

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from gongzhi.core.charter import Member
from gongzhi.cycle.models import FormVersion
from gongzhi.desk.actions.attachments import ATTACHING
from gongzhi.desk.models import Attachment
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.models import Deed
from gongzhi.web.activity import Event, events
from gongzhi.web.limits import ALLOWED, within_limit
from gongzhi.web.pages import refusals

DIGEST = re.compile(r"[0-9a-f]{64}")
TIMES_A_MINUTE = 60
SOURCES = ("draft_form", "publish_form", "correct_form")


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A digest that was asked about, and the deeds that sealed it, as far as one may know."""

    digest: str
    sealed: list[Event]


@require_http_methods(["GET", "HEAD", "POST"])
def sealed_copy(request: MemberRequest) -> HttpResponse:
    """Where the digest is sealed; a POST brings the file itself, which is hashed and forgotten."""
    context: dict[str, object] = {"limits": ALLOWED}
    given = request.FILES.get("file")
    asked = request.GET.get("digest", "").strip().lower().removeprefix("sha256:")
    if request.method == "POST" and given is None:
        return render(request, "pages/desk/copy.html", {**context, "lacking": True}, status=400)
    if given is None and not asked:
        return render(request, "pages/desk/copy.html", context)
    if not within_limit(request, act="sealed_copy", times_a_minute=TIMES_A_MINUTE):
        return refusals.too_often(request)
    digest = sha256(given.read()).hexdigest() if given is not None else asked
    if not DIGEST.fullmatch(digest):
        return render(request, "pages/desk/copy.html", {**context, "unfit": True}, status=400)
    sealed = events(request.member, deeds_sealing(request.member, digest=digest))
    context["copy"] = Copy(digest=digest, sealed=sealed)
    return render(request, "pages/desk/copy.html", context)


def deeds_sealing(member: Member, *, digest: str) -> list[Deed]:
    """The deeds that sealed a file with this digest, among what the member may read."""
    attachments = Attachment.objects.visible_to(member).filter(content=digest)
    made = {str(row.pk): row.about for row in attachments}
    attached = Deed.objects.filter(verb__in=ATTACHING, on__in=set(made.values()))
    deeds = [deed for deed in attached if deed.public.get("attachment") in made]
    versions = FormVersion.objects.visible_to(member).filter(source_digest=f"sha256:{digest}")
    for version in versions.with_facts():
        about = Deed.objects.about(version.thing(), version.project.thing())
        deeds += [deed for deed in about.filter(verb__in=SOURCES) if _is_of(deed, version)]
    return deeds


def _is_of(deed: Deed, version: FormVersion) -> bool:
    """Whether the deed sealed what the version was read from."""
    drafted = deed.public.get("version") == str(version.pk)
    return (drafted or deed.on == version.thing().name) and _seals_source(deed)


def _seals_source(deed: Deed) -> bool:
    return "source" in deed.public or deed.kept("source") is not None
