"""The pages of the log: what concerns me, when an entry came, what could be anchored in a chain."""

import html
from pathlib import Path

import pytest
from django.urls import reverse

import city_hall
from apps.trust.watchers import watching
from gongzhi.core.ledger.anchoring import statement_of
from gongzhi.parties.actions.erasing import ask_erasure
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed, Person
from gongzhi.trust.cosigning import Cosigning
from gongzhi.trust.interval import interval_of
from gongzhi.trust.order import numbers_of
from gongzhi.trust.proofs import PublishedHead, believable_head
from gongzhi.trust.sequencing import sequence
from verified import VerifiedClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


def words(answer) -> str:
    return answer.content.decode()


def signed_in(person: Person) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(person)
    return client


def test_i_see_what_i_did_and_not_what_others_did(hall):
    person = hall.officer_office.person
    ask_erasure(by=member_of(person), person=person, reason="想看看")
    sequence()
    own = Deed.objects.get(verb="ask_erasure")
    (number,) = numbers_of([own.leaf]).values()

    mine = words(signed_in(person).get(reverse("ledger-mine")))
    theirs = words(
        signed_in(city_hall.office(hall.organisation, "another").person).get(reverse("ledger-mine"))
    )

    assert reverse("ledger-entry", args=[number]) in mine
    assert reverse("ledger-entry", args=[number]) not in theirs


def test_a_visitor_is_led_to_signing_in(client):
    assert client.get(reverse("ledger-mine")).status_code == 302


def test_without_a_quorum_no_time_is_proved(hall):
    sequence()
    assert (interval_of(0).after, interval_of(0).before) == (None, None)


def test_what_witnesses_prove_of_an_entry_s_time_is_said_with_its_limits(client, hall, tmp_path):
    asking = Cosigning()
    with watching(tmp_path / "witnesses") as watchers:
        watchers.admit("ab", threshold=2)
        sequence()
        asking.round(wait_s=5.0)
        asking.end()

    shown = words(client.get(reverse("ledger-entry", args=[0])))

    assert "时已可证明" in shown
    assert "签名证明不了" in shown


def test_what_has_no_number_yet_is_counted(hall):
    person = hall.officer_office.person
    sequence()
    ask_erasure(by=member_of(person), person=person, reason="想看看")

    assert "另有 1 条正在等待编号" in words(signed_in(person).get(reverse("ledger-mine")))


def test_without_a_quorum_there_is_nothing_to_anchor_in_a_chain(client, hall):
    sequence()

    page = client.get(reverse("ledger-chain"))

    assert page.status_code == 200
    assert "还没有凑够" in words(page)
    assert "gongzhi/anchor@v1" not in words(page)
    assert client.get(reverse("anchor-statement")).status_code == 404


def test_a_cosigned_checkpoint_can_be_anchored_in_a_chain(client, hall, tmp_path: Path):
    sequence()
    with watching(tmp_path / "witnesses") as watchers:
        watchers.admit("abc", threshold=2)
        asking = Cosigning()
        asking.round()
        asking.end()

    statement = client.get(reverse("anchor-statement")).content.decode()

    assert statement == statement_of(last_cosigned().checkpoint)
    assert statement in html.unescape(words(client.get(reverse("ledger-chain"))))


def last_cosigned() -> PublishedHead:
    found = believable_head()
    assert found is not None
    assert found.is_cosigned
    return found
