"""On which ranges of the market the figures of a project's goals rest, for the goals' own page."""

from typing import Any

from gongzhi.core.charter import Member
from gongzhi.cycle.models import GoalVersion
from gongzhi.forum.models import RangeUse


def ranges_under(member: Member, row: GoalVersion) -> Any:
    """Those that somebody said of the year of the goals or the year before, when it was planned."""
    years = (row.fiscal_year - 1, row.fiscal_year)
    said = RangeUse.objects.visible_to(member).filter(project=row.project_id)
    return said.filter(used_on__year__in=years).select_related(
        "range__question", "office__organisation"
    )
