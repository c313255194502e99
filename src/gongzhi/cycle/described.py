"""What the newest description of a project says, as a column of a query about projects."""

from django.db.models import OuterRef, Subquery

from gongzhi.core.charter import Member
from gongzhi.cycle.models import Profile


def described(column: str, *, reader: Member, project: str = "project") -> Subquery:
    """A column of it, as far as the reader may know it; `project` leads from a row to its own."""
    newest = Profile.objects.visible_to(reader).filter(project=OuterRef(project))
    return Subquery(newest.order_by("-id").values(column)[:1])
