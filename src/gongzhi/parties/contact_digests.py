"""An address known again without being read: a digest of it under a key of its own.

The key stands in the database under the lock of the installation's key (`subject_keys`), so that a
copy of the database alone tells no address, not even to whoever tries every telephone number.
"""

import hmac
import re
from collections.abc import Sequence
from hashlib import sha256

from gongzhi.parties.outgoing import Channel
from gongzhi.parties.subject_keys import keys_for

SUBJECT = "contacts"
# A mobile number of the mainland, with or without the country's prefix in front.
MAINLAND = re.compile(r"(?:\+|00)?86(1\d{10})")


def contact_digest(channel: str, address: str) -> str:
    """By what an address is known again, of those that `plain_address` made."""
    return contact_digests([(channel, address)])[0]


def contact_digests(reached: Sequence[tuple[str, str]]) -> list[str]:
    """The same of many, each by its channel and address, in their order."""
    if not reached:
        return []
    key = keys_for([SUBJECT])[SUBJECT]
    texts = (f"{channel} {_one_spelling(channel, address)}" for channel, address in reached)
    return [hmac.new(key, text.encode(), sha256).hexdigest() for text in texts]


def _one_spelling(channel: str, address: str) -> str:
    """The same for all spellings of an address."""
    if channel == Channel.EMAIL:
        return address.casefold()
    found = MAINLAND.fullmatch(address)
    return found[1] if found else address
