"""Telling the addresses that organisations registered: signed, once each, never inside.

Messages look as Standard Webhooks describes them: JSON, its id and moment in headers, signed by
HMAC-SHA256 over id, moment and body. They hold what the log tells everybody, no more. The name of
the host is resolved once for each try and the connection goes to that very address; no redirect is
followed, no proxy asked, and only some of the answer is read.
"""

import hmac
import http.client
import json
import socket
import ssl
from base64 import b64encode
from collections.abc import Collection, Iterator
from hashlib import sha256
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from procrastinate.contrib.django import app

from gongzhi.desk.hook_secrets import secret_of
from gongzhi.desk.models import Hook, HookDelivery
from gongzhi.desk.things import found, organisations_concerned
from gongzhi.intake.reaching import HTTPS_PORT, why_no_hook, why_not_reached
from gongzhi.parties.asking import ask
from gongzhi.parties.models import Deed
from gongzhi.parties.providers import REFUSAL_SHOWN, TAKEN, NotDelivered

JOB = "gongzhi.desk.tasks.deliver_hook"
TRIES_MAX = 8  # with four to the power of the try between them: about six hours
RETIRED = "retired"


def tell_hooks(deeds: Collection[Deed]) -> int:
    """Put what concerns organisations with hooks into the queue; says how many messages."""
    if not Hook.objects.filter(stage=Hook.Stage.LISTENING).exists():
        return 0
    fresh = [delivery for deed in deeds for delivery in _deliveries(deed)]
    HookDelivery.objects.bulk_create(fresh, ignore_conflicts=True)
    for delivery in fresh:
        app.configure_task(JOB).defer(delivery=str(delivery.pk))
    return len(fresh)


def _deliveries(deed: Deed) -> Iterator[HookDelivery]:
    row = found(deed.on)
    concerned = organisations_concerned(row.thing()) if row is not None else set()  # type: ignore[attr-defined]
    listening = Hook.objects.filter(stage=Hook.Stage.LISTENING)
    for hook in listening.filter(organisation__in=concerned):
        body = json.dumps(_told(deed), ensure_ascii=False, sort_keys=True)
        yield HookDelivery(hook=hook, deed=deed.pk, body=body, created_at=timezone.now())


def _told(deed: Deed) -> dict[str, object]:
    """What the log tells everybody of a deed."""
    return {
        "type": deed.verb,
        "timestamp": deed.done_at.isoformat(),
        "data": {
            "deed": str(deed.pk),
            "on": deed.on,
            "party": deed.party,
            "clauses": deed.clauses,
            "business_date": deed.business_date.isoformat(),
            "public": deed.public,
        },
    }


def deliver(identifier: UUID) -> bool:
    """Try to hand a message over; False if it should be tried again."""
    with transaction.atomic():
        waiting = HookDelivery.objects.select_for_update(of=("self",)).select_related("hook")
        delivery = waiting.filter(pk=identifier, state=HookDelivery.State.WAITING).first()
        if delivery is None:
            return True
        delivery.tries += 1
        try:
            _send(delivery)
        except NotDelivered as refused:
            delivery.fault = refused.fault
            if refused.final or delivery.tries >= TRIES_MAX:
                _settle(delivery, HookDelivery.State.FAILED)
        else:
            delivery.fault = ""
            _settle(delivery, HookDelivery.State.SENT)
        delivery.save()
    return bool(delivery.state != HookDelivery.State.WAITING)


def _settle(delivery: HookDelivery, state: str) -> None:
    delivery.state, delivery.settled_at = state, timezone.now()


def _send(delivery: HookDelivery) -> None:
    if delivery.hook.stage != Hook.Stage.LISTENING:
        raise NotDelivered(RETIRED, final=True)
    body = delivery.body.encode()
    try:
        status = _posted(delivery.hook.address, body, headers=_headers(delivery, body))
    except (OSError, http.client.HTTPException) as error:
        raise NotDelivered(type(error).__name__) from None
    if status not in TAKEN:
        raise NotDelivered(f"http {status}")


def _headers(delivery: HookDelivery, body: bytes) -> dict[str, str]:
    """The message's id, the moment of this try, and the signature over both and the body."""
    called, moment = f"msg_{delivery.pk.hex}", str(int(timezone.now().timestamp()))
    signed = b".".join([called.encode(), moment.encode(), body])
    signature = hmac.new(secret_of(delivery.hook), signed, sha256).digest()
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": called,
        "webhook-timestamp": moment,
        "webhook-signature": f"v1,{b64encode(signature).decode()}",
    }


def _posted(address: str, body: bytes, *, headers: dict[str, str]) -> int:
    """The status with which the address answers."""
    if why_no_hook(address, ports_free=bool(settings.HOOK_NETWORKS)) is not None:
        raise NotDelivered("address", final=True)
    parts = urlsplit(address)
    assert parts.hostname is not None, "looked at above"
    port = parts.port or HTTPS_PORT
    connection = _Pinned(parts.hostname, port, to=_resolved(parts.hostname, port))
    status, _ = ask(connection, parts, body=body, headers=headers, most=REFUSAL_SHOWN)
    return status


def _resolved(host: str, port: int) -> str:
    """The address to connect to: asked for once, and none of those given may lie inside."""
    known = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [str(place[0]) for *_, place in known]
    if why_not_reached(addresses, inside=settings.HOOK_NETWORKS) is not None:
        raise NotDelivered("inside")
    return addresses[0]


class _Pinned(http.client.HTTPSConnection):
    """A connection to an address that was looked at, by the name that its certificate has."""

    def __init__(self, host: str, port: int, *, to: str) -> None:
        self._tls = ssl.create_default_context(cafile=settings.HOOK_CA or None)
        super().__init__(host, port, timeout=settings.HOOK_TIMEOUT_S, context=self._tls)
        self._to = to

    def connect(self) -> None:
        """Connect there and nowhere else."""
        plain = socket.create_connection((self._to, self.port), self.timeout)
        try:
            self.sock = self._tls.wrap_socket(plain, server_hostname=self.host)
        except OSError:
            plain.close()
            raise
