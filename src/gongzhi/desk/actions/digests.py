"""The day's notices together: ordering them, cancelling, and the job that sends them."""

from collections.abc import Mapping

from django.utils import timezone

from gongzhi.core.charter import INSTALLATION, SYSTEM, Member
from gongzhi.core.terms import Said
from gongzhi.desk.models import Digest, Notice
from gongzhi.desk.models.digests import How
from gongzhi.desk.models.notices import NoticeQuerySet
from gongzhi.parties.contacts import reach
from gongzhi.parties.deeds import act
from gongzhi.parties.members import NO_PERSON
from gongzhi.words import say

LINES_MAX = 20


def order_digest(
    *, by: Member, language: str, how: Mapping[str, str] | None = None, key: str | None = None
) -> Digest:
    """Want the day's notices by the first verified contact; `how` says of which topics otherwise.

    A topic that isn't named comes once a day.
    """
    digest = Digest(person_id=by.person or NO_PERSON, language=language)
    with act(by, "order_digest", on=digest.thing(), key=key) as record:
        wanted = how or {}
        kept, _ = Digest.objects.update_or_create(
            person_id=digest.person_id,
            defaults={
                "language": language,
                "since_on": record.business_date,
                "at_once": _topics(wanted, How.AT_ONCE),
                "never": _topics(wanted, How.NEVER),
            },
        )
    return kept


def _topics(how: Mapping[str, str], wanted: How) -> list[str]:
    return [str(topic) for topic in Notice.Topic if how.get(topic) == wanted]


def cancel_digest(*, by: Member, digest: Digest, key: str | None = None) -> None:
    """Want them no more."""
    with act(by, "cancel_digest", on=digest, key=key):
        digest.delete()


def send_digests(*, at_once: bool = False) -> int:
    """Send each who wants it what they haven't read and weren't sent; says to how many.

    At once are sent the topics of which somebody wants that. What is sent and that it was sent
    hold together, so that a worker that dies repeats nothing.
    """
    ordered = Digest.objects.select_related("person")
    if at_once:
        ordered = ordered.exclude(at_once=[])
    due = [digest for digest in ordered if _unsent(digest, at_once=at_once).exists()]
    if not due:
        return 0
    with act(SYSTEM, "send_digests", on=INSTALLATION) as record:
        count = sum(_send(digest, at_once=at_once) for digest in due)
        record["count"] = count
    return count


def _send(digest: Digest, *, at_once: bool) -> bool:
    """Send one, and note that it was sent; False if its person has no verified contact."""
    notices = list(_unsent(digest, at_once=at_once).select_for_update())
    subject = say(Said("共治：{count} 条新通知", {"count": len(notices)}), digest.language)
    lines = [say(notice.said, digest.language) for notice in notices[:LINES_MAX]]
    if len(notices) > LINES_MAX:
        more = Said("还有 {count} 条，请登录后查看。", {"count": len(notices) - LINES_MAX})
        lines.append(say(more, digest.language))
    if not notices or not reach(digest.person, subject=subject, text="\n".join(lines)):
        return False
    Notice.objects.filter(pk__in=[n.pk for n in notices]).update(sent_at=timezone.now())
    return True


def _unsent(digest: Digest, *, at_once: bool) -> NoticeQuerySet:
    """What they weren't sent; what is wanted at once waits for no morning, but isn't lost by it."""
    unread: NoticeQuerySet = Notice.objects.filter(person=digest.person_id).unread()
    wanted = unread.filter(sent_at=None).exclude(topic__in=digest.never)
    if at_once:
        wanted = wanted.filter(topic__in=digest.at_once)
    return wanted.order_by("id")
