"""What stands beside a thing on its page: attachments, activity, following, giving a task."""

from dataclasses import dataclass

from gongzhi.core.charter import Member, Thing
from gongzhi.desk.models import Attachment, Follow
from gongzhi.parties.rights import Charted
from gongzhi.web.here import NEW, Here, Permitted
from gongzhi.web.task_givers import task_inside


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """How many attachments the reader sees, whether they follow the thing, and what they may do.

    `made_here`: the follower there is, or the one they could become, and a task they could give.
    """

    thing: Thing
    attachments: int
    follow: Follow | None
    may_follow: Permitted | None
    may_give: bool
    made_here: tuple[Follow | Thing, ...]


def beside(member: Member, row: Charted) -> Beside:
    """What stands beside a row, for its reader."""
    thing = row.thing()
    follow = Follow.objects.visible_to(member).filter(about=thing.name).first()
    new = Thing(kind="follow", id=NEW, holder=member.person) if member.person else None
    made_here = tuple(each for each in (follow or new, task_inside(member)) if each)
    here = Here(member, made_here)
    return Beside(
        thing=thing,
        attachments=Attachment.objects.visible_to(member, beside=thing.name).count(),
        follow=follow,
        may_follow=here["follow_thing"],
        may_give=here["assign_task"] is not None,
        made_here=made_here,
    )
