"""What the newest description of a project says, as a column of a query about projects."""

from django.db.models import OuterRef, Subquery

from gongzhi.core.charter import Member
from gongzhi.cycle.models import Profile


def described(column: str, *, reader: Member | None = None, project: str = "project") -> Subquery:
    """A column of it, as far as the reader may know it; `project` leads from a row to its own.

    Without a reader it is for what is kept: whoever may view a project may know what it is about.
    """
    profiles = Profile.objects.all() if reader is None else Profile.objects.visible_to(reader)
    newest = profiles.filter(project=OuterRef(project)).order_by("-id")
    return Subquery(newest.values(column)[:1])
