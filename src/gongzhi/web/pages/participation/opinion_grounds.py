"""Common ground of topics, for the pages of the goals that take it up and of its process."""

from collections.abc import Sequence

from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.cycle.models import GoalVersion
from gongzhi.forum.models import CommonGround, Process, Topic


def common_ground_under(member: Member, row: GoalVersion) -> Sequence[CommonGround]:
    """What was recorded for this version, or for its project without naming one."""
    topics = Topic.objects.visible_to(member).filter(project=row.project_id)
    found = CommonGround.objects.filter(Q(goal=row) | Q(goal=None), topic__in=topics)
    return list(found.select_related("topic"))


def common_ground_in(member: Member, row: Process) -> Sequence[CommonGround]:
    """What was recorded of the topics of a process."""
    topics = Topic.objects.visible_to(member).filter(process=row)
    return list(CommonGround.objects.filter(topic__in=topics).select_related("topic"))
