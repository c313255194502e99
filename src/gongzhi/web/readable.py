"""What a reader asks for by its identifier; what they may not read is like what isn't there."""

from uuid import UUID

from django.http import Http404

from gongzhi.cycle.models import FormVersion, Project
from gongzhi.parties.middleware import MemberRequest


def readable_project(request: MemberRequest, identifier: UUID) -> Project:
    """The project, or 404."""
    readable = Project.objects.visible_to(request.member).select_related("unit__region")
    found: Project | None = readable.filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found


def readable_version(request: MemberRequest, identifier: UUID) -> FormVersion:
    """The version of a form, or 404."""
    readable = FormVersion.objects.visible_to(request.member)
    found: FormVersion | None = readable.with_facts().filter(pk=identifier).first()
    if found is None:
        raise Http404
    return found
