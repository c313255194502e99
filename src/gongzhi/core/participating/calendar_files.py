"""Invitations as files that calendars read (RFC 5545): folded, escaped, in UTC.

The same meeting keeps its UID; each change has a higher SEQUENCE; a cancellation says so.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

LINE_BYTES_MAX = 75  # RFC 5545 § 3.1, without the break
BREAK = "\r\n"
PRODUCT = "-//gongzhi//meetings//ZH"
CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f]")
OF_ADDRESSES = frozenset(b"-._~:/?#[]@!$&'()*+,;=%")  # beside letters and digits (RFC 3986)
ESCAPED = {"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n"}


class Method(StrEnum):
    """What a calendar is to do with a file (RFC 5546): keep it, ask its owner, take it out."""

    PUBLISH = "PUBLISH"
    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mailed:
    """Between which mailboxes an invitation goes (RFC 6047)."""

    sender: str
    addressee: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """A meeting as a calendar keeps it."""

    uid: str
    organiser: str
    organiser_id: str
    sequence: int
    stamped_at: datetime
    begins_at: datetime
    minutes: int
    summary: str
    place: str = ""
    description: str = ""
    address: str = ""
    is_cancelled: bool = False
    mailed: Mailed | None = None


def calendar_file(entries: Iterable[CalendarEntry], *, name: str = "") -> bytes:
    """The file: what is held, or that it isn't any more; with a name, one that is fetched again."""
    listed = list(entries)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{PRODUCT}", "CALSCALE:GREGORIAN"]
    if name:
        lines += [f"METHOD:{Method.PUBLISH}", f"X-WR-CALNAME:{_text(name)}"]
        lines.append("REFRESH-INTERVAL;VALUE=DURATION:PT1H")
    else:
        lines.append(f"METHOD:{_method(listed)}")
    for each in listed:
        lines += _event(each)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}{BREAK}" for line in lines).encode()


def _method(entries: list[CalendarEntry]) -> Method:
    if entries and all(each.is_cancelled for each in entries):
        return Method.CANCEL
    asks = bool(entries) and all(each.mailed for each in entries)
    return Method.REQUEST if asks else Method.PUBLISH


def _event(entry: CalendarEntry) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{_text(entry.uid)}"
    yield f"SEQUENCE:{entry.sequence}"
    yield f"DTSTAMP:{_moment(entry.stamped_at)}"
    yield f"DTSTART:{_moment(entry.begins_at)}"
    yield f"DTEND:{_moment(entry.begins_at + timedelta(minutes=entry.minutes))}"
    organiser = f'ORGANIZER;CN="{_parameter(entry.organiser)}"'
    if entry.mailed:
        yield f"{organiser}:mailto:{_address(entry.mailed.sender)}"
        yield f"ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:{_address(entry.mailed.addressee)}"
    else:
        yield f"{organiser}:urn:uuid:{entry.organiser_id}"
    yield f"SUMMARY:{_text(entry.summary)}"
    if entry.place:
        yield f"LOCATION:{_text(entry.place)}"
    if entry.description:
        yield f"DESCRIPTION:{_text(entry.description)}"
    if entry.address:
        yield f"URL:{_address(entry.address)}"
    yield f"STATUS:{'CANCELLED' if entry.is_cancelled else 'CONFIRMED'}"
    yield "END:VEVENT"


def _moment(moment: datetime) -> str:
    assert moment.tzinfo is not None, "a moment without its zone is none"
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A text value: one line, its separators escaped (§ 3.3.11)."""
    whole = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(ESCAPED.get(sign, sign) for sign in CONTROL.sub("", whole))


def _address(address: str) -> str:
    """An address; what may not stand in one is written as its bytes."""
    return "".join(
        chr(byte) if byte in OF_ADDRESSES or bytes([byte]).isalnum() else f"%{byte:02X}"
        for byte in address.encode()
    )


def _parameter(text: str) -> str:
    """The value of a parameter, which has no way to write quotes."""
    return CONTROL.sub("", text).replace("\n", " ").replace('"', "'")


def _folded(line: str) -> str:
    """The line in pieces of at most 75 bytes, no character cut in two."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode())
        if size + width > LINE_BYTES_MAX:
            pieces.append(piece)
            piece, size = "", 1  # the space that a continued line begins with
        piece, size = piece + sign, size + width
    return f"{BREAK} ".join([*pieces, piece])
