"""How projects come in."""

from gongzhi.core.charter import Member
from gongzhi.cycle.models import Project
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Organisation


def register_project(*, by: Member, unit: Organisation, code: str, name: str) -> Project:
    """Add a project; nobody but its unit knows of it before its first form is published."""
    with act(by, "register_project", on=unit) as record:
        project = Project.objects.create(unit=unit, code=code, name=name)
        record["project"] = str(project.pk)
    return project
