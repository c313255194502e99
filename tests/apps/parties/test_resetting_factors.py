"""Lost factors are reset by the security administrator: a deed, and nothing for oneself."""

import pytest

import city_hall
from apps.web.signing import contact, is_signed_in, telephone
from gongzhi.core.charter import Refused
from gongzhi.parties.actions.factors import reset_factors
from gongzhi.parties.models import Deed, Factor, Office, OutgoingMessage, RecoveryCode
from gongzhi.parties.recovery_codes import make_recovery_codes
from verified import VerifiedClient, verified

pytestmark = pytest.mark.django_db


@pytest.fixture
def hall() -> city_hall.Unit:
    return city_hall.unit("1", within=city_hall.region())


@pytest.fixture
def guard(hall) -> Office:
    return city_hall.office(hall.organisation, "guard", "security_admin")


def test_s23_resetting_takes_all_factors_ends_all_sessions_and_is_a_deed(hall, guard, settings):
    settings.MESSAGE_PROVIDERS = {"sms": "webhook"}
    person = hall.officer_office.person
    telephone(person)
    make_recovery_codes(person)
    contact(person)
    browser = VerifiedClient()
    browser.force_login(person)

    reset_factors(by=verified(guard), person=person, reason="手机丢失，已当面核实")

    assert not Factor.objects.filter(person=person).exists()
    assert not RecoveryCode.objects.filter(person=person).exists()
    assert not is_signed_in(browser)
    deed = Deed.objects.get(verb="reset_factors")
    assert deed.kept("reason") == "手机丢失，已当面核实"
    assert "手机" not in str(deed.public)
    assert OutgoingMessage.objects.count() == 1


def test_nobody_resets_their_own_factors(guard):
    telephone(guard.person)

    with pytest.raises(Refused):
        reset_factors(by=verified(guard), person=guard.person, reason="方便")

    assert Factor.objects.filter(person=guard.person).exists()


@pytest.mark.parametrize("role", ["system_admin", "audit_admin", "officer"])
def test_s15_no_other_administrator_resets_factors(hall, role):
    other = city_hall.office(hall.organisation, "other", role)
    telephone(hall.officer_office.person)

    with pytest.raises(Refused):
        reset_factors(by=verified(other), person=hall.officer_office.person, reason="—")

    assert Factor.objects.exists()
