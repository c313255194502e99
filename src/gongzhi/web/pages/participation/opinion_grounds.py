"""Common ground of topics that goals take up, for the goals' own page."""

from collections.abc import Sequence

from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.cycle.models import GoalVersion
from gongzhi.forum.models import CommonGround, Topic


def common_ground_under(member: Member, row: GoalVersion) -> Sequence[CommonGround]:
    """What was recorded for this version, or for its project without naming one."""
    topics = Topic.objects.visible_to(member).filter(project=row.project_id)
    found = CommonGround.objects.filter(Q(goal=row) | Q(goal=None), topic__in=topics)
    return list(found.select_related("topic"))
