"""What stands beside a thing on its page: attachments, activity, following, giving a task."""

from dataclasses import dataclass

from gongzhi.core.charter import Member, Thing
from gongzhi.desk.models import Attachment, Follow
from gongzhi.parties.rights import Charted
from gongzhi.web.permitted import Permitted, permitted
from gongzhi.web.task_givers import giving


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """How many attachments the reader sees, whether they follow the thing, and what they may do.

    `following`: the follower there is, or the one that they could become.
    """

    thing: Thing
    attachments: int
    follow: Follow | None
    may_follow: Permitted | None
    may_give: bool
    following: Follow | Thing | None


def beside(member: Member, row: Charted) -> Beside:
    """What stands beside a row, for its reader."""
    thing = row.thing()
    follow = Follow.objects.visible_to(member).filter(about=thing.name).first()
    new = Thing(kind="follow", id="new", holder=member.person)
    return Beside(
        thing=thing,
        attachments=Attachment.objects.visible_to(member).filter(about=thing.name).count(),
        follow=follow,
        may_follow=permitted(member, "follow_thing", on=new) if member.person else None,
        may_give=giving(member) is not None,
        following=follow or (new if member.person else None),
    )
