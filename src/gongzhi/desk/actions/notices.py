"""Following things, reading notices, and the jobs that tell people what happened."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from gongzhi.core.charter import INSTALLATION, SYSTEM, Member, Thing
from gongzhi.desk.hooks import tell_hooks
from gongzhi.desk.models import Follow, Notice, NoticeCursor
from gongzhi.desk.telling import notices_of
from gongzhi.parties.deeds import act
from gongzhi.parties.members import NO_PERSON
from gongzhi.parties.models import Deed
from gongzhi.trust.order import leaves_since

THE_CURSOR = 1
ENTRIES_AT_ONCE = 200


def follow_thing(*, by: Member, about: Thing, key: str | None = None) -> Follow:
    """Want to be told of what happens to a thing; the log learns that, not which thing."""
    follow = Follow(person_id=by.person or NO_PERSON, about=about.name)
    with act(by, "follow_thing", on=follow.thing(), key=key) as record:
        kept, _ = Follow.objects.get_or_create(
            person_id=follow.person_id,
            about=about.name,
            defaults={"since_on": record.business_date},
        )
        record.private("about", about.name)
    return kept


def unfollow_thing(*, by: Member, follow: Follow, key: str | None = None) -> None:
    """Want to hear no more of it."""
    with act(by, "unfollow_thing", on=follow, key=key) as record:
        record.private("about", follow.about)
        follow.delete()


def read_notice(
    *, by: Member, notice: Notice, and_earlier: bool = False, key: str | None = None
) -> int:
    """Put a notice away as read, with all earlier ones if wanted; says how many there were."""
    with act(by, "read_notice", on=notice, key=key) as record:
        unread = Notice.objects.filter(person=notice.person_id).unread()
        chosen = unread.filter(pk__lte=notice.pk) if and_earlier else unread.filter(pk=notice.pk)
        count = chosen.update(read_at=timezone.now())
        record["count"] = count
    return count


@transaction.atomic
def tell_members() -> int:
    """Read the log on from where it was left, and tell of each deed whom it concerns.

    The cursor moves in the same transaction as the notices are made, so that a worker that dies
    has told nothing twice and left nothing out; how many entries were read.
    """
    cursor = _cursor()
    leaves = leaves_since(cursor.next_index, count=ENTRIES_AT_ONCE)
    deeds = list(Deed.objects.filter(leaf__in=leaves))
    tell_hooks(deeds)
    fresh = _not_told([notice for deed in deeds for notice in notices_of(deed)])
    if fresh:
        with act(SYSTEM, "tell_members", on=INSTALLATION) as record:
            Notice.objects.bulk_create(fresh)
            record["count"] = len(fresh)
    cursor.next_index += len(leaves)
    cursor.save(update_fields=["next_index"])
    return len(leaves)


@transaction.atomic
def remind_members(*, reminders: Iterable[Notice]) -> int:
    """Tell people what is due soon or overdue, once for each; says how many were told."""
    _cursor()  # one job at a time tells people something
    fresh = _not_told(reminders)
    if fresh:
        with act(SYSTEM, "remind_members", on=INSTALLATION) as record:
            Notice.objects.bulk_create(fresh)
            record["count"] = len(fresh)
    return len(fresh)


def _cursor() -> NoticeCursor:
    """The cursor, locked until the transaction ends."""
    NoticeCursor.objects.get_or_create(id=THE_CURSOR)
    return NoticeCursor.objects.select_for_update().get(id=THE_CURSOR)


def _not_told(notices: Iterable[Notice]) -> Sequence[Notice]:
    """Those that their person has not been told, each once."""
    chosen = {(str(notice.person_id), notice.cause): notice for notice in notices}
    causes = {cause for _, cause in chosen}
    told = Notice.objects.filter(cause__in=causes).values_list("person_id", "cause")
    known = {(str(person), cause) for person, cause in told}
    return [notice for key, notice in chosen.items() if key not in known]
