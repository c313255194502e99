"""What an entry of the log looks like, version 1: public facts of a deed, promises of the rest.

A later version adds fields; it never renames one and never drops one.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta

from gongzhi.core.ledger.batch import is_batch
from gongzhi.core.ledger.encoding import is_hash
from gongzhi.core.ledger.tiles import ENTRY_BYTES_MAX
from gongzhi.core.sealed import NotCanonicalError, Sealable, canonical

VERSION = 1
NAME_CHARACTERS_MAX = 200
OPTIONAL: Mapping[str, Sealable] = {"c": {}, "because": None, "batch": None}
_VERB = re.compile(r"[a-z]+(_[a-z0-9]+)*")


class NotAnEntry(ValueError):
    """A deed tried to leave something that is no entry; a fault of the program."""


def entry_bytes(entry: Mapping[str, Sealable]) -> bytes:
    """The canonical bytes of an entry, once every field has been looked at."""
    whole = {**OPTIONAL, **entry}
    if whole.keys() != FIELDS.keys():
        wrong = sorted(whole.keys() ^ FIELDS.keys())
        raise NotAnEntry(f"fields missing or unknown: {', '.join(wrong)}")
    for field, is_good in FIELDS.items():
        if not is_good(whole[field]):
            raise NotAnEntry(f"{field} can't be {whole[field]!r}")
    try:
        content = canonical(whole)
    except NotCanonicalError as error:
        raise NotAnEntry(str(error)) from error
    if len(content) > ENTRY_BYTES_MAX:
        raise NotAnEntry(f"{len(content)} bytes; a document enters by its hash")
    return content


def is_name(value: object) -> bool:
    """A short text."""
    return isinstance(value, str) and 0 < len(value) <= NAME_CHARACTERS_MAX


def is_name_or_absent(value: object) -> bool:
    """A short text, or nothing where it must stay hidden or there is none."""
    return value is None or is_name(value)


def is_verb(value: object) -> bool:
    """The deed's verb, as its action is called."""
    return is_name(value) and bool(_VERB.fullmatch(str(value)))


def are_names(value: object) -> bool:
    """At least one short text."""
    return isinstance(value, list | tuple) and bool(value) and all(map(is_name, value))


def is_day(value: object) -> bool:
    """A date as 2026-01-31."""
    try:
        return isinstance(value, str) and date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False


def is_moment(value: object) -> bool:
    """A moment in UTC, to the second or finer."""
    try:
        moment = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return False
    return moment is not None and moment.utcoffset() == timedelta(0)


def are_facts(value: object) -> bool:
    """Facts by name."""
    return isinstance(value, Mapping) and all(map(is_name, value))


def is_promise(value: object) -> bool:
    """A commitment (`core.sealed.commitment`)."""
    return is_hash(value)


def are_promises(value: object) -> bool:
    """Commitments by the name of the field that isn't public."""
    return isinstance(value, Mapping) and are_facts(value) and all(map(is_promise, value.values()))


def is_batch_or_absent(value: object) -> bool:
    """Nothing, or what, how many and under which root rows entered as one deed."""
    return value is None or is_batch(value)


FIELDS: Mapping[str, Callable[[object], bool]] = {
    "v": lambda value: type(value) is int and value == VERSION,
    "verb": is_verb,
    "party": is_name_or_absent,
    "clause": are_names,
    "charter": is_name,
    "on": is_name_or_absent,
    "business_date": is_day,
    "claimed_at": is_moment,
    "public": are_facts,
    "c": are_promises,
    "because": is_name_or_absent,
    "batch": is_batch_or_absent,
}
