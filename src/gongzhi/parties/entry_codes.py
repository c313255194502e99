"""Codes by which citizens sign in, and open an account the first time (clauses 2.9 and 5.13).

Whether an address is known is never looked at before its code came back, so nobody learns it: the
code goes to every address, and only who receives it goes on. A code is good for a few minutes, a
few tries and one use; an address gets only so many in an hour and in a day.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import models, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from gongzhi.parties.contact_digests import contact_digest
from gongzhi.parties.contacts import CODE_DIGITS, CODE_TRIES_MAX, masked, plain_code
from gongzhi.parties.factors import limits
from gongzhi.parties.locked_values import lock, unlock
from gongzhi.parties.outgoing import Channel
from gongzhi.parties.sending import send

HOUR_S, DAY_S = 3600, 86_400


class EntryCode(models.Model):
    """A code on its way to an address; the row is gone once the code came back, or a day later."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    channel = models.CharField(max_length=10, choices=Channel)
    locked_address = models.BinaryField()
    contact = models.CharField(max_length=64, db_index=True)
    code = models.CharField(max_length=64)
    tries = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def address(self) -> str:
        """The address in clear."""
        return unlock(self.locked_address, bound_to=self.pk)

    @property
    def shown(self) -> str:
        """The address as who gave it knows it again."""
        return masked(self.address)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProvenContact:
    """An address that somebody has just shown to be theirs."""

    channel: str
    address: str
    digest: str

    def __repr__(self) -> str:
        return "ProvenContact()"


def send_entry_code(*, channel: str, address: str) -> EntryCode | None:
    """Send a code to an address that `plain_address` made; None if it got too many of late."""
    digest = contact_digest(channel, address)
    if not _has_place(digest):
        return None
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    entry = EntryCode(channel=channel, contact=digest, sent_at=timezone.now())
    entry.locked_address = lock(address, bound_to=entry.pk)
    entry.code = _digest(entry, code)
    with transaction.atomic():
        entry.save(force_insert=True)
        send(
            channel=channel,
            address=address,
            subject=_("登录验证码"),
            text=_(
                "您的登录验证码是 %(code)s，%(minutes)s 分钟内有效。不要告诉任何人；"
                "不是您本人操作的，请不要理会。"
            )
            % {"code": code, "minutes": limits().contact_code_minutes},
        )
    return entry


def entry_under_way(identifier: UUID | str | None) -> EntryCode | None:
    """The code that a browser waits for, while it is in time."""
    if not identifier:
        return None
    since = timezone.now() - timedelta(minutes=limits().contact_code_minutes)
    return EntryCode.objects.filter(pk=identifier, sent_at__gt=since).first()


def take_entry_code(entry: EntryCode, code: str) -> ProvenContact | None:
    """Use the code up if it is right; of several who send it at once, one gets through."""
    with transaction.atomic():
        EntryCode.objects.filter(pk=entry.pk).update(tries=F("tries") + 1)
        held = EntryCode.objects.select_for_update().filter(pk=entry.pk).first()
        if held is None or held.tries > CODE_TRIES_MAX:
            return None
        if not constant_time_compare(held.code, _digest(held, plain_code(code))):
            return None
        proven = ProvenContact(channel=held.channel, address=held.address, digest=held.contact)
        held.delete()
    return proven


def erase_entry_codes() -> int:
    """Erase the codes of yesterday that never came back; says how many."""
    since = timezone.now() - timedelta(seconds=DAY_S)
    return EntryCode.objects.filter(sent_at__lt=since).delete()[0]


def _has_place(digest: str) -> bool:
    """Take one of the address's places of this day and this hour; the day's is taken first."""
    held = limits()
    windows = ((DAY_S, held.entry_codes_a_day_max), (HOUR_S, held.entry_codes_an_hour_max))
    return all(_has_place_in(digest, seconds=seconds, most=most) for seconds, most in windows)


def _has_place_in(digest: str, *, seconds: int, most: int) -> bool:
    window = f"entry-{digest[:32]}-{seconds}-{int(time.time() // seconds)}"
    return any(cache.add(f"{window}:{place}", 1, seconds) for place in range(most))


def _digest(entry: EntryCode, code: str) -> str:
    return salted_hmac(f"entry {entry.pk}", code, algorithm="sha256").hexdigest()
