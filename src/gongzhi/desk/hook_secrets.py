"""Secrets by which receivers know our messages, locked with their organisation's own key."""

import os

from gongzhi.core.sealed import SALT_BYTES
from gongzhi.desk.models import Hook
from gongzhi.parties.subject_keys import keys_for, lock_value, open_value


def secret_of(hook: Hook) -> bytes:
    """The secret again, to sign with."""
    subject = _subject(hook)
    _, secret = open_value(
        keys_for([subject])[subject], hook.locked_secret, bound_to=f"hook {hook.pk}"
    )
    return bytes.fromhex(str(secret))


def locked_secret(hook: Hook, secret: bytes) -> bytes:
    """A secret as it stands in its row."""
    subject = _subject(hook)
    key, salt = keys_for([subject])[subject], os.urandom(SALT_BYTES)
    return lock_value(key, value=secret.hex(), salt=salt, bound_to=f"hook {hook.pk}")


def _subject(hook: Hook) -> str:
    return f"hooks:{hook.organisation_id}"
