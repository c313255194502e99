"""Keys of remarks: who can open what was said.

Each remark has a key of chance. An anonymous one is locked with the key of the office that receives
it and, apart, with what its receipt code gives; a named one with the key of the person who wrote,
so that erasing them takes the words away. The keys of offices and people are locked with the
installation's key, which isn't in the database: a copy of the database alone opens nothing. Who
runs the server has both, and the pages say so.
"""

import os
from dataclasses import dataclass
from datetime import UTC, datetime, time
from hashlib import scrypt, sha256
from uuid import UUID

from gongzhi.core.sealed import SALT_BYTES
from gongzhi.parties.business_date import business_date
from gongzhi.parties.locked_values import CannotUnlock
from gongzhi.parties.models import SubjectKey
from gongzhi.parties.subject_keys import (
    KEY_BYTES,
    keys_for,
    keys_of,
    lock_value,
    new_locked_key,
    open_value,
    person_subject,
)

# The digest is found by the code alone, so its salt is the same for all; a code has 63 random bits.
SALT = b"gongzhi remark receipt, 1"
COST, BLOCK, LANES = 2**14, 8, 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Opener:
    """What a receipt code gives: by what its row is found, and what opens it."""

    digest: bytes
    key: bytes


def opener_of(code: str) -> Opener:
    """The halves of a code; slow, whatever the code is."""
    both = scrypt(code.encode(), salt=SALT, n=COST, r=BLOCK, p=LANES, dklen=2 * KEY_BYTES)
    return Opener(digest=both[:KEY_BYTES], key=both[KEY_BYTES:])


def new_key() -> bytes:
    """A key for a remark."""
    return os.urandom(KEY_BYTES)


def locked_for(subject: str, key: bytes, *, remark: UUID) -> bytes:
    """A remark's key as it stands in its row, for an office or a person."""
    return _wrapped(_key_of(subject), key, bond=_bond(subject, remark))


def locked_for_code(opener: Opener, key: bytes, *, remark: UUID) -> bytes:
    """A remark's key as it stands beside the digest of its code."""
    return _wrapped(opener.key, key, bond=_bond("receipt", remark))


def opened_for(subject: str, locked: bytes | memoryview, *, remark: UUID) -> bytes:
    """A remark's key again; raises CannotUnlock where the subject was erased."""
    key = keys_of([subject]).get(subject)
    if key is None:
        raise CannotUnlock(subject)
    return _unwrapped(key, locked, bond=_bond(subject, remark))


def opened_for_code(opener: Opener, locked: bytes | memoryview, *, remark: UUID) -> bytes:
    """A remark's key again, for whoever has the code."""
    return _unwrapped(opener.key, locked, bond=_bond("receipt", remark))


def office_subject(organisation: UUID) -> str:
    """Whose key opens anonymous remarks to an organisation."""
    return f"remarks:{organisation}"


def writer_subject(person: UUID) -> str:
    """Whose key opens a named remark."""
    return person_subject(person)


def locked_text(key: bytes, text: str, *, remark: UUID, number: int) -> bytes:
    """What was said, as it stands in its row."""
    return lock_value(key, value=text, salt=os.urandom(SALT_BYTES), bound_to=f"{remark} {number}")


def opened_text(key: bytes, locked: bytes | memoryview, *, remark: UUID, number: int) -> str:
    """What was said, again."""
    _, text = open_value(key, locked, bound_to=f"{remark} {number}")
    return str(text)


def promised_text(key: bytes, text: str) -> str:
    """What the log promises of a text: only who can open the remark can compare it."""
    return sha256(key + text.encode()).hexdigest()


def _key_of(subject: str) -> bytes:
    """The key of a subject; one of an office tells the day on which it was made, no moment."""
    if subject.startswith(person_subject("")):
        return keys_for([subject])[subject]
    SubjectKey.objects.get_or_create(
        subject=subject,
        defaults={
            "locked_key": new_locked_key(subject),
            "made_at": datetime.combine(business_date(), time(), tzinfo=UTC),
        },
    )
    return keys_of([subject])[subject]


def _wrapped(by: bytes, key: bytes, *, bond: str) -> bytes:
    return lock_value(by, value=key.hex(), salt=os.urandom(SALT_BYTES), bound_to=bond)


def _unwrapped(by: bytes, locked: bytes | memoryview, *, bond: str) -> bytes:
    _, key = open_value(by, locked, bound_to=bond)
    return bytes.fromhex(str(key))


def _bond(subject: str, remark: UUID) -> str:
    return f"remark {remark} for {subject}"
