"""Messages leave once, when the deed that sent them holds; nothing of them stays readable."""

import json
import logging
import socketserver
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.db import connection, transaction
from procrastinate.contrib.django.models import ProcrastinateJob

from gongzhi.parties import sending
from gongzhi.parties.locked_values import CannotUnlock, lock, unlock
from gongzhi.parties.models import OutgoingMessage
from gongzhi.parties.tasks import TryAgain, deliver_message

ADDRESS, SUBJECT, TEXT = "13800000000", "请\n确认", "验证码 482913"

pytestmark = pytest.mark.django_db


def sent(*, channel: str = "sms", address: str = ADDRESS) -> OutgoingMessage:
    sending.send(channel=channel, address=address, subject=SUBJECT, text=TEXT)
    return OutgoingMessage.objects.get()


def test_a_message_waits_with_a_job_that_names_nothing_but_its_row():
    message = sent()

    job = ProcrastinateJob.objects.get()
    assert job.args == {"message": str(message.pk)}
    assert message.state == "waiting"


def test_what_was_undone_is_not_sent():
    with transaction.atomic():
        sent()
        transaction.set_rollback(True)

    assert not OutgoingMessage.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_neither_address_nor_text_stands_readable_in_the_database():
    message = sent()

    with connection.cursor() as cursor:
        cursor.execute("SELECT letter::text, o::text FROM parties_outgoingmessage o")
        stored = " ".join(cursor.fetchone())
    assert ADDRESS.encode().hex() not in stored
    assert ADDRESS not in stored
    letter = message.taken_out()
    assert (letter.address, letter.text) == (ADDRESS, TEXT)
    assert ADDRESS not in repr(letter)
    assert TEXT not in repr(letter)


def test_a_letter_opens_only_in_its_own_row_and_with_the_keys_of_this_installation(settings):
    locked = lock(TEXT, bound_to="a")

    with pytest.raises(CannotUnlock):
        unlock(locked, bound_to="b")
    before, settings.SECRET_KEY = settings.SECRET_KEY, "another key"
    with pytest.raises(CannotUnlock):
        unlock(locked, bound_to="a")
    settings.SECRET_KEY_FALLBACKS = [before]
    assert unlock(locked, bound_to="a") == TEXT


def test_a_mail_goes_out_once_and_its_letter_is_erased(settings, mailoutbox):
    settings.MESSAGE_PROVIDERS = {"email": "smtp"}
    message = sent(channel="email", address="li@example.org")

    deliver_message(message=str(message.pk))
    deliver_message(message=str(message.pk))  # handed out again after a worker fell silent

    message.refresh_from_db()
    assert (message.state, message.letter) == ("sent", None)
    assert [mail.to for mail in mailoutbox] == [["li@example.org"]]
    assert mailoutbox[0].subject == "请 确认"
    assert str(message.pk) in mailoutbox[0].extra_headers["Message-ID"]


def test_without_a_way_out_a_message_waits_and_then_is_given_up(settings, caplog):
    settings.MESSAGE_PROVIDERS = {}
    message = sent()
    caplog.set_level(logging.DEBUG)

    for _ in range(sending.TRIES_MAX - 1):
        with pytest.raises(TryAgain) as raised:
            deliver_message(message=str(message.pk))
        assert str(raised.value) == str(message.pk)
    deliver_message(message=str(message.pk))

    message.refresh_from_db()
    assert (message.state, message.fault) == ("failed", "not configured")
    assert message in OutgoingMessage.objects.unsent()
    assert ADDRESS not in caplog.text
    assert TEXT not in caplog.text


def test_what_was_given_up_is_erased_after_a_week(settings):
    settings.MESSAGE_PROVIDERS = {}
    message = sent()
    for _ in range(sending.TRIES_MAX):
        sending.deliver(message.pk)

    assert sending.erase_old_letters() == 0
    week_ago = datetime.now(tz=UTC) - timedelta(days=7, seconds=1)
    OutgoingMessage.objects.update(settled_at=week_ago)
    assert sending.erase_old_letters() == 1


def test_a_demo_keeps_what_it_would_have_sent(settings):
    settings.DEMO, settings.MESSAGE_PROVIDERS = True, {"sms": "inbox"}
    message = sent()

    assert sending.deliver(message.pk)

    message.refresh_from_db()
    assert (message.state, message.taken_out().text) == ("sent", TEXT)


# A gateway of text messages as providers describe theirs: JSON over TLS, a bearer's token.


class Gateway(HTTPServer):
    def __init__(self, answers: list[int]) -> None:
        super().__init__(("127.0.0.1", 0), Answerer)
        self.answers, self.received = answers, []


class Answerer(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        body = json.loads(self.rfile.read(length))
        self.server.received.append((self.headers["Authorization"], self.path, body))
        self.send_response(self.server.answers.pop(0))
        self.send_header("Location", "https://elsewhere.example/")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *told: object) -> None:
        pass


@contextmanager
def served(server: socketserver.BaseServer) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def gateway(settings, tmp_path) -> Iterator[Gateway]:
    own, key = certificate(tmp_path)
    server = Gateway([])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(own, key)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    settings.MESSAGE_PROVIDERS = {"sms": "webhook"}
    settings.SMS_URL = f"https://localhost:{server.server_port}/messages?from=gongzhi"
    settings.SMS_TOKEN, settings.SMS_CA = "a token", str(own)
    with served(server):
        yield server


def certificate(folder: Path, *, name: str = "localhost") -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    called = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.now(tz=UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(called)
        .issuer_name(called)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    written = folder / "own.pem", folder / "key.pem"
    written[0].write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    written[1].write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
    )
    return written


def test_a_text_message_goes_to_the_gateway_with_its_id(gateway):
    gateway.answers[:] = [202]
    message = sent()

    assert sending.deliver(message.pk)

    told = {"id": str(message.pk), "to": ADDRESS, "text": TEXT}
    assert gateway.received == [("Bearer a token", "/messages?from=gongzhi", told)]


@pytest.mark.parametrize(
    ("status", "state"),
    [(503, "waiting"), (429, "waiting"), (400, "failed"), (401, "failed"), (302, "failed")],
)
def test_a_gateway_that_is_busy_is_asked_again_and_one_that_refuses_is_not(gateway, status, state):
    gateway.answers[:] = [status]
    message = sent()

    assert sending.deliver(message.pk) == (state == "failed")

    message.refresh_from_db()
    assert (message.state, message.fault) == (state, f"http {status}")
    assert len(gateway.received) == 1  # no redirect was followed


def test_a_gateway_that_cannot_prove_who_it_is_gets_nothing(gateway, settings):
    settings.SMS_CA = ""
    message = sent()

    assert not sending.deliver(message.pk)

    message.refresh_from_db()
    assert message.fault == "SSLCertVerificationError"
    assert gateway.received == []


def test_a_gateway_that_is_silent_is_left_after_some_seconds(settings):
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as silent:
        settings.MESSAGE_PROVIDERS = {"sms": "webhook"}
        settings.SMS_URL = f"https://localhost:{silent.server_address[1]}/"
        settings.SMS_TIMEOUT_S = 0.2
        message = sent()

        assert not sending.deliver(message.pk)

    message.refresh_from_db()
    assert message.fault == "TimeoutError"


class MailServer(socketserver.StreamRequestHandler):
    """As much of RFC 5321 as a refusal of its recipient takes."""

    def handle(self) -> None:
        self.wfile.write(b"220 ready\r\n")
        for line in self.rfile:
            word = line[:4].upper()
            answer = {b"RCPT": self.server.refusal, b"QUIT": b"221 bye"}.get(word, b"250 fine")
            self.wfile.write(answer + b"\r\n")
            if word == b"QUIT":
                return


@pytest.mark.parametrize(
    ("refusal", "state"), [(b"550 no such user", "failed"), (b"451 later", "waiting")]
)
def test_a_mail_server_is_believed_when_it_says_never(settings, refusal, state):
    settings.MESSAGE_PROVIDERS = {"email": "smtp"}
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = False
    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), MailServer)
    server.refusal = refusal
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", server.server_address[1]
    message = sent(channel="email", address="li@example.org")
    with served(server):
        assert sending.deliver(message.pk) == (state == "failed")

    message.refresh_from_db()
    assert (message.state, message.fault) == (state, f"smtp {refusal[:3].decode()}")
