"""Codes on paper, for the day the telephone or the key is lost; each is good once."""

import re
import secrets
import unicodedata
from hashlib import sha256

from django.db import transaction
from django.utils import timezone

from gongzhi.parties.factors import RecoveryCode, limits
from gongzhi.parties.models import Person

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's: nothing to mistake
LENGTH = 16  # eighty bits: no need to slow guessing down, nor to slow the digest down
GROUP = 4


def make_recovery_codes(person: Person) -> list[str]:
    """New codes in place of all the old ones; they are shown now and never again."""
    codes = ["".join(secrets.choice(ALPHABET) for _ in range(LENGTH)) for _ in _numbers()]
    now = timezone.now()
    with transaction.atomic():
        RecoveryCode.objects.filter(person=person).delete()
        RecoveryCode.objects.bulk_create(
            RecoveryCode(person=person, digest=_digest(person, code), created_at=now)
            for code in codes
        )
    return ["-".join(re.findall(f".{{{GROUP}}}", code)) for code in codes]


def use_recovery_code(person: Person, code: str) -> bool:
    """Whether the code is one of the person's that wasn't used yet; now it is."""
    unused = RecoveryCode.objects.filter(person=person, used_at__isnull=True)
    return bool(unused.filter(digest=_digest(person, plain(code))).update(used_at=timezone.now()))


def recovery_codes_left(person: Person) -> int:
    """How many codes are still good."""
    return RecoveryCode.objects.filter(person=person, used_at__isnull=True).count()


def plain(code: str) -> str:
    """The code as it was meant: without dashes and spaces, o as zero, i and l as one."""
    text = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", code)).lower()
    return text.translate(str.maketrans("oil", "011"))


def _numbers() -> range:
    return range(limits().recovery_codes)


def _digest(person: Person, code: str) -> bytes:
    return sha256(f"{person.pk}\n{code}".encode()).digest()
