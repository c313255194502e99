"""Somebody signs in for real: password, code, key, and shows them again before what weighs."""

import re
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.db import connections

from gongzhi.city.forms import sample_form
from gongzhi.core.charter import SYSTEM
from gongzhi.parties.actions.offices import assign_office
from gongzhi.parties.actions.setting_up import register_person
from gongzhi.parties.models import Office, Person, Session
from gongzhi.parties.sessions import SessionStore
from gongzhi.parties.sign_in import SHOWN
from gongzhi.parties.time_codes import code_of, step_at
from journeys.conftest import Come
from journeys.papers import paper
from journeys.reader import Reader, follow

PASSWORD = "three unrelated words"
PROJECT, YEAR, UNIT = "009", "2023", "jiaoyu"
STEP_S = 30
Beside = Callable[[Callable[[], object]], object]


@pytest.fixture
def beside() -> Iterator[Beside]:
    """Do something in the site's database, beside the test's own transaction."""

    def done(act: Callable[[], object]) -> object:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as thread:
        yield lambda act: thread.submit(done, act).result()


def reviewer(username: str) -> None:
    """A reviewer with a password and nothing else, in the unit that the story knows."""
    organisation = Office.objects.get(person__username=UNIT).organisation
    person = register_person(by=SYSTEM, username=username, name="周某", password=PASSWORD)
    assign_office(
        by=SYSTEM,
        person=person,
        organisation=organisation,
        title="公开审查岗",
        roles=["reviewer"],
        since_on=date(2026, 1, 1),
    )


def let_minutes_pass(username: str, *, minutes: int) -> None:
    """What the person's sessions have shown was shown that much earlier."""
    for row in Session.objects.filter(person=Person.objects.get(username=username).pk):
        store = SessionStore(row.session_key)
        store[SHOWN] = store[SHOWN] | {"last": store[SHOWN]["last"] - minutes * 60}
        store.save()


def by_name(reader: Reader) -> Reader:
    """Open the site by its name; keys know no numbers."""
    reader.site = replace(reader.site, url=f"http://localhost:{urlsplit(reader.site.url).port}")
    return reader


def sign_in(reader: Reader, username: str) -> None:
    page = reader.open("/sign-in/")
    page.locator("#id_username").fill(username)
    page.locator("#id_password").fill(PASSWORD)
    follow(page.get_by_role("main").get_by_role("button", name="登录"))


def next_code(secret: str) -> str:
    """A code later than the last one used: that of the step after this one is good already."""
    return code_of(secret, step=step_at(time.time()) + 1)


def drafted(come: Come) -> str:
    """A draft of the unit's, and where it stands."""
    officer = come(office=UNIT)
    page = officer.open(officer.site.project(PROJECT))
    page.set_input_files("#file", [paper(sample_form("008"), name="营养餐.docx")])
    page.locator("#year").fill(YEAR)
    follow(page.get_by_role("button", name="起草并自查"))
    split = urlsplit(page.url)
    return f"{split.path}?{split.query}"


def publish(reader: Reader, address: str) -> None:
    page = reader.open(address)
    page.locator("#review").fill("没有不得公开的内容。\n第二行")
    follow(page.get_by_role("button", name="公开这张表"))


def test_password_then_code_then_a_deed_and_the_code_again(come: Come, beside: Beside):
    beside(lambda: reviewer("zhou"))
    address = drafted(come)
    reader = come(width=360)
    page = reader.page

    sign_in(reader, "zhou")
    assert "只能看，不能办理" in page.content()
    assert reader.axe() == []
    page.goto(reader.site.url + address)
    assert page.get_by_role("button", name="公开这张表").count() == 0

    reader.open("/account/")
    follow(page.get_by_role("link", name="设置动态码"))
    assert reader.axe() == []
    page.locator("summary", has_text="手工输入").click()
    secret = page.locator("main details p.figures").inner_text().replace(" ", "")
    page.locator("#code").fill(code_of(secret, step=step_at(time.time()) - 1))
    follow(page.get_by_role("button", name="设置"))
    codes = page.locator(".codes li").all_inner_texts()
    assert len(codes) == 10
    assert reader.axe() == []
    assert reader.sideways() == 0

    beside(lambda: let_minutes_pass("zhou", minutes=6))
    publish(reader, address)
    assert "请再验证一次" in page.content()
    assert "§ 3.10" in page.content()
    assert reader.axe() == []
    page.locator("#code").fill(code_of(secret, step=step_at(time.time())))
    follow(page.get_by_role("button", name="验证", exact=True))
    assert "接着办理" in page.content()
    assert reader.axe() == []
    follow(page.get_by_role("button", name="确认提交"))
    assert "已公开，并写入存证。" in page.content()

    again = come()
    sign_in(again, "zhou")
    again.page.locator("#code").fill(codes[0])
    follow(again.page.get_by_role("main").get_by_role("button", name="登录"))
    assert "还剩 9 个" in again.page.content()
    again.open("/account/")
    follow(again.page.get_by_role("button", name="退出所有别处的登录"))
    assert "/sign-in/" in reader.open("/account/").url
    assert [*reader.noticed(), *again.noticed()] == []


def test_a_security_key_is_set_up_and_used(come: Come, beside: Beside):
    beside(lambda: reviewer("feng"))
    reader = by_name(come())
    page = reader.page
    key(page)

    sign_in(reader, "feng")
    follow(page.get_by_role("link", name="设置安全密钥"))
    page.locator("#name").fill("抽屉里的钥匙")
    follow(page.get_by_role("button", name="设置"))
    assert page.locator(".codes li").count() == 10
    assert "抽屉里的钥匙" in reader.open("/account/").content()
    assert reader.axe() == []

    beside(lambda: let_minutes_pass("feng", minutes=6))
    reader.open("/account/password/")
    assert "请再验证一次" in page.content()
    follow(page.get_by_role("button", name="用安全密钥验证"))
    assert re.search("/account/password/$", page.url)

    reader.open("/account/")
    follow(page.get_by_role("main").get_by_role("button", name="退出", exact=True))
    sign_in(reader, "feng")
    assert "第二重验证" in page.content()
    assert reader.axe() == []
    follow(page.get_by_role("button", name="用安全密钥验证"))
    assert "/sign-in/" not in page.url
    assert page.evaluate("window.violations") == []


def test_without_javascript_there_are_still_codes(come: Come, beside: Beside):
    beside(lambda: reviewer("chu"))
    reader = come(scripts=False)
    sign_in(reader, "chu")
    page = reader.open("/account/security-key/")
    assert "请设置动态码" in page.inner_text("main")
    page = reader.open("/account/time-code/")
    assert page.locator(".qr svg").count() == 1


def key(page) -> None:
    """A security key in the browser, always touched (Chromium's virtual authenticator)."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "usb",
        "hasResidentKey": False,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
