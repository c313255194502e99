"""Remarks as pages: led elsewhere before writing, sent under no name, opened by a code alone."""

import re

import pytest
from django.urls import reverse

import city_hall
from apps.forum.test_remarks import whole_database
from gongzhi.core.charter import SYSTEM
from gongzhi.forum import remark_locks
from gongzhi.forum.models import Remark, RemarkMessage
from gongzhi.parties.actions import setting_up as parties
from gongzhi.parties.models import Session
from gongzhi.web import fleeting
from verified import VerifiedClient, signed_in

pytestmark = pytest.mark.django_db
TEXT = "活动室周末不开门，建议延长到晚上九点。"
ACCUSING = "采购里主任收受了施工方的好处。"
ADDRESS = "203.0.113.7"
AGENT = "an agent known by this name"
LANGUAGES = pytest.mark.parametrize("language", ["zh-hans", "en"])


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(remark_locks, "COST", 2)
    fleeting._counts.clear()


@pytest.fixture
def disclosed(unit):
    city_hall.published(unit)
    unit.project.refresh_from_db()
    return unit


def read(client, name, *args, query="", status=200) -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == status
    return answer.content.decode()


def post(client, name, *args, status=302, **given):
    more = {"REMOTE_ADDR": ADDRESS, "HTTP_USER_AGENT": AGENT}
    answer = client.post(reverse(name, args=args), given, **more)
    assert answer.status_code == status, answer.content.decode()[:2000]
    return answer


def state_on(page: str) -> str:
    return re.search(r'name="state" value="([^"]+)"', page)[1]


def send(client, unit, *, text=TEXT, status=200, state=""):
    about = unit.project.thing().name
    page = read(client, "remark-anonymous", query=f"?about={about}")
    given = {"kind": "suggestion", "text": text, "about": about, "state": state or state_on(page)}
    return post(client, "send_anonymous_remark", status=status, **given)


def code_on(answer) -> str:
    return re.search(r'id="receipt">([0-9 ]+)<', answer.content.decode())[1]


@LANGUAGES
def test_9_6_the_first_page_leads_elsewhere_before_anybody_writes(client, disclosed, language):
    client.cookies["django_language"] = language
    page = read(client, "remarks", query=f"?about={disclosed.project.thing().name}")
    for told in ("12345", "12388", disclosed.project.name, reverse("remark-anonymous")):
        assert told in page
    assert "<textarea" not in page


@LANGUAGES
def test_a_nameless_writer_and_an_office_talk_by_the_code(client, disclosed, language):
    client.cookies["django_language"] = language
    code = code_on(send(client, disclosed))
    assert len(re.sub(r"\D", "", code)) == 20
    officer = signed_in(disclosed.officer_office)
    row = Remark.objects.get()
    assert TEXT not in read(officer, "remark", row.pk)
    assert TEXT in post(officer, "read_remark", row.pk, status=200, key="1").content.decode()
    post(officer, "read_remark", row.pk, status=302, key="1")  # the same form again: closed
    post(officer, "ask_about_remark", row.pk, key="2", text="哪一间？")
    talk = post(client, "remark-receipt", status=200, code=code).content.decode()
    assert TEXT in talk
    assert "哪一间？" in talk
    assert 'name="text"' in talk.partition('id="add_by_receipt"')[2]
    post(client, "add_by_receipt", status=200, code=code, text="二楼的")
    post(officer, "answer_remark", row.pk, key="3", outcome="adopted", text="下月起")
    talk = post(client, "remark-receipt", status=200, code=code).content.decode()
    assert "下月起" in talk
    assert "<textarea" not in talk
    post(client, "add_by_receipt", status=422, code=code, text="还有")


def test_a_citizen_sends_under_an_account_and_reads_the_answer(disclosed):
    person = parties.register_person(by=SYSTEM, username="某公民", name="李四")
    client = VerifiedClient()
    client.force_login(person)
    about = disclosed.project.thing().name
    page = read(client, "remark-writing", query=f"?about={about}")
    assert disclosed.organisation.name in page
    given = {"kind": "oversight", "about": about, "key": "1"}
    assert (
        "12388" in post(client, "send_remark", status=422, text=ACCUSING, **given).content.decode()
    )
    post(client, "send_remark", text=TEXT, **given)
    post(client, "send_remark", text=TEXT, **given)
    row = Remark.objects.get()
    assert TEXT in read(client, "remark", row.pk)
    assert row.number in read(client, "remark-list")
    officer = signed_in(disclosed.officer_office)
    assert row.number in read(officer, "remark-list", query="?whose=received")
    post(officer, "answer_remark", row.pk, key="2", outcome="not_adopted", text="人手不够")
    assert "人手不够" in read(client, "remark", row.pk)


def test_others_find_neither_the_remark_nor_its_text(client, disclosed, other):
    send(client, disclosed)
    row = Remark.objects.get()
    read(client, "remark", row.pk, status=404)
    read(signed_in(other.officer_office), "remark", row.pk, status=404)
    post(signed_in(other.officer_office), "read_remark", row.pk, status=404, key="1")


def test_s61_no_address_no_agent_no_session_and_no_cookie_of_an_identity(client, disclosed):
    sessions = Session.objects.count()
    code = code_on(send(client, disclosed))
    answer = post(client, "remark-receipt", status=200, code=code)
    assert set(client.cookies) <= {"csrftoken"}
    assert Session.objects.count() == sessions
    assert "no-store" in answer["Cache-Control"]
    assert answer["Referrer-Policy"] == "same-origin", "no other site learns of it; forms work"
    held = whole_database()
    for trace in (ADDRESS, AGENT, TEXT, re.sub(r"\D", "", code)):
        assert trace not in held


def test_s61_nothing_is_printed_about_a_fault_of_the_program(client, disclosed, capfd, monkeypatch):
    def broken(**_):
        raise RuntimeError("a bug")

    monkeypatch.setattr("gongzhi.forum.actions.remarks._keep_nameless", broken)
    client.raise_request_exception = False
    send(client, disclosed, status=500)
    out, err = capfd.readouterr()
    assert TEXT not in out + err
    assert ADDRESS not in out + err


def test_whoever_is_signed_in_is_told_to_sign_out_first(disclosed):
    client = signed_in(disclosed.officer_office)
    page = read(client, "remark-anonymous")
    assert 'name="state"' not in page
    answer = post(client, "send_anonymous_remark", kind="suggestion", text=TEXT, state="x")
    assert answer["Location"] == reverse("remark-anonymous")
    assert not Remark.objects.exists()


def test_r05_a_page_sent_twice_shows_the_same_code(client, disclosed):
    page = read(client, "remark-anonymous")
    first = send(client, disclosed, state=state_on(page))
    second = send(client, disclosed, state=state_on(page))
    assert code_on(first) == code_on(second)
    assert Remark.objects.count() == 1
    send(client, disclosed, text="另一件事", state=state_on(page), status=422)


def test_a_code_of_ones_own_making_is_not_taken(client, disclosed):
    send(client, disclosed, state="12345678901234567890:forged", status=422)
    assert not Remark.objects.exists()


def test_9_7_an_accusation_is_led_to_its_channel_and_the_words_stay_with_the_writer(
    client, disclosed
):
    page = send(client, disclosed, text=ACCUSING, status=422).content.decode()
    assert "12388" in page
    assert ACCUSING in page
    assert not RemarkMessage.objects.exists()


def test_s19_guessing_codes_is_slowed_down_for_one_and_for_all(client, disclosed):
    wrong = "1234 5678 9012 3456 7893"
    statuses = {
        client.post(reverse("remark-receipt"), {"code": wrong}, REMOTE_ADDR=ADDRESS).status_code
        for _ in range(11)
    }
    assert statuses == {422, 429}
    for number in range(120):
        answer = client.post(
            reverse("remark-receipt"), {"code": wrong}, REMOTE_ADDR=f"198.51.{number}.1"
        )
    assert answer.status_code == 429


@LANGUAGES
def test_outcomes_are_everybodys_and_withhold_what_is_small(client, disclosed, language):
    client.cookies["django_language"] = language
    send(client, disclosed)
    assert disclosed.organisation.name not in read(client, "remark-outcomes")  # this month
    Remark.objects.update(received_on="2026-01-05")
    page = read(client, "remark-outcomes")
    assert disclosed.organisation.name in page
    assert re.search(r">\s*1\s*<", page) is None
