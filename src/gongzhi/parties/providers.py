"""The ways out of the product: a mail server, a text-message gateway, or the demo's inbox.

A provider takes a letter or says in one word why not; what it says never holds an address.
"""

import http.client
import json
import smtplib
import ssl
from collections.abc import Mapping
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import BadHeaderError

from gongzhi.parties.asking import ask
from gongzhi.parties.outgoing import Letter

TAKEN = range(200, 300)
TEMPORARY = {408, 425, 429, *range(500, 600)}
SMTP_FINAL = range(500, 600)
REFUSAL_SHOWN = 4096  # bytes of an answer that are read, to let the connection end well


class NotDelivered(Exception):
    """A provider didn't take a letter: why, in a word, and whether trying again is useless."""

    def __init__(self, fault: str, *, final: bool = False) -> None:
        super().__init__(fault)
        self.fault = fault
        self.final = final


class Provider(Protocol):
    """A way out. The same letter may come twice; its id says so to whoever delivers it."""

    def send(self, letter: Letter) -> None:
        """Take the letter, or raise NotDelivered."""
        ...


class Smtp:
    """The installation's mail server (GONGZHI_MAIL_…)."""

    def send(self, letter: Letter) -> None:
        """One mail to one address; its Message-ID stays the same when it is sent again."""
        host = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">")
        mail = EmailMultiAlternatives(
            subject=letter.subject,
            body=letter.text,
            to=[letter.address],
            headers={"Message-ID": f"<{letter.id}@{host}>", "Auto-Submitted": "auto-generated"},
        )
        if letter.calendar:
            mail.attach_alternative(letter.calendar, f"text/calendar; method={_method(letter)}")
        try:
            mail.send()
        except smtplib.SMTPRecipientsRefused as refused:
            code = max(code for code, _ in refused.recipients.values())
            raise NotDelivered(f"smtp {code}", final=code in SMTP_FINAL) from None
        except smtplib.SMTPResponseException as refused:
            raise NotDelivered(f"smtp {refused.smtp_code}") from None
        except BadHeaderError:
            raise NotDelivered("bad header", final=True) from None
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered(type(error).__name__) from None


def _method(letter: Letter) -> str:
    """What an invitation asks a calendar to do: mailboxes read it from the part's header, too."""
    lines = letter.calendar.splitlines()
    return next(line.removeprefix("METHOD:") for line in lines if line.startswith("METHOD:"))


class Webhook:
    """A text-message gateway over HTTPS (GONGZHI_SMS_URL, GONGZHI_SMS_TOKEN, GONGZHI_SMS_CA)."""

    def send(self, letter: Letter) -> None:
        """POST the letter as JSON; no redirect is followed, no proxy asked."""
        body = {"id": str(letter.id), "to": letter.address, "text": letter.text}
        try:
            status = _posted(body)
        except (OSError, http.client.HTTPException) as error:
            raise NotDelivered(type(error).__name__) from None
        if status not in TAKEN:
            raise NotDelivered(f"http {status}", final=status not in TEMPORARY)


def _posted(body: Mapping[str, str]) -> int:
    """The status that the gateway answers with."""
    address = urlsplit(settings.SMS_URL)
    assert address.scheme == "https", "checked with the settings"
    connection = http.client.HTTPSConnection(
        address.hostname or "",
        address.port,
        timeout=settings.SMS_TIMEOUT_S,
        context=ssl.create_default_context(cafile=settings.SMS_CA or None),
    )
    headers = {
        "Content-Type": "application/json; charset=utf-8",
        "Authorization": f"Bearer {settings.SMS_TOKEN}",
        "Idempotency-Key": body["id"],
    }
    text = json.dumps(body, ensure_ascii=False).encode()
    status, _ = ask(connection, address, body=text, headers=headers, most=REFUSAL_SHOWN)
    return status


class Inbox:
    """The demo's: nothing leaves the machine, the page /inbox/ shows what would have been sent."""

    def send(self, letter: Letter) -> None:
        """Leave the letter where it is."""


class Unconfigured:
    """No way out was set up for this channel."""

    def send(self, letter: Letter) -> None:  # noqa: ARG002 - as every provider
        """Say so; once it is set up, the next try delivers."""
        raise NotDelivered("not configured")


PROVIDERS: Mapping[str, Provider] = {
    "smtp": Smtp(),
    "webhook": Webhook(),
    "inbox": Inbox(),
    "": Unconfigured(),
}


def provider_for(channel: str) -> Provider:
    """The provider that the settings name for a channel."""
    return PROVIDERS[settings.MESSAGE_PROVIDERS.get(channel, "")]


def can_send(channel: str) -> bool:
    """Whether this installation can reach people that way; pages offer only what it can."""
    return bool(settings.MESSAGE_PROVIDERS.get(channel))
