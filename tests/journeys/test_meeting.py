"""City traffic: a meeting by several people in several browsers, until what it agreed is done."""

from datetime import timedelta

import pytest
from django.urls import reverse

import city_hall
from gongzhi.forum.models import ActionItem, Meeting
from gongzhi.forum.tasks import plan_due_meetings
from gongzhi.parties.business_date import business_date
from gongzhi.parties.models import Region
from journeys.beside import apart, main, send
from journeys.conftest import Come
from journeys.reader import Reader, Site, follow

CENTRE, SOCIETY, RESIDENT = "jams-officer", "shezu", "shimin"
SOCIETY_NAME, RESIDENT_NAME = "云河市邻里互助社", "乔立秋"
PHONE = 360
PLAN = {
    "begins": "09:30",
    "minutes": "90",
    "place": "城市交通治理中心三楼",
    "procedure": "逐项说，记名表决",
    "invited": SOCIETY_NAME,
    "resident_seats": "1",
}
RESOLVED = "路口左转绿灯加六秒，试两周看数。"
COUNT, COUNTED = "早高峰在路口数两周的排队长度", "排队少四十米，照此固定。"
SAID, ADOPTED = "居民说早上要等三个灯，治理中心说先改配时。", "先改配时采纳；两周后带数再议。"


@pytest.fixture(scope="module")
def centre(site: Site) -> city_hall.Unit:
    """The unit that treats the jams, and its project, which is published."""

    def settled() -> city_hall.Unit:
        unit = city_hall.unit("jams", within=Region.objects.get(code="990100"))
        city_hall.published(unit)
        return unit

    return apart(settled)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_meeting_is_prepared_by_several(
    come: Come, centre: city_hall.Unit, *, scripts: bool
) -> None:
    host = come(office=CENTRE, scripts=scripts)
    title = f"路口左转试行说明会{scripts:d}"
    host.open("/participation/meetings/planning/")
    given = PLAN | {"title": title, "held_on": "2031-06-04", "agenda": "左转加六秒\n怎么看数"}
    send(host, "plan_meeting", **given)
    follow(host.page.locator("#coming a", has_text=title))
    address = path_of(host)
    send(host, "send_meeting_papers")
    assert "材料已送达" in host.page.inner_text(".track [aria-current]")

    society = come(office=SOCIETY, scripts=scripts)
    accepted(society, title)
    resident = come(office=RESIDENT, scripts=scripts, width=PHONE)
    seated(resident, address)

    comers = host.open(address).inner_text("#comers")
    assert "居民席位 1" in comers
    assert RESIDENT_NAME not in comers
    assert comers.count("参加") >= 3

    wall = come(scripts=scripts)
    assert "天开会" in wall.open(f"{address}wall/").inner_text("h1")
    assert wall.page.locator("button, form").count() == 0
    send(host, "cancel_meeting", reason="台风")
    assert "会议已取消" in wall.open(f"{address}wall/").inner_text("h1")
    assert not host.faults + society.faults + resident.faults


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_what_a_meeting_agrees_is_done_and_the_next_begins_with_what_is_open(
    come: Come, centre: city_hall.Unit, *, scripts: bool
) -> None:
    host = come(office=CENTRE, scripts=scripts)
    society = come(office=SOCIETY, scripts=scripts)
    resident = come(office=RESIDENT, scripts=scripts, width=PHONE)
    title = f"堵点会{scripts:d}"
    host.open(f"/participation/meetings/planning/?project={centre.project.pk}")
    given = {"title": title, "nth": "第一个", "weekday": "星期三"}
    send(host, "start_meeting_series", **PLAN, **given)
    follow(host.page.locator("#coming a", has_text=title))
    address = path_of(host)
    send(host, "send_meeting_papers")
    accepted(society, title)
    seated(resident, address)

    its_day_comes(title)
    host.open(address)
    send(host, "record_attendance")
    assert "到会" in host.page.inner_text("#comers")
    send(host, "take_up_item")
    anybody = come(scripts=scripts)
    assert "第 1 项" in anybody.open(f"{address}wall/").inner_text("main")
    decided(host)
    due = business_date() + timedelta(days=10)
    errand = {"what": COUNT, "organisation": SOCIETY_NAME, "due_on": due.isoformat()}
    send(host, "assign_action_item", **errand, resolution=RESOLVED)
    wall = anybody.open(f"{address}wall/").inner_text("main")
    assert "通过" in wall
    assert COUNT in wall

    on_desk = society.open("/desk/").inner_text("main")
    assert COUNT in on_desk
    written_and_confirmed(host, society, resident, address)
    told = anybody.open(address).inner_text("main")
    assert ADOPTED in told
    assert SAID in told
    assert "赞成 2，反对 0，弃权 1" in told
    assert RESIDENT_NAME not in told

    apart(plan_due_meetings)
    following = Meeting.objects.filter(title=title).latest("held_on")
    anybody.open(f"/participation/meetings/{following.pk}/")
    assert COUNT in anybody.page.inner_text("#agenda"), "it begins with what is open"
    done(host, society, title)
    anybody.open(address_of(title))
    assert "办结" in main(anybody)
    assert COUNTED in main(anybody)
    assert anybody.sideways() == resident.sideways() == 0
    assert not host.faults + society.faults + resident.faults + anybody.faults


def path_of(reader: Reader) -> str:
    return reader.page.url.removeprefix(reader.site.url)


def accepted(society: Reader, title: str) -> None:
    society.open("/participation/meetings/")
    follow(society.page.locator("#mine a", has_text=title))
    send(society, "accept_meeting")


def seated(resident: Reader, address: str) -> None:
    resident.open(address)
    send(resident, "take_seat")
    assert "我的出席" in main(resident)


def its_day_comes(title: str) -> None:
    apart(lambda: Meeting.objects.filter(title=title).update(held_on=business_date()))


def decided(host: Reader) -> None:
    """By name: the centre and the resident are for it, the society abstains."""
    for box in host.page.locator("#votes fieldset").all():
        choice = "abstain" if SOCIETY_NAME in box.inner_text() else "for"
        box.locator(f"input[value='{choice}']").check()
    send(host, "pass_resolution", text=RESOLVED)
    assert RESOLVED in host.page.inner_text("#resolutions")


def written_and_confirmed(host: Reader, society: Reader, resident: Reader, address: str) -> None:
    host.open(address)
    send(host, "write_minutes", **{"text-1": SAID})
    for reader in (society, resident):
        reader.open(address)
        follow(reader.page.locator("a", has_text="我的出席"))
        send(reader, "confirm_minutes")
    host.open(address)
    send(host, "publish_minutes", adopted=ADOPTED)


def address_of(title: str) -> str:
    """Where what was agreed in a meeting is followed."""
    return reverse("action-item", args=[ActionItem.objects.get(meeting__title=title).pk])


def done(host: Reader, society: Reader, title: str) -> None:
    society.open(address_of(title))
    send(society, "report_action_item", text=COUNTED, is_done="1")
    host.open(address_of(title))
    send(host, "close_action_item", outcome="closed", finding="会上看过数，办结。")
