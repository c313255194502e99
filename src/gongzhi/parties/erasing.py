"""What is erased with a person: everything that the product keeps about them, once for all.

The account's row stays, without name: deeds point to it. Deeds, their offices and the log stay as
they are; the log holds no personal data. A backup made before still holds what it held: whoever
restores one has the erasures applied again with what the log takes back (`rejoining`).
"""

import hmac
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.db import models, transaction
from django.db.models import Q

from gongzhi.parties.alarms import Alarm
from gongzhi.parties.batches import SealedRow
from gongzhi.parties.contacts import Contact
from gongzhi.parties.entry_codes import EntryCode
from gongzhi.parties.erasure import Erasure
from gongzhi.parties.factors import Factor, RecoveryCode
from gongzhi.parties.former_keys import FormerKey, former_keys
from gongzhi.parties.locked_values import CannotUnlock
from gongzhi.parties.outside_logins import OutsideLogin
from gongzhi.parties.own_words import ERASED, erase_own_words
from gongzhi.parties.people import Human, Person
from gongzhi.parties.register import SealedValue
from gongzhi.parties.resting_contacts import let_rest
from gongzhi.parties.sending import take_back
from gongzhi.parties.sessions import end_sessions
from gongzhi.parties.subject_keys import SubjectKey, person_subject
from gongzhi.parties.told import told_by
from gongzhi.trust.order import leaves_since, numbers_of

VERB = "erase_values"
MARK = "erased-"


def sealed_about(person: UUID | str) -> models.QuerySet[SealedValue]:
    """The sealed values about a person, with their deeds, the oldest first."""
    rows = SealedValue.objects.filter(subject=person_subject(person))
    return rows.select_related("deed").order_by("deed_id", "field")


def rows_about(person: UUID | str) -> models.QuerySet[SealedRow]:
    """The private values of rows about a person, with their deeds, the oldest first."""
    rows = SealedRow.objects.filter(subject=person_subject(person))
    return rows.select_related("deed").order_by("deed_id", "row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Unopened:
    """The entries whose promises nobody can open any more: by number, or by deed without one."""

    entries: tuple[int, ...]
    deeds: tuple[str, ...]


def erase_person(person: Person, *, today: date) -> Unopened:
    """Erase all that is kept about somebody; a second time there is nothing left to erase."""
    sealed, rows = sealed_about(person.pk), rows_about(person.pk)
    unopened = _unopened(sealed, rows)
    sealed.delete()
    rows.delete()
    SubjectKey.objects.filter(subject=person_subject(person.pk)).delete()
    contacts = Contact.objects.of(person)
    take_back(_addresses(contacts))
    opening = contacts.filter(opens_account=True).values_list("digest", flat=True)
    logins = OutsideLogin.objects.of(person)
    let_rest([*opening, *logins.values_list("subject", flat=True)], today=today)
    EntryCode.objects.filter(contact__in=contacts.exclude(digest="").values("digest")).delete()
    contacts.delete()
    logins.delete()
    Factor.objects.of(person).delete()
    RecoveryCode.objects.filter(person=person).delete()
    Alarm.objects.filter(person=person).delete()
    end_sessions(person)
    erase_own_words(person.pk, today=today)
    _settle_requests(person, today=today)
    _forget_name(person)
    return unopened


def _addresses(contacts: Iterable[Contact]) -> set[str]:
    """Where somebody can be reached; one whose key is gone is in no letter that can be read."""
    found = set()
    for contact in contacts:
        with suppress(CannotUnlock):
            found.add(contact.address)
    return found


def _unopened(*kept: models.QuerySet[Any]) -> Unopened:
    """The entries of these values; what was promised within this second has no number yet."""
    deeds = {leaf: deed for some in kept for leaf, deed in some.values_list("deed__leaf", "deed")}
    numbers = numbers_of(list(deeds))
    return Unopened(
        entries=tuple(sorted(numbers.values())),
        deeds=tuple(sorted(str(deeds[leaf]) for leaf in deeds.keys() - numbers.keys())),
    )


def is_erased(person: Person) -> bool:
    """Whether the person's data were erased before."""
    return person.username.startswith(MARK)


def mark_of(person: Person, *, key: bytes = b"") -> str:
    """How the log names whom it was that was erased: only this installation knows them again."""
    return _mark(person.pk, key=key or key_of_marks(settings.SECRET_KEY))


def _mark(person: UUID | str, *, key: bytes) -> str:
    return hmac.new(key, str(person).encode(), sha256).hexdigest()


def key_of_marks(key: str) -> bytes:
    """The key of such marks under a key of the installation."""
    return sha256(b"erased person" + key.encode()).digest()


def is_back(entry: Mapping[str, Any]) -> bool:
    """Whether an entry tells of an erasure whose values are there again, as from a backup.

    In the same entries may be values about others, which stay.
    """
    if entry.get("verb") != VERB:
        return False
    told = entry["public"]
    leaves = [leaf for index in told["entries"] for leaf in leaves_since(index, count=1)]
    unopened = Q(deed__leaf__in=leaves) | Q(deed__in=told.get("deeds", []))
    people = person_subject("")
    subjects = {
        subject
        for kept in (SealedValue, SealedRow)
        for subject in kept.objects.filter(unopened, subject__startswith=people)
        .order_by()
        .values_list("subject", flat=True)
        .distinct()
    }
    return any(told["account"] in _marks_of(subject.removeprefix(people)) for subject in subjects)


def apply_again(entries: Iterable[bytes], *, today: date) -> int:
    """Erase again whom the log says were erased, after an old backup was restored; how many."""
    marks = {told["public"]["account"] for told in told_by([VERB], entries)}
    if not marks:
        return 0
    with transaction.atomic():
        back = [
            person
            for person in Person.objects.select_for_update()
            if not is_erased(person) and marks & _marks_of(person.pk)
        ]
        for person in back:
            erase_person(person, today=today)
    return len(back)


def _marks_of(person: UUID | str) -> set[str]:
    """The marks of a person, by identifier, under the installation's key and those before it."""
    given = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    keys = (*map(key_of_marks, given), *former_keys(FormerKey.Purpose.ERASED))
    return {_mark(person, key=key) for key in keys}


def _settle_requests(person: Person, *, today: date) -> None:
    """What somebody asked and was answered goes too; what still waits has been done."""
    asked = Erasure.objects.filter(person=person)
    asked.exclude(answer="").update(answer=ERASED)
    asked.update(reason="")
    asked.waiting().update(stage=Erasure.Stage.ERASED, decided_on=today)


def _forget_name(person: Person) -> None:
    """Keep the row without anything by which its human could be known."""
    human = person.human
    person.username = f"{MARK}{person.pk}"
    person.name = ERASED
    person.public_name = None
    person.password = UNUSABLE_PASSWORD_PREFIX
    person.is_active = False
    person.human = None
    person.last_login = None
    person.save()
    if human is not None and not Person.objects.filter(human=human).exists():
        Human.objects.filter(pk=human.pk).delete()
