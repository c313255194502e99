"""Invitations as files, read back by a parser that knows RFC 5545 and not our writer."""

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis import strategies as st

from gongzhi.core.participating.calendar_files import CalendarEntry, Mailed, calendar_file

CHINA = timezone(timedelta(hours=8))
UNESCAPED = {"n": "\n", "N": "\n", "\\": "\\", ";": ";", ",": ","}


def entry(**given) -> CalendarEntry:
    return CalendarEntry(
        **{
            "uid": "0198@gongzhi",
            "organiser": "某局",
            "organiser_id": "0198",
            "sequence": 0,
            "stamped_at": datetime(2026, 1, 20, 1, tzinfo=UTC),
            "begins_at": datetime(2026, 2, 4, 9, 30, tzinfo=CHINA),
            "minutes": 90,
            "summary": "堵点会",
            **given,
        }
    )


def unfolded(content: bytes) -> list[str]:
    text = content.decode()
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def read(content: bytes) -> dict[str, str]:
    """The properties of the only event, and the calendar's method."""
    lines = unfolded(content)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    named = dict(line.split(":", 1) for line in lines)
    return {name: value if name == "URL" else unescaped(value) for name, value in named.items()}


def unescaped(value: str) -> str:
    signs = iter(value)
    return "".join(UNESCAPED[next(signs)] if sign == "\\" else sign for sign in signs)


def test_an_invitation_says_when_in_utc():
    found = read(calendar_file([entry()]))
    assert found["METHOD"] == "PUBLISH"
    assert found["DTSTART"] == "20260204T013000Z"
    assert found["DTEND"] == "20260204T030000Z"
    assert found["STATUS"] == "CONFIRMED"


def test_a_mailed_invitation_asks_and_names_both_mailboxes():
    mailed = Mailed(sender="post@example.org", addressee="li@example.org")
    found = read(calendar_file([entry(mailed=mailed)]))
    assert found["METHOD"] == "REQUEST"
    assert found['ORGANIZER;CN="某局"'] == "mailto:post@example.org"
    assert found["ATTENDEE;PARTSTAT=NEEDS-ACTION;RSVP=FALSE"] == "mailto:li@example.org"
    called_off = read(calendar_file([entry(mailed=mailed, sequence=1, is_cancelled=True)]))
    assert (called_off["METHOD"], called_off["SEQUENCE"]) == ("CANCEL", "1")


def test_a_mailbox_cant_write_lines_of_its_own():
    mailed = Mailed(sender="a@b.cn", addressee="x@y.cn\r\nATTENDEE:mailto:z@y.cn")
    lines = unfolded(calendar_file([entry(mailed=mailed)]))
    assert sum(line.startswith("ATTENDEE") for line in lines) == 1


def test_a_feed_has_a_name_and_takes_nothing_out_of_a_calendar():
    lines = unfolded(calendar_file([entry(is_cancelled=True)], name="会议"))
    assert "METHOD:PUBLISH" in lines
    assert "X-WR-CALNAME:会议" in lines
    assert "STATUS:CANCELLED" in lines


def test_a_cancelled_meeting_keeps_its_uid_and_says_so():
    found = read(calendar_file([entry(sequence=2, is_cancelled=True)]))
    assert (found["METHOD"], found["STATUS"]) == ("CANCEL", "CANCELLED")
    assert (found["UID"], found["SEQUENCE"]) == ("0198@gongzhi", "2")


def test_a_file_holds_several():
    content = calendar_file([entry(), entry(uid="2", is_cancelled=True)])
    lines = unfolded(content)
    assert "METHOD:PUBLISH" in lines
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")), max_size=300)


@given(summary=TEXTS, place=TEXTS, lines=st.lists(TEXTS, min_size=1, max_size=4))
def test_any_words_come_back_as_they_were(summary, place, lines):
    description = "\n".join(lines)
    found = read(calendar_file([entry(summary=summary, place=place, description=description)]))
    assert found["SUMMARY"] == summary
    assert found.get("LOCATION", "") == place
    assert found.get("DESCRIPTION", "") == description


@given(words=st.text(st.characters(exclude_categories=("Cs",)), max_size=120))
def test_no_words_become_lines_of_their_own(words):
    lines = unfolded(calendar_file([entry(summary=words, address=words, organiser=words)]))
    assert len(lines) == 5 + 11 + bool(words)
