"""“看懂了吗?”: one tap on every page, counted once a day from a browser, of nobody in person."""

import pytest
from django.urls import reverse

from gongzhi.core.charter import VISITOR
from gongzhi.forum.actions.understanding import say_understood
from gongzhi.forum.models import UnderstoodCount
from gongzhi.parties.models import Deed, WaitingRow
from verified import VerifiedClient

pytestmark = pytest.mark.django_db


def tap(client, *, page: str = "home", said: str = "yes", status: int = 302):
    sent = {"page": page, "understood": said, "next": reverse("home")}
    answer = client.post(reverse("say_understood"), sent)
    assert answer.status_code == status
    return answer


def test_a_tap_is_counted_and_leads_back_to_the_page(client):
    assert tap(client).url == "/"
    tap(client, page="forms", said="no")
    counted = UnderstoodCount.objects.values_list("page", "understood", "not_understood")
    assert set(counted) == {("home", 1, 0), ("forms", 0, 1)}
    shown = client.get(reverse("understood")).content.decode()
    assert "/forms/" in shown


def test_a_browser_counts_once_a_day_for_each_page(client):
    tap(client)
    tap(client, said="no")
    assert UnderstoodCount.objects.get().understood == 1
    tap(VerifiedClient())
    assert UnderstoodCount.objects.get().understood == 2


def test_a_tap_leaves_neither_author_nor_moment(client):
    tap(client)
    assert not Deed.objects.exclude(verb__in=["adopt_part"]).filter(verb="say_understood").exists()
    assert WaitingRow.objects.filter(verb="say_understood").count() == 1
    assert "sessionid" not in client.cookies


@pytest.mark.parametrize(("page", "said"), [("nowhere", "yes"), ("home", "perhaps"), ("", "")])
def test_what_is_no_page_is_refused(client, page, said):
    tap(client, page=page, said=said, status=400)
    assert not UnderstoodCount.objects.exists()


def test_every_page_asks_without_scripts(client):
    for route in ("home", "surveys", "understood", "charter"):
        page = client.get(reverse(route)).content.decode()
        assert page.count('name="understood"') == 2
        assert f'name="page" value="{route}"' in page


def test_days_are_counted_apart_and_sums_stay_whole():
    for understood in (True, True, False):
        say_understood(by=VISITOR, page="home", understood=understood)
    row = UnderstoodCount.objects.get()
    assert (row.understood, row.not_understood) == (2, 1)
