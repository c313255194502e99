"""The talk about a remark in clear, for whoever may open it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gongzhi.core.participating.remarks import Voice, is_writers
from gongzhi.forum.models import Remark
from gongzhi.forum.remark_locks import (
    Opener,
    office_subject,
    opened_for,
    opened_for_code,
    opened_text,
    writer_subject,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One thing that was said: who, on which day, what."""

    voice: Voice
    name: str
    office: str
    said_on: date
    text: str

    @property
    def is_writers(self) -> bool:
        """Whether the writer says it."""
        return is_writers(self.voice)

    def __repr__(self) -> str:
        return f"Line({self.voice})"  # traces and logs show no text


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """All that was said about a remark, and the key that opened it."""

    remark: Remark
    secret: bytes
    lines: Sequence[Line]

    def __repr__(self) -> str:
        return f"Talk({self.remark.pk})"


def key_subject(remark: Remark) -> str:
    """Whose key opens the remark without a code: the writer's, or the receiving office's."""
    if remark.person_id is not None:
        return writer_subject(remark.person_id)
    return office_subject(remark.receiver_id)


def talk_of(remark: Remark, *, opener: Opener | None = None) -> Talk:
    """The talk, opened by a code or else by whose key it is; raises CannotUnlock."""
    if opener is not None:
        locked = remark.receipt.locked_key
        secret = opened_for_code(opener, locked, remark=remark.pk)
    else:
        secret = opened_for(key_subject(remark), remark.locked_key, remark=remark.pk)
    lines = [
        Line(
            voice=Voice(each.voice),
            name=each.get_voice_display(),
            office=f"{each.office.organisation} {each.office.title}" if each.office else "",
            said_on=each.said_on,
            text=opened_text(secret, each.locked, remark=remark.pk, number=each.number),
        )
        for each in remark.messages.select_related("office__organisation")
    ]
    return Talk(remark=remark, secret=secret, lines=lines)
