"""Organisations are told by program: signed, once, tried again, and never into a network inside."""

import hmac
import json
import socket
import ssl
from base64 import b64decode, b64encode
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, HTTPServer
from ipaddress import ip_network

import pytest

import city_hall
from apps.desk.desks import tell
from apps.parties.test_sending import certificate, served
from gongzhi.desk import hooks
from gongzhi.desk.actions.hooks import MARK, register_hook, retire_hook
from gongzhi.desk.models import Hook, HookDelivery
from gongzhi.parties.deeds import Refused
from gongzhi.parties.models import Deed, SubjectKey
from gongzhi.parties.unsuitable import Unsuitable
from verified import verified

pytestmark = pytest.mark.django_db
NAME = "hooks.example.org"


class Receiver(HTTPServer):
    def __init__(self, answers: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), Taker)
        self.answers, self.received = answers, []


class Taker(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.received.append((self.path, dict(self.headers), body))
        self.send_response(self.server.answers.pop(0))
        self.send_header("Location", "https://169.254.169.254/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *told: object) -> None:
        pass


@pytest.fixture
def unit(region) -> city_hall.Unit:
    return city_hall.unit("1", within=region)


@pytest.fixture
def admin(unit):
    return verified(city_hall.office(unit.organisation, "管理", "organisation_admin"))


@pytest.fixture
def receiver(settings, tmp_path, monkeypatch):
    """One at an address that its name leads to, on a network that the installation names."""
    own, key = certificate(tmp_path, name=NAME)
    server = Receiver([])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    settings.HOOK_NETWORKS, settings.HOOK_CA = (ip_network("127.0.0.0/8"),), str(own)
    leads_to(monkeypatch, "127.0.0.1")
    with served(server):
        yield server


def leads_to(monkeypatch, *answers: str) -> list[str]:
    """Let the name lead to one address after the other, the last for good; what was asked for."""
    known, asked = socket.getaddrinfo, []

    def leading(host: str, port: int, *more: object, **given: object) -> list:
        if host != NAME:
            return known(host, port, *more, **given)
        asked.append(host)
        each = answers[min(len(asked), len(answers)) - 1].split()
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in each]

    monkeypatch.setattr(hooks.socket, "getaddrinfo", leading)
    return asked


def listening(admin, unit, *, port: int | None = None) -> tuple[Hook, str]:
    address = f"https://{NAME}{f':{port}' if port else ''}/gongzhi?from=yunhe"
    return register_hook(by=admin, organisation=unit.organisation, address=address)


def told(unit) -> HookDelivery:
    city_hall.draft(unit)
    tell()
    return HookDelivery.objects.get(body__contains="draft_form")


def test_what_concerns_the_organisation_comes_signed(receiver, admin, unit):
    receiver.answers[:] = [204]
    _hook, secret = listening(admin, unit, port=receiver.server_port)
    delivery = told(unit)
    assert hooks.deliver(delivery.pk)
    ((path, headers, body),) = receiver.received
    assert path == "/gongzhi?from=yunhe"
    assert json.loads(body)["type"] == "draft_form"
    key = b64decode(secret.removeprefix(MARK))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    wanted = b64encode(hmac.new(key, signed, sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{wanted}"
    delivery.refresh_from_db()
    assert (delivery.state, delivery.tries) == ("sent", 1)
    assert hooks.deliver(delivery.pk)  # once more is once
    assert len(receiver.received) == 1


def test_a_message_holds_what_the_log_tells_everybody_and_no_more(admin, unit):
    listening(admin, unit)
    delivery = told(unit)
    deed = Deed.objects.get(verb="draft_form")
    data = json.loads(delivery.body)["data"]
    assert set(data) == {"deed", "on", "party", "clauses", "business_date", "public"}
    assert data["public"] == deed.public
    assert str(unit.officer_office.person_id) not in delivery.body


def test_others_are_not_told_and_telling_twice_is_once(admin, unit, region):
    other = city_hall.unit("2", within=region)
    listening(admin, unit)
    city_hall.draft(other)
    tell()
    assert not HookDelivery.objects.filter(body__contains="draft_form").exists()
    told(unit)
    hooks.tell_hooks(Deed.objects.filter(verb="draft_form"))
    assert HookDelivery.objects.filter(body__contains="draft_form").count() == 1


@pytest.mark.parametrize(("status", "fault"), [(503, "http 503"), (302, "http 302")])
def test_s49_what_is_not_taken_is_tried_again_and_no_redirect_is_followed(
    receiver, admin, unit, status, fault
):
    receiver.answers[:] = [status, 200]
    listening(admin, unit, port=receiver.server_port)
    delivery = told(unit)
    assert not hooks.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.fault) == ("waiting", fault)
    assert hooks.deliver(delivery.pk)
    assert len({headers["webhook-id"] for _, headers, _ in receiver.received}) == 1


@pytest.mark.parametrize("address", ["127.0.0.1", "169.254.169.254", "10.0.0.8", "::1"])
def test_s49_a_name_that_leads_inside_is_not_connected_to(
    admin, unit, settings, monkeypatch, address
):
    settings.HOOK_NETWORKS = ()
    listening(admin, unit)
    delivery = told(unit)
    leads_to(monkeypatch, f"1.1.1.1 {address}")
    monkeypatch.setattr(hooks.socket, "create_connection", _never)
    assert not hooks.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.fault == "inside"


def _never(*_: object) -> None:
    raise AssertionError("a connection was tried")


def test_s49_a_name_is_asked_for_once_and_that_address_is_used(receiver, admin, unit, monkeypatch):
    """A name that leads elsewhere the second time it is asked leads nobody."""
    receiver.answers[:] = [200]
    listening(admin, unit, port=receiver.server_port)
    delivery = told(unit)
    asked = leads_to(monkeypatch, "127.0.0.1", "10.0.0.8")
    assert hooks.deliver(delivery.pk)
    assert asked == [NAME]


def test_a_receiver_that_cannot_prove_its_name_gets_nothing(receiver, admin, unit, settings):
    settings.HOOK_CA = ""
    listening(admin, unit, port=receiver.server_port)
    delivery = told(unit)
    assert not hooks.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert delivery.fault == "SSLCertVerificationError"
    assert receiver.received == []


def test_a_retired_hook_is_told_no_more(receiver, admin, unit):
    hook, _ = listening(admin, unit, port=receiver.server_port)
    delivery = told(unit)
    retire_hook(by=admin, hook=hook)
    assert hooks.deliver(delivery.pk)
    delivery.refresh_from_db()
    assert (delivery.state, delivery.fault) == ("failed", "retired")
    assert receiver.received == []


def test_after_some_tries_it_is_given_up(receiver, admin, unit):
    receiver.answers[:] = [500] * hooks.TRIES_MAX
    listening(admin, unit, port=receiver.server_port)
    delivery = told(unit)
    tries = [hooks.deliver(delivery.pk) for _ in range(hooks.TRIES_MAX)]
    assert tries == [False] * (hooks.TRIES_MAX - 1) + [True]
    delivery.refresh_from_db()
    assert delivery.state == "failed"


def test_who_registers_is_who_administers_and_an_address_listens_once(admin, unit, region):
    other = city_hall.unit("2", within=region)
    listening(admin, unit)
    with pytest.raises(Unsuitable):
        listening(admin, unit)
    with pytest.raises(Unsuitable):
        register_hook(by=admin, organisation=unit.organisation, address="https://127.0.0.1/")
    for by in (unit.officer, other.officer):
        with pytest.raises(Refused):
            listening(by, unit)


def test_the_secret_stands_nowhere_in_clear(admin, unit):
    hook, secret = listening(admin, unit)
    key = b64decode(secret.removeprefix(MARK))
    assert key not in bytes(Hook.objects.get().locked_secret)
    assert key.hex().encode() not in bytes(Hook.objects.get().locked_secret)
    assert SubjectKey.objects.filter(subject=f"hooks:{unit.organisation.pk}").exists()
    assert secret not in str(Deed.objects.values_list("public", flat=True))
    assert hook.address not in str(Deed.objects.get(verb="register_hook").public)
