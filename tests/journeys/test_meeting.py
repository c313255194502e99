"""A meeting is prepared by several people in several browsers: host, society, resident."""

import pytest

from journeys.conftest import Come
from journeys.reader import follow

PLAN = {
    "title": "路口左转试行说明会",
    "held": "2031-06-04",
    "place": "城市交通治理中心三楼",
    "procedure": "逐项说，记名表决",
    "invited": "云河市邻里互助社",
    "seats": "1",
    "agenda": "左转绿灯加六秒\n两周以后怎么看数",
}


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_meeting_is_prepared_by_several(come: Come, *, scripts: bool):
    host = come(office="zhili", scripts=scripts)
    title = f"{PLAN['title']}{scripts:d}"
    host.open("/participation/meetings/planning/")
    for field, value in {**PLAN, "title": title}.items():
        host.page.fill(f"#plan-{field}", value)
    follow(host.page.locator("#plan_meeting button.primary"))
    follow(host.page.locator("#coming a", has_text=title))
    address = host.page.url.removeprefix(host.site.url)
    follow(host.page.locator("#send_meeting_papers button.primary"))
    assert "材料已送达" in host.page.inner_text(".track [aria-current]")

    society = come(office="shezu", scripts=scripts)
    society.open("/participation/meetings/")
    follow(society.page.locator("#mine a", has_text=title))
    follow(society.page.locator("#accept_meeting button.primary"))

    resident = come(office="shimin", scripts=scripts)
    resident.open(address)
    follow(resident.page.locator("#take_seat button.primary"))
    assert "我的出席" in resident.page.inner_text("main")

    comers = host.open(address).inner_text("#comers")
    assert "居民席位 1" in comers
    assert "乔立秋" not in comers
    assert comers.count("参加") >= 3

    wall = come(scripts=scripts)
    assert "天开会" in wall.open(f"{address}wall/").inner_text("h1")
    assert wall.page.locator("button, form").count() == 0

    follow_reason = host.page.locator("#cancel_meeting summary")
    follow_reason.click()
    host.page.fill("#reason", "台风")
    follow(host.page.locator("#cancel_meeting button"))
    assert "会议已取消" in wall.open(f"{address}wall/").inner_text("h1")
    assert not host.faults + society.faults + resident.faults
