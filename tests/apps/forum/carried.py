"""A unit's project with a price asked of the market and several parties: for a site."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from django.urls import reverse

from city_hall import Unit
from gongzhi.forum.actions import joint, market
from gongzhi.parties.business_date import business_date


def carried(unit: Unit) -> Mapping[str, str]:
    """The addresses of its pages; a need, a task, volunteers."""
    due = business_date() + timedelta(days=30)
    question = market.ask_market(
        by=unit.officer,
        project=unit.project,
        asked=market.Asked(item="路面材料", unit="元/吨", purpose="核定造价", due_on=due),
    )
    row = joint.start_joint_project(
        by=unit.officer, project=unit.project, title="一起修路", purpose="早日通车", does="牵头"
    )
    needed = joint.Needed(item="水泥", unit="吨", quantity=Decimal(100), due_on=due)
    joint.state_need(by=unit.officer, joint=row, needed=needed)
    joint.set_joint_task(
        by=unit.officer,
        joint=row,
        organisation=unit.organisation.pk,
        text="清理路基",
        due_on=due,
    )
    worked = joint.Worked(day=business_date(), people=4, hours=Decimal(16), work="清淤")
    joint.log_volunteers(by=unit.officer, joint=row, worked=worked)
    return {
        "project-market": reverse("project-market", args=[unit.project.pk]),
        "market-question": reverse("market-question", args=[question.pk]),
        "project-joint": reverse("project-joint", args=[unit.project.pk]),
        "joint-project": reverse("joint-project", args=[row.pk]),
        "charity-licences": reverse("charity-licences", args=[unit.organisation.pk]),
    }
