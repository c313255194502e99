"""OpenID Connect: every check of the code flow, one fault at a time (V10; S02, S20, S35, S55)."""

import time

import jwt
import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from apps.web.identity_provider import (
    CLIENT,
    SECRET,
    IdentityProvider,
    identity_provider,
    new_key,
    s256,
)
from apps.web.signing import code_now, give_code, give_password, is_signed_in, person, telephone
from gongzhi.core.charter import Assurance
from gongzhi.parties.members import member_of
from gongzhi.parties.models import Deed, Human, OutsideLogin, Person
from gongzhi.parties.openid.providers import NotAnswered, is_safe

pytestmark = pytest.mark.django_db
BACK = "/sign-in/provider/back/"


@pytest.fixture
def provider(settings):
    cache.clear()
    with identity_provider() as running:
        settings.OIDC = {
            "issuer": running.issuer,
            "client": CLIENT,
            "secret": SECRET,
            "name": "某市统一认证",
            "verifies": True,
        }
        yield running


def sent(browser: Client, **query: str) -> str:
    """Where the browser is sent to."""
    answer = browser.get(reverse("sign-in-provider"), query)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def come_back(browser: Client, address: str) -> HttpResponse:
    assert BACK in address
    return browser.get(address.removeprefix("http://testserver"))


def sign_in(browser: Client, provider: IdentityProvider, **query: str) -> HttpResponse:
    return come_back(browser, provider.authorize(sent(browser, **query)))


def test_the_fake_provider_is_right_itself(provider):
    """RFC 7636, appendix B; its token, read by the library that didn't make the product's."""
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert s256(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"
    token = provider.id_token({"nonce": "n"})
    read = jwt.decode(token, provider.key.public_key(), ["RS256"], audience=CLIENT)
    assert read["nonce"] == "n"


def test_the_first_time_opens_an_account_whose_identity_is_known(provider):
    browser = Client()

    answer = sign_in(browser, provider)

    assert answer.headers["Location"] == reverse("public-name")
    opened = Person.objects.get(username__startswith="citizen-")
    assert member_of(opened).assurance == Assurance.IDENTITY
    assert opened.who == str(opened.pk)
    assert [each.verb for each in Deed.objects.order_by("leaf")][-2:] == [
        "register_citizen",
        "confirm_identity",
    ]
    assert provider.subject not in str(list(OutsideLogin.objects.values()))


def test_the_next_time_is_the_same_account_with_a_new_session(provider):
    sign_in(Client(), provider)
    browser = Client()
    address = provider.authorize(sent(browser))
    before = browser.cookies["sessionid"].value

    answer = come_back(browser, address)

    assert answer.headers["Location"] == reverse("desk")
    assert browser.cookies["sessionid"].value != before  # S20
    assert Person.objects.filter(username__startswith="citizen-").count() == 1


def test_a_provider_that_verifies_nobody_makes_nobody_known(provider, settings):
    settings.OIDC = settings.OIDC | {"verifies": False}
    sign_in(Client(), provider)
    opened = Person.objects.get(username__startswith="citizen-")
    assert member_of(opened).assurance == Assurance.NONE
    assert not Human.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "https://evil.example"},
        {"iss": None},
        {"aud": "another site"},  # S02: a token for somebody else
        {"aud": [CLIENT, "another site"]},  # without azp
        {"aud": [CLIENT, "another site"], "azp": "another site"},
        {"aud": None},
        {"nonce": "another question"},
        {"nonce": None},
        {"exp": -600},
        {"exp": None},
        {"iat": None},
        {"nbf": 6000},
        {"sub": None},
        {"sub": ""},
        {"sub": "x" * 256},
        {"at_hash": "of another access token"},
    ],
    ids=str,
)
def test_a_token_with_one_wrong_claim_signs_nobody_in(provider, wrong):
    """Moments are told as seconds from now: a test has one name, whenever it is collected."""
    provider.wrong["claims"] = {
        claim: int(time.time()) + value if isinstance(value, int) else value
        for claim, value in wrong.items()
    }
    browser = Client()
    try:
        answer = sign_in(browser, provider)
    except TypeError:  # the library that makes the tokens of the fake refuses such a one
        pytest.skip("no such token can be made")
    assert answer.status_code == 403
    assert not is_signed_in(browser)
    assert not Person.objects.filter(username__startswith="citizen-").exists()


@pytest.mark.parametrize(
    ("key", "algorithm"),
    [(new_key(), "RS256"), ("", "none"), (SECRET * 2, "HS256")],
    ids=["another's key", "no signature", "the shared secret"],
)
def test_a_token_that_the_provider_did_not_sign_signs_nobody_in(provider, key, algorithm):
    provider.wrong |= {"key": key, "algorithm": algorithm}
    browser = Client()
    assert sign_in(browser, provider).status_code == 403
    assert not is_signed_in(browser)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "another"},
        {"state": None},
        {"code": None},
        {"code": "guessed"},
        {"iss": "https://evil.example"},  # RFC 9207: mix-up
        {"iss": None},
        {"error": "access_denied", "code": None},
        {"error": "server_error", "code": None},
    ],
    ids=str,
)
def test_an_answer_to_another_question_or_from_another_provider_is_refused(provider, wrong):
    provider.wrong["answer"] = wrong
    browser = Client()
    assert sign_in(browser, provider).status_code == 403
    assert not is_signed_in(browser)


def test_an_answer_is_taken_by_the_browser_that_asked_and_once(provider):
    browser, stranger = Client(), Client()
    address = provider.authorize(sent(browser))
    assert come_back(stranger, address).status_code == 403
    assert come_back(browser, address).status_code == 302
    browser.post(reverse("sign-out"))
    assert come_back(browser, address).status_code == 403


def test_an_answer_to_what_another_browser_asked_is_refused(provider):
    """Somebody who is made to come back with another's code is not signed in as them."""
    evil, victim = Client(), Client()
    address = provider.authorize(sent(evil))
    sent(victim)
    assert come_back(victim, address).status_code == 403
    assert not is_signed_in(victim)


def test_an_answer_that_took_too_long_is_refused(provider):
    browser = Client()
    address = provider.authorize(sent(browser))
    session = browser.session
    session["provider"]["asked"]["at"] -= 3600
    session.save()
    assert come_back(browser, address).status_code == 403


def test_the_code_is_bound_to_the_verifier_of_this_browser(provider):
    browser = Client()
    address = provider.authorize(sent(browser))
    session = browser.session
    session["provider"]["asked"]["verifier"] = "x" * 64
    session.save()
    assert come_back(browser, address).status_code == 403


@pytest.mark.parametrize(
    "told",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
def test_what_a_provider_says_of_itself_is_not_believed_blindly(provider, told):
    provider.wrong["told"] = told
    answer = Client().get(reverse("sign-in-provider"))
    assert answer.status_code == 403
    assert "Location" not in answer.headers


@pytest.mark.parametrize("text", ["no json", "[]", "", "[" * 100_000, '"text"'], ids=len)
def test_whatever_the_provider_answers_is_never_a_fault_of_ours(provider, text):
    browser = Client()
    address = provider.authorize(sent(browser))
    provider.wrong["text"] = text
    assert come_back(browser, address).status_code == 403


def test_a_provider_that_is_down_is_told(provider, settings):
    settings.OIDC = settings.OIDC | {"issuer": "http://127.0.0.1:9"}
    answer = Client().get(reverse("sign-in-provider"))
    assert answer.status_code == 403
    assert "身份认证平台" in answer.content.decode()


def test_without_a_provider_there_is_no_such_page(settings):
    assert settings.OIDC["issuer"] == ""
    assert Client().get(reverse("sign-in-provider")).status_code == 404
    assert Client().get(reverse("provider-answered")).status_code == 404
    assert reverse("sign-in-provider") not in Client().get(reverse("sign-in")).content.decode()


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_s35_the_page_to_go_on_to_is_one_of_ours(provider, wanted):
    sign_in(Client(), provider)
    answer = sign_in(Client(), provider, next=wanted)
    assert answer.headers["Location"] in {reverse("home"), reverse("desk")}


def test_where_somebody_wanted_to_go_is_kept(provider):
    sign_in(Client(), provider)
    answer = sign_in(Client(), provider, next=reverse("forms"))
    assert answer.headers["Location"] == reverse("forms")


def test_somebody_signed_in_links_the_provider_and_is_known_from_then_on(provider, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    li = person()
    browser = Client()
    give_password(browser)

    answer = sign_in(browser, provider)

    assert answer.headers["Location"] == reverse("account")
    li.refresh_from_db()
    assert member_of(li).assurance == Assurance.IDENTITY
    assert Deed.objects.get(verb="confirm_identity").person == li.pk
    other = Client()
    sign_in(other, provider)
    assert other.session["_auth_user_id"] == str(li.pk)


def test_s55_a_subject_is_one_account(provider, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    sign_in(Client(), provider)
    li = person()
    browser = Client()
    give_password(browser)

    answer = sign_in(browser, provider)

    assert answer.status_code == 403
    assert not OutsideLogin.objects.of(li).exists()


def test_a_second_factor_is_asked_for_after_the_provider(provider):
    sign_in(Client(), provider)
    secret = telephone(Person.objects.get(username__startswith="citizen-"))
    browser = Client()
    answer = sign_in(browser, provider)
    assert answer.headers["Location"].startswith(reverse("sign-in-factor"))
    assert not is_signed_in(browser)
    give_code(browser, code_now(secret))
    assert is_signed_in(browser)


def test_a_suspended_account_is_not_opened_by_the_provider(provider):
    sign_in(Client(), provider)
    Person.objects.filter(username__startswith="citizen-").update(is_active=False)
    browser = Client()
    assert sign_in(browser, provider).status_code == 403
    assert not is_signed_in(browser)


def test_s24_the_provider_asks_anew_before_something_weighty(provider):
    browser = Client()
    sign_in(browser, provider)
    session = browser.session
    session["shown"] = session["shown"] | {"last": 0}
    session.save()

    address = sent(browser, again="1", next=reverse("account"))
    assert "prompt=login" in address
    assert "max_age=0" in address
    provider.wrong["claims"] = {"auth_time": int(time.time()) - 3600}
    assert come_back(browser, provider.authorize(address)).status_code == 403
    assert browser.session["shown"]["last"] == 0

    provider.wrong.clear()
    address = sent(browser, again="1", next=reverse("account"))
    assert come_back(browser, provider.authorize(address)).status_code == 302
    assert browser.session["shown"]["last"] > 0


def test_s24_linking_a_provider_needs_a_fresh_proof(provider, settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    person()
    browser = Client()
    give_password(browser)
    session = browser.session
    session["shown"] = session["shown"] | {"last": 0}
    session.save()
    assert sent(browser).startswith(reverse("sign-in-again"))


def test_only_https_or_this_machine_is_asked():
    assert is_safe("https://id.example/keys")
    assert is_safe("http://127.0.0.1:80/keys")
    assert not any(
        map(is_safe, ("http://id.example", "ftp://id.example", "//id.example", "file:///x", ""))
    )
    assert issubclass(NotAnswered, Exception)
