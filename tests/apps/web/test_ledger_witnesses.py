"""Who cosigns the log is decided on its page, by whose right it is."""

import pytest
from django.urls import reverse

import city_hall
from gongzhi.core.ledger.keys import KeyKind, Signer
from gongzhi.trust.witnesses import admitted_witnesses, quorum_in_force
from verified import VerifiedClient

pytestmark = pytest.mark.django_db
KEY = Signer("w.example", KeyKind.COSIGNATURE, bytes(32)).verifier.text


@pytest.fixture
def hall() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def issuer(hall) -> VerifiedClient:
    client = VerifiedClient()
    client.force_login(city_hall.office(hall.organisation, "issuer", "issuer").person)
    return client


def words(answer) -> str:
    return answer.content.decode()


def test_the_issuing_office_admits_moves_and_retires(issuer):
    admitted = {"key": "1", "verifier": KEY, "operator": "某协会"}
    assert issuer.post(reverse("admit_witness"), admitted).status_code == 302
    assert "某协会" in words(issuer.get(reverse("ledger-witnesses")))
    assert issuer.post(reverse("set_quorum"), {"key": "2", "threshold": "1"}).status_code == 302
    assert quorum_in_force().threshold == 1

    moved = {"key": "3", "witness": "w.example", "address": "https://w.example/"}
    assert issuer.post(reverse("move_witness"), moved).status_code == 302
    assert admitted_witnesses()[0].address == "https://w.example/"

    issuer.post(reverse("set_quorum"), {"key": "4", "threshold": "0"})
    retired = {"key": "5", "witness": "w.example", "reason": "私钥被盗"}
    assert issuer.post(reverse("retire_witness"), retired).status_code == 302
    assert admitted_witnesses() == ()


def test_what_is_no_key_is_said_and_nothing_changes(issuer):
    answer = issuer.post(
        reverse("admit_witness"), {"key": "1", "verifier": "abc", "operator": "某协会"}
    )

    assert answer.status_code == 422
    assert "这不是见证方的公钥" in words(answer)
    assert admitted_witnesses() == ()


def test_a_visitor_reads_the_witnesses_and_finds_no_form(client, hall):
    page = words(client.get(reverse("ledger-witnesses")))

    assert "见证方" in page
    assert reverse("admit_witness") not in page
