"""Citizens sign in by a code; who is known is told to nobody (QUALITY S18–S20, S35, W: 3.3.8)."""

import re
from dataclasses import replace

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.web.signing import code_now, contact, give_code, is_signed_in, person, telephone
from gongzhi.parties.actions.citizens import KNOWN_BY_ANOTHER
from gongzhi.parties.contacts import add_contact
from gongzhi.parties.models import Alarm, Contact, EntryCode, OutgoingMessage, Person
from gongzhi.web.pages.signing import by_code

PHONE = "13800000000"
SESSION = "sessionid"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _gateway(settings) -> None:
    settings.MESSAGE_PROVIDERS = {"sms": "inbox", "email": "inbox"}
    cache.clear()


def ask(browser: Client, address: str = PHONE, **more: str) -> HttpResponse:
    return browser.post(reverse("sign-in-code"), {"address": address, **more})


def last_code() -> str:
    text = OutgoingMessage.objects.latest("created_at").taken_out().text
    found = re.search(r"\b\d{6}\b", text)
    assert found, text
    return found[0]


def enter(browser: Client, code: str | None = None, **more: str) -> HttpResponse:
    return browser.post(reverse("enter-code"), {"code": code or last_code(), **more})


def citizen(browser: Client, address: str = PHONE) -> Person:
    """Somebody who has just opened an account."""
    ask(browser, address)
    enter(browser)
    return Person.objects.get(pk=browser.session["_auth_user_id"])


def test_a_code_opens_an_account_and_leads_to_choosing_a_name():
    browser = Client()
    assert ask(browser, "138 0000 0000").headers["Location"] == reverse("enter-code")

    answer = enter(browser)

    assert answer.headers["Location"] == reverse("public-name")
    assert is_signed_in(browser)
    assert Person.objects.get(username__startswith="citizen-").shown_name == "一位市民"


def test_the_next_time_the_same_account_is_signed_in():
    first = citizen(Client())
    browser = Client()
    ask(browser)

    answer = enter(browser)

    assert answer.headers["Location"] == reverse("desk")
    assert browser.session["_auth_user_id"] == str(first.pk)
    assert Person.objects.filter(username__startswith="citizen-").count() == 1


def test_s19_known_and_unknown_addresses_are_answered_alike():
    citizen(Client())
    told = []
    for address in (PHONE, "13800000001"):
        browser = Client()
        answer = ask(browser, address)
        page = browser.get(reverse("enter-code")).content.decode()
        wrong = enter(browser, "000000" if last_code() != "000000" else "111111")
        token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"')
        texts = [token.sub("", each) for each in (page, wrong.content.decode())]
        hidden = [each.replace("138****0001", "138****0000") for each in texts]
        told.append((answer.status_code, answer.headers["Location"], wrong.status_code, *hidden))

    assert told[0] == told[1]


def test_s19_whether_there_is_an_account_is_not_looked_up_before_the_code_came_back(monkeypatch):
    asked = []
    monkeypatch.setattr(by_code, "_account", asked.append)
    browser = Client()
    ask(browser)
    enter(browser, "not it")

    assert asked == []


def test_s20_the_session_gets_a_new_identifier():
    browser = Client()
    ask(browser)
    before = browser.cookies[SESSION].value
    enter(browser)

    assert browser.cookies[SESSION].value != before


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/", "javascript:x"])
def test_s35_the_page_to_go_on_to_is_one_of_ours(next_page: str):
    browser = Client()
    citizen(Client())
    answer = ask(browser, next=next_page)
    assert "evil" not in answer.headers["Location"]
    answer = enter(browser, next=next_page)
    assert answer.headers["Location"] == reverse("home")


def test_where_somebody_wanted_to_go_is_kept_through_the_code_and_the_name():
    browser = Client()
    wanted = reverse("forms")
    answer = ask(browser, next=wanted)
    assert answer.headers["Location"].endswith(f"?next={wanted.replace('/', '%2F')}")
    answer = enter(browser, next=wanted)
    assert "public-name" in answer.headers["Location"]
    own = Person.objects.get(pk=browser.session["_auth_user_id"])
    given = {"name": "河边的人", "key": "one", "next": wanted}
    answer = browser.post(reverse("choose_public_name", args=[own.pk]), given)
    assert answer.headers["Location"] == wanted


def test_s18_a_wrong_code_is_told_and_after_five_the_right_one_is_too_late():
    browser = Client()
    ask(browser)
    code = last_code()
    for _ in range(5):
        assert enter(browser, "000000" if code != "000000" else "111111").status_code == 422
    assert enter(browser, code).status_code == 422
    assert not is_signed_in(browser)


def test_s18_codes_from_one_place_of_the_network_have_a_limit():
    answers = [ask(Client(), f"1380000000{number}").status_code for number in range(7)]
    assert answers == [302] * 5 + [429] * 2


def test_s18_an_address_that_got_too_many_codes_gets_no_more(monkeypatch):
    monkeypatch.setattr(by_code, "ASKED_A_MINUTE_MAX", 100)
    answers = [ask(Client()).status_code for _ in range(7)]
    assert answers == [302] * 5 + [422] * 2
    assert OutgoingMessage.objects.count() == 5


def test_a_code_works_only_in_the_browser_that_asked_for_it():
    ask(Client())
    stranger = Client()
    answer = enter(stranger)
    assert answer.headers["Location"] == reverse("sign-in-code")
    assert not is_signed_in(stranger)


@pytest.mark.parametrize("address", ["", "12", "hello", "li@", "+861234567890123456"])
def test_what_is_no_address_is_told_and_kept(address: str):
    answer = ask(Client(), address)
    assert answer.status_code == 422
    assert not EntryCode.objects.exists()
    if address:
        assert f'value="{address}"' in answer.content.decode()


def test_who_set_a_second_factor_up_is_asked_for_it():
    own = citizen(Client())
    secret = telephone(own)
    browser = Client()
    ask(browser)
    assert enter(browser).headers["Location"] == reverse("sign-in-factor")
    assert not is_signed_in(browser)

    give_code(browser, code_now(secret))
    assert is_signed_in(browser)


def test_a_suspended_account_does_not_open_and_no_other_one_does():
    own = citizen(Client())
    Person.objects.filter(pk=own.pk).update(is_active=False)
    browser = Client()
    ask(browser)

    answer = enter(browser)

    assert answer.status_code == 403
    assert "停用" in answer.content.decode()
    assert not is_signed_in(browser)
    assert Person.objects.filter(username__startswith="citizen-").count() == 1


def test_s55_two_windows_that_register_at_once_end_in_one_account(monkeypatch):
    own = citizen(Client())
    browser = Client()
    ask(browser)
    found = iter([None, own])  # not there yet, then made by the other window
    monkeypatch.setattr(by_code, "_account", lambda _proven: next(found))

    enter(browser)

    assert browser.session["_auth_user_id"] == str(own.pk)
    assert KNOWN_BY_ANOTHER.text


def test_the_office_that_somebody_holds_is_not_opened_by_a_text_message():
    staff = person()
    contact(staff)
    opened = citizen(Client())
    assert opened != staff


def test_w338_the_code_can_be_pasted_and_filled_in_by_the_browser():
    browser = Client()
    page = browser.get(reverse("sign-in-code")).content.decode()
    assert 'autocomplete="tel"' in page
    ask(browser)
    page = browser.get(reverse("enter-code")).content.decode()
    assert 'autocomplete="one-time-code"' in page
    assert 'inputmode="numeric"' in page
    assert "<script" not in page.split("<main", 1)[1]


def test_s24_before_something_weighty_a_code_is_asked_for_anew(settings):
    browser = Client()
    own = citizen(browser)
    session = browser.session
    session["shown"] = session["shown"] | {"last": 0}
    session.save()
    page = reverse("sign-in-again") + "?next=" + reverse("new-contact")
    assert browser.get(reverse("new-contact")).headers["Location"].startswith(page[:15])
    assert "password" not in browser.get(page).content.decode()

    answer = browser.post(reverse("sign-in-again"), {"send": "1", "next": reverse("new-contact")})
    assert "138****0000" in answer.content.decode()
    wrong = browser.post(reverse("sign-in-again"), {"code": "no", "next": reverse("new-contact")})
    assert "验证码不对" in wrong.content.decode()
    right = {"code": last_code(), "next": reverse("new-contact")}
    answer = browser.post(reverse("sign-in-again"), right)
    assert answer.headers["Location"] == reverse("new-contact")
    assert browser.get(reverse("new-contact")).status_code == 200
    assert own.pk


def test_the_only_way_in_is_not_deleted_by_mistake():
    browser = Client()
    own = citizen(browser)
    only = Contact.objects.of(own).get()
    answer = browser.post(reverse("erase-contact", args=[only.pk]), follow=True)
    assert "唯一" in answer.content.decode()
    assert Contact.objects.of(own).exists()


def test_a_contact_of_another_account_is_not_added():
    citizen(Client(), "13800000001")
    browser = Client()
    own = citizen(browser)
    browser.post(reverse("new-contact"), {"channel": "sms", "address": "13800000001"})
    added = Contact.objects.of(own).get(verified_at=None)
    answer = browser.post(
        reverse("verify-contact", args=[added.pk]), {"code": last_code()}, follow=True
    )
    assert "另一个账号" in answer.content.decode()
    assert Contact.objects.of(own).count() == 1


def test_a_name_that_does_not_suit_is_told_and_kept():
    browser = Client()
    own = citizen(browser)
    given = {"name": "官方发布", "key": "one"}
    answer = browser.post(reverse("choose_public_name", args=[own.pk]), given)
    assert answer.status_code == 422
    assert 'value="官方发布"' in answer.content.decode()
    own.refresh_from_db()
    assert own.public_name is None


def test_the_account_shows_how_far_one_is_known_and_what_comes_next():
    browser = Client()
    citizen(browser)
    page = browser.get(reverse("account")).content.decode()
    section = page.split('id="assurance"')[1].split("</section>")[0]
    assert section.count("已到") == 1
    assert section.count("未到") == 2
    assert "身份认证平台" in section
    assert "您不用密码登录" in page


def test_who_is_not_known_is_led_to_a_contact_before_a_name():
    stranger = person("stranger", password=None)
    browser = Client()
    browser.force_login(stranger)
    session = browser.session
    session["shown"] = {"began": 9e9, "seen": 9e9, "last": 9e9, "factor": None, "device": ""}
    session.save()
    page = browser.get(reverse("public-name")).content.decode()
    assert reverse("new-contact") in page
    assert 'id="choose_public_name"' not in page
    given = {"name": "河边的人", "key": "one"}
    answer = browser.post(reverse("choose_public_name", args=[stranger.pk]), given)
    assert answer.status_code == 403
    assert "核实了联系方式" in answer.content.decode()
    assert add_contact(stranger, channel="sms", address=PHONE)


def test_s56_many_accounts_from_one_place_ring_an_alarm(monkeypatch):
    monkeypatch.setattr(by_code, "ASKED_A_MINUTE_MAX", 100)
    held = by_code.limits()
    monkeypatch.setattr(by_code, "limits", lambda: replace(held, new_citizens_an_hour=2))
    for number in range(4):
        citizen(Client(), f"1380000100{number}")

    assert [alarm.kind for alarm in Alarm.objects.all()] == ["many_citizens"]
    assert Person.objects.filter(username__startswith="citizen-").count() == 4
