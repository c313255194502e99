"""Links by text message and e-mail, with which people without an account answer once.

Whoever holds the survey invites a sample; anybody may ask for a link to a survey that is open to
all. The log tells how many were invited, never whom.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.forum.actions.surveys import NOT_OPEN, ONLY_SAMPLED, PURPOSE
from gongzhi.forum.models import Survey, Vote
from gongzhi.parties.answer_links import make_answer_link
from gongzhi.parties.business_date import business_date
from gongzhi.parties.contacts import plain_address
from gongzhi.parties.deeds import act, act_unseen
from gongzhi.parties.outgoing import Channel
from gongzhi.parties.sending import can_send, send
from gongzhi.parties.unsuitable import Unsuitable

INVITED_MAX = 500
ZONE = ZoneInfo("Asia/Shanghai")
NO_ADDRESS = Said("第 {line} 行不是手机号或者邮箱")
NOBODY = Said("请写手机号或者邮箱，每行一个，最多 {most} 个", {"most": INVITED_MAX})
CANNOT_SEND = Said("现在发不出短信或者邮件，请换一种方式")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reached:
    """Where somebody is reached."""

    channel: str
    address: str


def invite_respondents(
    *,
    by: Member,
    survey: Survey,
    addresses: Sequence[str],
    link: Callable[[str], str],
    key: str | None = None,
) -> int:
    """Send each a link of their own; says to how many, for whoever answered gets none again."""
    with act(by, "invite_respondents", on=survey, key=key) as record:
        if not 0 < len(addresses) <= INVITED_MAX:
            raise Unsuitable({"addresses": NOBODY})
        reached = []
        for line, text in enumerate(addresses, start=1):
            each = reached_at(text)
            if each is None:
                raise Unsuitable({"addresses": Said(NO_ADDRESS.text, {"line": line})})
            reached.append(each)
        sent = sum(_send_link(survey, each, link=link) for each in reached)
        record["count"] = sent
    return sent


def ask_for_link(*, by: Member, survey: Survey, address: str, link: Callable[[str], str]) -> None:
    """Have a link sent to oneself; whether that contact answered before, the page doesn't say."""
    with act_unseen(by, "ask_for_link", on=survey.thing()) as record:
        if survey.stage != Survey.Stage.OPEN or survey.closes_on < business_date():
            raise Unsuitable({"address": NOT_OPEN})
        if survey.sampled:
            raise Unsuitable({"address": ONLY_SAMPLED})
        reached = reached_at(address)
        if reached is None:
            raise Unsuitable({"address": Said(NO_ADDRESS.text, {"line": 1})})
        _send_link(survey, reached, link=link)
        record["survey"] = str(survey.pk)


def reached_at(text: str) -> Reached | None:
    """A telephone number or an e-mail address as somebody wrote it."""
    channel = Channel.EMAIL if "@" in text else Channel.SMS
    address = plain_address(channel, text)
    return Reached(channel=channel, address=address) if address else None


def _send_link(survey: Survey, to: Reached, *, link: Callable[[str], str]) -> bool:
    if not can_send(to.channel):
        raise Unsuitable({"addresses": CANNOT_SEND})
    words = _("%(holder)s 请您回答问卷《%(title)s》，几分钟，匿名，每人一份：%(link)s")
    return send_link(survey, to, purpose=PURPOSE, words=words, link=link)


def send_link(
    row: Survey | Vote, to: Reached, *, purpose: str, words: str, link: Callable[[str], str]
) -> bool:
    """Send somebody a link of their own, good until the last day is over; not where it was used."""
    token = make_answer_link(
        purpose=purpose,
        about=row.thing().name,
        channel=to.channel,
        address=to.address,
        expires_at=_end_of(row.closes_on),
    )
    if token is None:
        return False
    told = {"holder": row.organisation.name, "title": row.title, "link": link(token)}
    send(channel=to.channel, address=to.address, subject=row.title, text=words % told)
    return True


def _end_of(day: date) -> datetime:
    """When a last day is over; the date of a demo may be another than today."""
    left = max(day - business_date(), timedelta())
    today = timezone.now().astimezone(ZONE).date()
    return datetime.combine(today + left + timedelta(days=1), time(), tzinfo=ZONE)
