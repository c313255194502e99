"""Keys of subjects: what the log only promises is locked with the key of whom it is about.

Destroy the key, and every value about its subject is gone at once, in this database and in each
copy of it made later. The keys themselves are locked with the installation's own key
(`locked_values`), so that a copy of the database without that key tells nothing either.
"""

import os
from collections.abc import Iterable, Mapping
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.db import models
from django.utils import timezone

from gongzhi.core.charter import Member
from gongzhi.core.sealed import SALT_BYTES, Sealable, canonical, read_canonical
from gongzhi.parties.locked_values import CannotUnlock, lock, unlock

KEY_BYTES = 32
NONCE_BYTES = 12

Keys = Mapping[str, bytes]


class SubjectKey(models.Model):
    """The key of a subject: of a person, or of a party where nobody in particular is meant."""

    subject = models.CharField(primary_key=True, max_length=100)
    locked_key = models.BinaryField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.subject


def person_subject(person: UUID | str) -> str:
    """How a person is called as the subject of values."""
    return f"person:{person}"


def subject_of(by: Member) -> str:
    """Whom a deed's values are about unless it says so: the party, or who acts for themselves.

    What somebody says in an office belongs to the office's organisation, and stays when they go.
    """
    return by.party if by.organisation or by.person is None else person_subject(by.person)


def keys_of(subjects: Iterable[str]) -> Keys:
    """The keys of those subjects that have one; a subject without was erased."""
    rows = SubjectKey.objects.filter(subject__in=set(subjects))
    return {row.subject: _opened(row) for row in rows}


def keys_for(subjects: Iterable[str]) -> Keys:
    """The keys of all the subjects, made where there was none."""
    wanted = sorted(set(subjects))
    known = keys_of(wanted)
    missing = [subject for subject in wanted if subject not in known]
    if not missing:
        return known
    SubjectKey.objects.bulk_create([_new(subject) for subject in missing], ignore_conflicts=True)
    return keys_of(wanted)


def lock_value(key: bytes, *, value: Sealable, salt: bytes, bound_to: str) -> bytes:
    """Salt and value as they stand in the row (AES-256-GCM), bound to where they belong."""
    return SubjectLock(key).locked(value, salt=salt, bound_to=bound_to)


class SubjectLock:
    """A subject's key at work on many values: preparing it costs more than a lock."""

    __slots__ = ("_cipher",)

    def __init__(self, key: bytes) -> None:
        self._cipher = AESGCM(key)

    def locked(self, value: Sealable, *, salt: bytes, bound_to: str) -> bytes:
        """Salt and value as they stand in the row."""
        nonce = os.urandom(NONCE_BYTES)
        return nonce + self._cipher.encrypt(nonce, salt + canonical(value), bound_to.encode())


def open_value(key: bytes, locked: bytes | memoryview, *, bound_to: str) -> tuple[bytes, Sealable]:
    """Salt and value again; raises CannotUnlock where the row was tampered with."""
    salt, written = open_written(key, bytes(locked), bound_to=bound_to)
    return salt, read_canonical(written)


def open_written(key: bytes, locked: bytes, *, bound_to: str) -> tuple[bytes, bytes]:
    """Salt and the value's canonical bytes, for whoever reads thousands of them as one text."""
    try:
        plain = AESGCM(key).decrypt(locked[:NONCE_BYTES], locked[NONCE_BYTES:], bound_to.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotUnlock(bound_to) from error
    return plain[:SALT_BYTES], plain[SALT_BYTES:]


def new_locked_key(subject: str) -> bytes:
    """A new key for a subject, as its row holds it."""
    return lock(os.urandom(KEY_BYTES).hex(), bound_to=bond_of_key(subject))


def opened_key(locked_key: bytes | memoryview, *, subject: str) -> bytes:
    """The key in a row; raises CannotUnlock without the installation's key."""
    return bytes.fromhex(unlock(locked_key, bound_to=bond_of_key(subject)))


def _new(subject: str) -> SubjectKey:
    return SubjectKey(subject=subject, locked_key=new_locked_key(subject), made_at=timezone.now())


def _opened(row: SubjectKey) -> bytes:
    return opened_key(row.locked_key, subject=row.subject)


def bond_of_key(subject: str) -> str:
    """What a subject's key is bound to: it opens in no other row."""
    return f"subject key {subject}"
