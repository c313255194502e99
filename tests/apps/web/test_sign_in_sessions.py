"""Sessions end: idle, after twelve hours, with a new password, when told to (QUALITY S21, S22)."""

import pytest
from django.test import Client
from django.urls import reverse

from apps.web.signing import PASSWORD, give_password, is_signed_in, person, telephone
from gongzhi.parties.models import Session
from gongzhi.parties.passwords import set_password
from gongzhi.parties.sign_in import DEMO, SHOWN
from verified import VerifiedClient

NEW = "an even longer pass phrase"
MINUTE, HOUR = 60, 3600

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cheap_passwords(settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def li():
    return person()


def signed_in(owner, *, agent: str = "") -> VerifiedClient:
    browser = VerifiedClient(headers={"User-Agent": agent})
    give_password(browser, username=owner.username)
    return browser


def shift(client: Client, **earlier: float) -> None:
    """Let what a session remembers be longer ago."""
    session = client.session
    session[SHOWN] = {
        k: v - earlier.get(k, 0) if k in earlier else v for k, v in session[SHOWN].items()
    }
    session.save()


@pytest.mark.parametrize(
    ("earlier", "lives"),
    [
        ({"seen": 29 * MINUTE}, True),
        ({"seen": 31 * MINUTE}, False),
        ({"began": 11.9 * HOUR}, True),
        ({"began": 12.1 * HOUR}, False),
    ],
)
def test_s22_a_session_ends_idle_or_after_twelve_hours(li, earlier, lives):
    browser = signed_in(li)
    shift(browser, **earlier)

    assert is_signed_in(browser) == lives
    assert Session.objects.filter(person=li.pk).exists() == lives


def test_s22_somebody_at_work_stays_signed_in(li):
    browser = signed_in(li)
    for _ in range(3):
        shift(browser, seen=20 * MINUTE)
        assert is_signed_in(browser)


def test_s22_a_session_that_never_showed_anything_is_over(li):
    browser = Client()
    browser.force_login(li)  # as an older version of the program might have left it

    assert not is_signed_in(browser)


def test_s21_a_new_password_ends_every_other_session(li):
    here, elsewhere = signed_in(li), signed_in(li)

    answer = here.post(reverse("password"), {"password": NEW, "current": PASSWORD})

    assert answer.headers["Location"] == reverse("account")
    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)
    assert give_password(Client(), password=PASSWORD).status_code == 200
    assert give_password(Client(), password=NEW).status_code == 302


def test_s21_a_password_set_for_somebody_ends_all_their_sessions(li):
    browser = signed_in(li)
    set_password(li, NEW)
    assert not is_signed_in(browser)


def test_s21_somebody_disabled_is_out_with_the_next_request(li):
    browser = signed_in(li)
    li.is_active = False
    li.save()
    assert not is_signed_in(browser)


def test_s21_signing_out_everywhere_else_leaves_only_here(li):
    here, elsewhere, third = signed_in(li), signed_in(li), signed_in(li)

    here.post(reverse("end-sessions"))

    assert [is_signed_in(each) for each in (here, elsewhere, third)] == [True, False, False]


def test_s21_one_session_is_ended_by_its_name(li):
    here = signed_in(li, agent="Mozilla/5.0 (X11; Linux) Firefox/140.0")
    elsewhere = signed_in(li, agent="Mozilla/5.0 (Windows NT) Chrome/140 Safari/5 Edg/140")
    page = here.get(reverse("account")).content.decode()
    assert "Firefox · Linux" in page
    assert "Edge · Windows" in page
    assert elsewhere.session.session_key not in page
    name = page.split("/account/sessions/")[1].split("/")[0]

    here.post(reverse("end-session", args=[name]))

    assert is_signed_in(here)
    assert not is_signed_in(elsewhere)


def test_nobody_ends_the_session_of_another(li):
    browser = signed_in(li)
    name = browser.get(reverse("account")).context["sessions"][0].name
    stranger = signed_in(person("wang"))

    stranger.post(reverse("end-session", args=[name]))

    assert is_signed_in(browser)


def test_signing_out_kills_the_session(li):
    browser = signed_in(li)
    key = browser.session.session_key
    browser.post(reverse("sign-out"))

    stolen = Client()
    stolen.cookies["sessionid"] = key
    assert not is_signed_in(stolen)


def test_s12_what_was_read_signed_in_is_not_kept_by_the_browser(li):
    browser = signed_in(li)
    assert browser.get(reverse("account")).headers["Cache-Control"] == "no-store"
    assert "no-store" in browser.get(reverse("desk")).headers["Cache-Control"]


@pytest.mark.parametrize("weak", ["short", "1234567890123", "password123", "li", "x" * 201])
def test_a_weak_password_is_refused_with_words(li, weak):
    browser = signed_in(li)

    answer = browser.post(reverse("password"), {"password": weak, "current": PASSWORD})

    assert answer.status_code == 200
    assert 'href="#password"' in answer.content.decode()
    li.refresh_from_db()
    assert li.check_password(PASSWORD)


def test_a_new_password_takes_the_present_one_too(li):
    browser = signed_in(li)

    answer = browser.post(reverse("password"), {"password": NEW, "current": "wrong"})

    assert "现在的密码不对" in answer.content.decode()
    li.refresh_from_db()
    assert li.check_password(PASSWORD)


def test_s22_a_session_that_is_over_is_not_listed(li):
    here, elsewhere = signed_in(li), signed_in(li)
    shift(elsewhere, seen=31 * MINUTE)
    assert len(here.get(reverse("account")).context["sessions"]) == 1


def test_a_demos_mark_is_worth_nothing_elsewhere(li):
    telephone(li)
    browser = VerifiedClient()
    browser.force_login(li, factor=None, minutes_ago=60)
    session = browser.session
    session[SHOWN] = session[SHOWN] | {DEMO: True}
    session.save()

    assert browser.get(reverse("password")).status_code == 302


@pytest.mark.parametrize(
    "wanted", ["https://elsewhere.example/", "//elsewhere.example", "/\\e.example"]
)
def test_s35_signing_in_leads_to_this_site_only(li, wanted):
    given = {"username": "li", "password": PASSWORD, "next": wanted}
    answer = Client().post(reverse("sign-in"), given)
    assert answer.headers["Location"] == reverse("home")


def test_signing_in_leads_where_one_wanted_to_go(li):
    telephone(li)
    browser = Client()
    given = {"username": "li", "password": PASSWORD, "next": "/charter/"}
    answer = browser.post(reverse("sign-in"), given)
    assert answer.headers["Location"] == reverse("sign-in-factor") + "?next=%2Fcharter%2F"
