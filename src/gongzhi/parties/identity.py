"""Knowing a human being again without keeping the identity number.

What is kept is a digest keyed with a secret of this installation, so that a copy of the database
alone tells no number, not even to whoever tries them all.
"""

import hmac
import re
import unicodedata
from datetime import date
from functools import lru_cache
from hashlib import sha256

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from stdnum.cn import ric

from gongzhi.parties.former_keys import FormerKey, former_keys
from gongzhi.parties.people import Human, Person

PURPOSE = b"gongzhi identity digest, 1"
KEY_BYTES = 32
# The last digit is a check digit; residents from Hong Kong, Macao and Taiwan and foreigners with
# a residence permit have numbers of the same form.
NUMBER = re.compile(r"[1-9]\d{5}(?P<born>[12]\d{7})\d{3}[\dX]")


def plain_identity(text: str) -> str:
    """The identity number as it was meant, or nothing if it isn't one."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    found = NUMBER.fullmatch(plain)
    if found is None or ric.calc_check_digit(plain) != plain[-1]:
        return ""
    return plain if _is_day(found["born"]) else ""


def human_of(identity: str, *, first_met_as: Person | None = None) -> Human:
    """The human being with this number, whom another account may have met before.

    Met for the first time, they may be called like the account they were met as.
    """
    current, *former = (_digest(key, identity) for key in _keys())
    known = Human.objects.filter(identity__in=[current, *former]).first()
    if known is None:
        named = {"id": first_met_as.pk} if first_met_as else {}
        return Human.objects.get_or_create(identity=current, defaults=named)[0]
    if known.identity != current:  # met under the key before this one
        known.identity = current
        known.save(update_fields=["identity"])
    return known


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(f"{text[:4]}-{text[4:6]}-{text[6:]}")
    except ValueError:
        return False
    return True


def _keys() -> tuple[bytes, ...]:
    """Those of today, of an earlier key that is still in use, and of those before."""
    given = (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    return (*map(key_of_digests, given), *former_keys(FormerKey.Purpose.IDENTITY))


def _digest(key: bytes, identity: str) -> str:
    return hmac.new(key, identity.encode(), sha256).hexdigest()


@lru_cache(maxsize=8)
def key_of_digests(key: str) -> bytes:
    """The key of digests under a key of the installation."""
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=PURPOSE).derive(key.encode())
