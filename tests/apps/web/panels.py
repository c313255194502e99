"""Panels by lot for the sweeps: rows at every stage, bodies, what would be made."""

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import city_hall
from gongzhi.core.charter import SYSTEM, Member, Thing
from gongzhi.forum.actions import panels as actions
from gongzhi.forum.models import Panel, PanelLottery, PanelOpinion, PanelVolunteer
from gongzhi.forum.panel_draws import content_of, pool_of, to_publish
from gongzhi.forum.panel_solving import solve
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Organisation

QUOTAS = [{"feature": "区", "value": "城东", "least": 1, "most": 2}]
OTHERS = 3


def panels(unit: city_hall.Unit) -> Iterator[Panel]:
    """One to volunteer for, one to close, one to draw, one that was drawn, one called off."""
    today = business_date()
    people = [
        parties.register_person(by=SYSTEM, username=f"pool{n}", name="某人") for n in range(OTHERS)
    ]
    for title, stage, days in (
        ("报名中", "volunteering", 3),
        ("待截止", "volunteering", -3),
        ("待抽签", "pooled", -3),
        ("已抽签", "drawn", -3),
        ("已取消", "called_off", 3),
    ):
        row = Panel.objects.create(
            convener=unit.organisation,
            project=unit.project,
            title=title,
            text="请提意见",
            size=1,
            quotas=QUOTAS,
            announced_on=today - timedelta(days=9),
            until=today + timedelta(days=days),
            meets_on=today + timedelta(days=days + 2),
            stage="drawn" if stage == "drawn" else "volunteering",
        )
        for number, person in enumerate(people):
            PanelVolunteer.objects.create(
                panel=row,
                person=person,
                counts_as=person.pk,
                code=f"AAA{number}",
                features={"区": "城东"},
                stage="seated" if stage == "drawn" and number == 0 else "volunteered",
            )
        if stage == "pooled":
            actions.close_volunteering(by=unit.officer, panel=row)
            solve(row.pk)
        elif stage == "drawn":
            _pooled(row, is_drawn=True)
        elif stage == "called_off":
            actions.call_off_panel(by=unit.officer, panel=row, reason="项目不做了")
        yield Panel.objects.select_related("lottery", "convener__region").get(pk=row.pk)


def _pooled(row: Panel, *, is_drawn: bool) -> None:
    published = to_publish(row, pool_of(row))
    today = business_date()
    held: dict[str, Any] = {}
    if is_drawn:
        held = {
            "seed": "种子",
            "checkpoint": 1,
            "drawn_on": today - timedelta(days=1),
            "chosen": ["AAA0"],
            "reserve": ["AAA1", "AAA2"],
        }
    PanelLottery.objects.create(
        panel=row,
        content=content_of(published),
        digest=published.digest,
        closed_on=today - timedelta(days=2),
        **held,
    )


def panel_volunteers(citizen: Member) -> Iterator[PanelVolunteer]:
    """The cast's citizen at every stage, each in a panel of its own."""
    drawn = Panel.objects.get(title="已抽签")
    yield _volunteer(Panel.objects.get(title="待截止"), citizen, stage="volunteered")
    for stage in ("offered", "seated", "reserve", "declined"):
        row = Panel.objects.create(
            convener=drawn.convener,
            title=stage,
            text="请提意见",
            size=1,
            quotas=QUOTAS,
            announced_on=drawn.announced_on,
            until=drawn.until,
            meets_on=drawn.meets_on,
            stage="drawn",
        )
        volunteer = _volunteer(row, citizen, stage=stage)
        _pooled(row, is_drawn=False)
        PanelLottery.objects.filter(panel=row).update(
            seed="种子", checkpoint=1, drawn_on=business_date(), chosen=[volunteer.code]
        )
        yield volunteer


def _volunteer(panel: Panel, citizen: Member, *, stage: str) -> PanelVolunteer:
    assert citizen.person is not None
    row = PanelVolunteer.objects.create(
        panel=panel,
        person_id=UUID(citizen.person),
        counts_as=UUID(citizen.person),
        code="ZZZ9",
        features={"区": "城东"},
        stage=stage,
        due_on=business_date() - timedelta(days=1) if stage == "offered" else None,
    )
    return PanelVolunteer.objects.with_facts().get(pk=row.pk)


def panel_opinions(unit: city_hall.Unit) -> Iterator[PanelOpinion]:
    """One to be answered, one that was."""
    panel = Panel.objects.get(title="已抽签")
    seat = panel.volunteers.get(stage="seated")
    today = business_date()
    answered = {
        "stage": "answered",
        "outcome": "refused",
        "reason": "客流不够",
        "office": unit.officer_office,
        "answered_on": today,
    }
    for number, more in enumerate(({}, answered), start=1):
        row = PanelOpinion.objects.create(
            panel=panel,
            seat=seat,
            number=number,
            text="中午多开两班",
            submitted_on=today,
            due_on=today + timedelta(days=20),
            **more,
        )
        yield PanelOpinion.objects.with_facts().get(pk=row.pk)


def _numbers(_: Any) -> dict[str, str]:
    today = business_date()
    return {
        "size": "2",
        "quotas": "区 城东 1 2\n区 城西 0 1",
        "until": (today + timedelta(days=10)).isoformat(),
        "meets_on": (today + timedelta(days=20)).isoformat(),
    }


PANEL_BODIES: Mapping[str, Any] = {
    "announce_panel": lambda cast: {
        **_numbers(cast),
        "title": "公交线路居民代表",
        "text": "请代表对公交线路调整提意见",
    },
    "change_panel": lambda cast: {**_numbers(cast), "reason": "城西报名的人少"},
    "close_volunteering": {},
    "call_off_panel": {"reason": "项目不做了"},
    "hold_panel_draw": {},
    "record_panel_attendance": lambda _: {
        "held_on": business_date().isoformat(),
        "present": "AAA0",
    },
    "volunteer_for_panel": {"feature-0": "城东"},
    "withdraw_volunteering": {},
    "accept_panel_seat": {},
    "decline_panel_seat": {},
    "release_panel_seat": {},
    "submit_panel_opinion": {"text": "中午多开两班"},
    "answer_panel_opinion": {"outcome": "adopted", "reason": "客流够", "changed": "班次 40 → 44"},
}
PANEL_OPTIONS: Mapping[str, frozenset[str]] = {
    "announce_panel": frozenset({"project", "process", "quotas", "invited", "invited_why"}),
    "change_panel": frozenset({"quotas"}),
    "record_panel_attendance": frozenset({"present"}),
    "answer_panel_opinion": frozenset({"changed"}),
}


def _panel_to_be(_: Any, by: Member) -> Thing:
    known = Organisation.objects.filter(pk=by.organisation).select_related("region").first()
    if known is None:
        return Thing(kind="panel", id="new", owner="nobody", stage="volunteering")
    return Panel(convener=known).thing()


def _volunteer_to_be(row: Panel, by: Member) -> Thing:
    own = row.volunteers.filter(person=by.person).first() if by.person else None
    if own is not None:
        thing: Thing = own.thing()
        return thing
    person = UUID(by.person) if by.person else None
    return PanelVolunteer(panel=row, person_id=person).thing()


def _is_late(row: Panel) -> bool:
    return bool(row.until < business_date())


# What the charter allows and the day doesn't: volunteering afterwards, closing before.
NOT_THAT_DAY: Mapping[str, Callable[[Panel], bool]] = {
    "volunteer_for_panel": _is_late,
    "close_volunteering": lambda row: not _is_late(row),
}
PANELS_TO_BE: Mapping[str, Callable[[Any, Member], Thing]] = {"announce_panel": _panel_to_be}
VOLUNTEERS_OF: Mapping[str, Callable[[Any, Member], Thing]] = {
    "volunteer_for_panel": _volunteer_to_be
}
