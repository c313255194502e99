"""What a reader asks for by its identifier; what they may not read is like what isn't there."""

from typing import Any, TypeVar
from uuid import UUID

from django.http import Http404

from gongzhi.cycle.models import FormVersion, Project
from gongzhi.desk.openings import note_opening
from gongzhi.desk.things import readable
from gongzhi.parties.middleware import MemberRequest
from gongzhi.parties.rights import Charted

Row = TypeVar("Row", bound=Charted)


def readable_project(request: MemberRequest, identifier: UUID) -> Project:
    """The project, or 404."""
    projects = Project.objects.visible_to(request.member).select_related("unit__region")
    found: Project | None = projects.filter(pk=identifier).first()
    return _noted(request, found)


def readable_version(request: MemberRequest, identifier: UUID) -> FormVersion:
    """The version of a form, or 404."""
    versions = FormVersion.objects.visible_to(request.member)
    found: FormVersion | None = versions.with_facts().filter(pk=identifier).first()
    return _noted(request, found)


def readable_thing(request: MemberRequest, kind: str, identifier: UUID) -> Any:
    """The row of any kind of thing, or 404."""
    name = f"{kind}:{identifier}"
    row: Any = readable(request.member, [name]).get(name)
    return _noted(request, row)


def _noted(request: MemberRequest, found: Row | None) -> Row:
    """What was found; who reads what isn't public and another's leaves a line for its owner."""
    if found is None:
        raise Http404
    note_opening(by=request.member, thing=found.thing())
    return found
