"""A result that the visitor's browser carries, because the site keeps none.

The page of a result holds what was read, compressed and signed. Downloading, choosing other
rules or changing the language sends it back; the site checks the signature and computes anew.
So nothing is stored, and nobody can have the site put its name under a form it never read.
"""

import base64
import binascii
import json
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.core.signing import BadSignature, TimestampSigner

from gongzhi.core.terms import Paper
from gongzhi.papers.record import paper_as_record, paper_from_record

LIFE = timedelta(days=1)  # a page left open longer asks for the file again
UNPACKED_BYTES_MAX = 32 * 2**20
VERSION = 1
Record = Mapping[str, Any]
SIGNER = TimestampSigner(salt="gongzhi.web.carried")


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What was read from each file, and the name of the rules chosen (none: guessed)."""

    papers: tuple[Paper, ...]
    pack: str = ""


def packed(carried: Carried) -> str:
    """The text that a page carries in a hidden field."""
    return packed_record(carried_as_record(carried), signer=SIGNER)


def unpacked(text: str) -> Carried | None:
    """What a page brings back; None if it isn't ours, was changed or is too old."""
    record = unpacked_record(text, signer=SIGNER)
    return None if record is None else carried_from_record(record)


def packed_record(record: Record, *, signer: TimestampSigner) -> str:
    """JSON-safe values as a hidden field carries them; a signer of its own for each purpose."""
    content = json.dumps(record, ensure_ascii=False).encode()
    return signer.sign(base64.urlsafe_b64encode(zlib.compress(content, 9)).decode())


def unpacked_record(text: str, *, signer: TimestampSigner) -> Record | None:
    """The values that a field carried; None if it isn't ours, was changed or is too old."""
    try:
        compressed = base64.urlsafe_b64decode(signer.unsign(text, max_age=LIFE))
        content = zlib.decompressobj().decompress(compressed, UNPACKED_BYTES_MAX)
        record: Record = json.loads(content)
    except (BadSignature, binascii.Error, zlib.error, ValueError):
        return None
    return record


def carried_as_record(carried: Carried) -> Record:
    """JSON-safe values that `carried_from_record` turns back."""
    papers = [paper_as_record(paper) for paper in carried.papers]
    return {"v": VERSION, "pack": carried.pack, "papers": papers}


def carried_from_record(record: Record) -> Carried | None:
    """What the record was made of; None if another version of the program made it."""
    if record["v"] != VERSION:
        return None
    return Carried(
        papers=tuple(paper_from_record(paper) for paper in record["papers"]), pack=record["pack"]
    )
