"""The day's notices together: ordering them, cancelling, and the job that sends them."""

from django.utils import timezone

from gongzhi.core.charter import INSTALLATION, SYSTEM, Member
from gongzhi.core.terms import Said
from gongzhi.desk.models import Digest, Notice
from gongzhi.desk.models.notices import NoticeQuerySet
from gongzhi.parties.contacts import reach
from gongzhi.parties.deeds import act
from gongzhi.parties.members import NO_PERSON
from gongzhi.words import say

LINES_MAX = 20


def order_digest(*, by: Member, language: str, key: str | None = None) -> Digest:
    """Want the day's notices by the first verified contact."""
    digest = Digest(person_id=by.person or NO_PERSON, language=language)
    with act(by, "order_digest", on=digest.thing(), key=key) as record:
        kept, _ = Digest.objects.update_or_create(
            person_id=digest.person_id,
            defaults={"language": language, "since_on": record.business_date},
        )
    return kept


def cancel_digest(*, by: Member, digest: Digest, key: str | None = None) -> None:
    """Want them no more."""
    with act(by, "cancel_digest", on=digest, key=key):
        digest.delete()


def send_digests() -> int:
    """Send each who wants it what they haven't read and weren't sent; says to how many.

    What is sent and that it was sent hold together, so that a worker that dies repeats nothing.
    """
    due = [d for d in Digest.objects.select_related("person") if _unsent(d).exists()]
    if not due:
        return 0
    with act(SYSTEM, "send_digests", on=INSTALLATION) as record:
        count = sum(_send(digest) for digest in due)
        record["count"] = count
    return count


def _send(digest: Digest) -> bool:
    """Send one, and note that it was sent; False if its person has no verified contact."""
    notices = list(_unsent(digest).select_for_update())
    subject = say(Said("共治：{count} 条新通知", {"count": len(notices)}), digest.language)
    lines = [say(notice.said, digest.language) for notice in notices[:LINES_MAX]]
    if len(notices) > LINES_MAX:
        more = Said("还有 {count} 条，请登录后查看。", {"count": len(notices) - LINES_MAX})
        lines.append(say(more, digest.language))
    if not notices or not reach(digest.person, subject=subject, text="\n".join(lines)):
        return False
    Notice.objects.filter(pk__in=[n.pk for n in notices]).update(sent_at=timezone.now())
    return True


def _unsent(digest: Digest) -> NoticeQuerySet:
    unread: NoticeQuerySet = Notice.objects.filter(person=digest.person_id).unread()
    return unread.filter(sent_at=None).order_by("id")
