"""How to reach a person outside the product; rows that the person may erase at any time.

The address is locked. Only a verified one is ever used for more than its own verification.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterator
from datetime import timedelta
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from gongzhi.parties.contact_digests import contact_digest
from gongzhi.parties.factors import limits
from gongzhi.parties.locked_values import lock, unlock
from gongzhi.parties.outgoing import Channel
from gongzhi.parties.people import Person
from gongzhi.parties.room import room_for_one
from gongzhi.parties.sending import can_send, send
from gongzhi.trust.identifiers import new_id

ADDRESS_MAX = 254
CODE_DIGITS = 6
CODE_TRIES_MAX = 5
CONTACTS_MAX = 5  # of one person
TELEPHONE = re.compile(r"\+?\d{5,15}")


class ContactQuerySet(models.QuerySet["Contact"]):
    """Contacts."""

    def of(self, person: models.Model) -> Self:
        """Those of a person, the oldest first."""
        return self.filter(person_id=person.pk)

    def verified(self) -> Self:
        """Those whose person showed that they receive what is sent there."""
        return self.filter(verified_at__isnull=False)

    def opening(self) -> Self:
        """Those by which their person signs in with a code alone."""
        return self.filter(opens_account=True)

    def account_of(self, digest: str) -> Person | None:
        """Whose account a contact opens, by its digest."""
        found = self.opening().filter(digest=digest).select_related("person").first()
        return found.person if found else None


class Contact(models.Model):
    """A person's e-mail address or telephone number.

    By its digest it is known again once it is verified. One that `opens_account` signs its person
    in by a code alone, and no second account.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, models.CASCADE, related_name="contacts")
    channel = models.CharField(max_length=10, choices=Channel)
    locked_address = models.BinaryField()
    digest = models.CharField(max_length=64, blank=True, db_index=True)
    opens_account = models.BooleanField(default=False)
    code = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField()
    verified_at = models.DateTimeField(null=True)

    objects: ClassVar[Any] = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="a_contact_opens_one_account",
                fields=["digest"],
                condition=Q(opens_account=True),
            ),
            models.CheckConstraint(
                name="contact_that_opens_an_account_is_verified",
                condition=Q(opens_account=False) | (Q(verified_at__isnull=False) & ~Q(digest="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pk}"

    @property
    def address(self) -> str:
        """The address in clear."""
        return unlock(self.locked_address, bound_to=self.pk)

    def note_verified(self) -> None:
        """Its person showed that they receive what is sent there."""
        self.verified_at = timezone.now()
        self.digest = contact_digest(self.channel, self.address)

    @property
    def shown(self) -> str:
        """The address as its own person sees it: enough to know it by."""
        return masked(self.address)


def masked(address: str) -> str:
    """An address with its middle hidden: 138****5678, l***@example.org."""
    name, at, host = address.partition("@")
    if at:
        return f"{name[:1]}***@{host}"
    return f"{address[:3]}****{address[-4:]}"


def plain_address(channel: str, text: str) -> str:
    """The address as it was meant, or nothing if it isn't one."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if channel == Channel.SMS:
        digits = re.sub(r"[\s()-]", "", plain)
        return digits if TELEPHONE.fullmatch(digits) else ""
    try:
        validate_email(plain)
    except ValidationError:
        return ""
    return plain if len(plain) <= ADDRESS_MAX else ""


def add_contact(person: models.Model, *, channel: str, address: str) -> Contact | None:
    """Keep an address that `plain_address` made, not verified yet; None if there's no room."""
    contact = Contact(person_id=person.pk, channel=channel, created_at=timezone.now())
    contact.locked_address = lock(address, bound_to=contact.pk)
    owned = Contact.objects.of(person)
    with room_for_one(owned, of=person, at_most=CONTACTS_MAX) as has_room:
        if has_room:
            contact.save(force_insert=True)
    return contact if has_room else None


def send_contact_code(contact: Contact) -> None:
    """Send a code to the address; whoever enters it receives what is sent there."""
    code = f"{secrets.randbelow(10**CODE_DIGITS):0{CODE_DIGITS}}"
    minutes = limits().contact_code_minutes
    with transaction.atomic():
        contact.code, contact.code_tries = _digest(contact, code), 0
        contact.code_sent_at = timezone.now()
        contact.save()
        send(
            channel=contact.channel,
            address=contact.address,
            subject=_("核实联系方式"),
            text=_("您的验证码是 %(code)s，%(minutes)s 分钟内有效。不是您本人操作的，请不要理会。")
            % {"code": code, "minutes": minutes},
        )


def verify_contact(contact: Contact, code: str) -> bool:
    """Whether the code is the one that was sent, in time and within a few tries."""
    with transaction.atomic():
        Contact.objects.filter(pk=contact.pk).update(code_tries=F("code_tries") + 1)
        contact.refresh_from_db(from_queryset=Contact.objects.select_for_update())
        is_in_time = contact.code_sent_at is not None and timezone.now() < (
            contact.code_sent_at + timedelta(minutes=limits().contact_code_minutes)
        )
        if not is_in_time or contact.code_tries > CODE_TRIES_MAX:
            return False
        if not constant_time_compare(contact.code, _digest(contact, plain_code(code))):
            return False
        contact.code = ""
        contact.note_verified()
        contact.save()
    return True


def let_open(contact: Contact) -> bool:
    """Let a verified contact of who signs in by code open the account too; False if it can't.

    It can't where it opens another account already. Who has a password signs in with that.
    """
    by_code = Contact.objects.of(contact.person).opening().exists()
    if contact.person.has_usable_password() or not by_code:
        return True
    contact.opens_account = True
    try:
        with transaction.atomic():
            contact.save(update_fields=["opens_account"])
    except IntegrityError:
        return False
    return True


def is_only_way_in(contact: Contact) -> bool:
    """Whether its person could not sign in any more without it."""
    if not contact.opens_account or contact.person.has_usable_password():
        return False
    others = Contact.objects.of(contact.person).opening().exclude(pk=contact.pk)
    return not others.exists() and not contact.person.outside_logins.exists()


def digest_earlier_contacts() -> int:
    """Let contacts be known again that were verified before they had a digest; says how many."""
    earlier = list(Contact.objects.verified().filter(digest=""))
    for contact in earlier:
        contact.digest = contact_digest(contact.channel, contact.address)
        contact.save(update_fields=["digest"])
    return len(earlier)


def reach(person: models.Model, *, subject: str, text: str) -> bool:
    """Send a message to a person's first verified contact; False if there is no way."""
    for contact in _ways(person):
        send(channel=contact.channel, address=contact.address, subject=subject, text=text)
        return True
    return False


def mailbox_of(person: models.Model) -> str | None:
    """A person's first verified e-mail address; None where there is none, or no way to send."""
    mailboxes = (each for each in _ways(person) if each.channel == Channel.EMAIL)
    return next((each.address for each in mailboxes), None)


def _ways(person: models.Model) -> Iterator[Contact]:
    verified = Contact.objects.of(person).verified()
    yield from (contact for contact in verified if can_send(contact.channel))


def plain_code(code: str) -> str:
    """A code as it was sent, however it was typed."""
    return re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", code))


def _digest(contact: Contact, code: str) -> str:
    return salted_hmac(f"contact {contact.pk}", code, algorithm="sha256").hexdigest()
