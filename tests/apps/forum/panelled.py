"""A panel of residents for tests: announced, volunteered for, closed, drawn."""

from datetime import date, timedelta

import city_hall
from gongzhi.core.charter import SYSTEM, Member
from gongzhi.core.participating.sortition.asking import Quota
from gongzhi.forum.actions import panel_seats, panels
from gongzhi.forum.actions.panels import PanelPlan
from gongzhi.forum.models import Panel, PanelVolunteer
from gongzhi.forum.panel_solving import solve
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.actions.setting_up import move_business_date
from gongzhi.parties.members import member_of
from gongzhi.trust.sequencing import sequence

TODAY, UNTIL, MEETS = date(2026, 5, 6), date(2026, 5, 20), date(2026, 6, 10)
QUOTAS = (
    Quota(feature="区", value="城东", least=1, most=2),
    Quota(feature="区", value="城西", least=1, most=2),
)


def go_to(day: date) -> None:
    move_business_date(to=day)


def citizen(number: int) -> Member:
    person = parties.register_person(by=SYSTEM, username=f"resident{number}", name="某人")
    return member_of(person, second_factor=True, fresh=True)


def plan(**given) -> PanelPlan:
    return PanelPlan(
        **{
            "title": "公交线路居民代表",
            "text": "请代表对公交线路调整提意见",
            "size": 3,
            "quotas": QUOTAS,
            "until": UNTIL,
            "meets_on": MEETS,
            **given,
        }
    )


def announced(unit: city_hall.Unit, **given) -> Panel:
    go_to(TODAY)
    return panels.announce_panel(by=unit.officer, plan=plan(**given), convener=unit.organisation)


def volunteer(panel: Panel, by: Member, district: str = "城东") -> PanelVolunteer:
    return panel_seats.volunteer_for_panel(by=by, panel=panel, features={"区": district})


def volunteered(panel: Panel, *, east: int = 4, west: int = 3) -> list[Member]:
    people = [citizen(number) for number in range(east + west)]
    for number, by in enumerate(people):
        volunteer(panel, by, "城东" if number < east else "城西")
    return people


def closed(unit: city_hall.Unit, panel: Panel) -> None:
    go_to(UNTIL + timedelta(days=1))
    panels.close_volunteering(by=unit.officer, panel=panel)
    solve(panel.pk)


def drawn(unit: city_hall.Unit, panel: Panel) -> Panel:
    closed(unit, panel)
    sequence()
    panels.hold_panel_draw(by=unit.officer, panel=panel)
    panel.refresh_from_db()
    return panel


def by_stage(panel: Panel, stage: str) -> list[PanelVolunteer]:
    return list(panel.volunteers.filter(stage=stage).with_facts())


def as_themselves(row: PanelVolunteer) -> Member:
    return member_of(row.person, second_factor=True, fresh=True)


def seated(panel: Panel) -> list[PanelVolunteer]:
    for row in by_stage(panel, "offered"):
        panel_seats.accept_panel_seat(by=as_themselves(row), volunteer=row)
    return by_stage(panel, "seated")
