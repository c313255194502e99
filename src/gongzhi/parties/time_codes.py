"""Codes that a telephone shows for thirty seconds (TOTP, RFC 6238), each good once."""

import base64
import hmac
import os
import re
import time
import unicodedata
from urllib.parse import quote

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.hotp import HOTP
from django.db import transaction
from django.utils import timezone

from gongzhi.parties.factors import Factor, FactorKind, keep_factor, limits
from gongzhi.parties.models import Person
from gongzhi.parties.ringing import ring

SECRET_BYTES = 20  # RFC 4226, 4 recommends 160 bits
STEP_S = 30
DIGITS = 6
CODE = re.compile(rf"\d{{{DIGITS}}}")


def new_secret() -> str:
    """A secret as authenticator apps read it."""
    return base64.b32encode(os.urandom(SECRET_BYTES)).decode()


def address_of_secret(secret: str, *, person: Person, issuer: str) -> str:
    """What stands in the picture that the telephone scans."""
    label = quote(f"{issuer}:{person.username}", safe="")
    return (
        f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}"
        f"&algorithm=SHA1&digits={DIGITS}&period={STEP_S}"
    )


def code_of(secret: str, *, step: int) -> str:
    """The code of one step of time."""
    # SHA-1 is what authenticator apps know; as an HMAC it isn't broken.
    made = HOTP(base64.b32decode(secret), DIGITS, SHA1(), enforce_key_length=False)  # noqa: S303
    return made.generate(step).decode()


def step_at(moment: float) -> int:
    """Which step of thirty seconds a moment falls into."""
    return int(moment // STEP_S)


def matching_step(secret: str, code: str, *, moment: float, after: int) -> int | None:
    """The step that the code belongs to, near the clock and later than the last one used."""
    off, now = limits().code_steps_off_max, step_at(moment)
    found = None
    for step in range(now - off, now + off + 1):
        if hmac.compare_digest(code_of(secret, step=step), code) and step > after:
            found = step
    return found


def plain_code(text: str) -> str:
    """The digits as they were meant: full-width ones and spaces are understood."""
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", text))
    return plain if CODE.fullmatch(plain) else ""


def add_time_code(person: Person, *, name: str, secret: str, code: str) -> Factor | None:
    """Set a telephone up, once it shows a right code; None if it is wrong or there's no room."""
    step = matching_step(secret, plain_code(code), moment=time.time(), after=0)
    if step is None:
        return None
    now = timezone.now()
    factor = Factor(
        person=person, kind=FactorKind.TIME_CODE, name=name, counter=step, created_at=now
    )
    factor.put_in(secret)
    return factor if keep_factor(factor) else None


def use_time_code(person: Person, code: str) -> Factor | None:
    """The telephone that showed this code, if any; the code is used up.

    The rows are locked, so that the same code sent twice at once is good for one.
    """
    plain, now = plain_code(code), timezone.now()
    with transaction.atomic():
        own = Factor.objects.of(person, kind=FactorKind.TIME_CODE).select_for_update()
        open_ones = [factor for factor in own if not factor.is_closed(at=now)]
        for factor in open_ones:
            step = matching_step(
                factor.taken_out(), plain, moment=now.timestamp(), after=factor.counter
            )
            if step is not None:
                factor.note_used(counter=step, at=now)
                factor.save()
                return factor
        for factor in open_ones:
            factor.note_wrong(at=now)
            factor.save()
        if any(factor.is_closed(at=now) for factor in open_ones):
            ring("codes", about=str(person.pk), person=person)
    return None
