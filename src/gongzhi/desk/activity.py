"""What was done, as its reader may know it: deeds with things that they may read."""

from typing import Any

from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.desk.things import about_readable
from gongzhi.parties.models import Deed
from gongzhi.parties.register import DeedQuerySet

# What people do for themselves alone stands in the register and in nobody's feed.
QUIET = ("follow_thing", "unfollow_thing", "read_notice", "tell_members", "remind_members")


def deeds_readable(member: Member) -> DeedQuerySet:
    """The deeds whose thing the member may read, the newest first.

    The public log names each deed without its thing's name; here the name stands beside it, so
    that a deed is shown with its thing or not at all.
    """
    shown: DeedQuerySet = Deed.objects.visible_to(member).exclude(verb__in=QUIET)
    return shown.filter(about_readable(member, column="on")).order_by("-id")


def own_deeds(member: Member) -> DeedQuerySet:
    """What the person did in any of their offices, whatever it was."""
    if member.person is None:
        return Deed.objects.none()
    return Deed.objects.filter(person=member.person).order_by("-id")


def deeds_of_party(member: Member, *, party: str) -> DeedQuerySet:
    """What a party did, as far as the member may know."""
    return deeds_readable(member).filter(party=party)


def deeds_about(member: Member, row: Any) -> DeedQuerySet:
    """What was done with a thing, or brought about inside it; in an office, also by it."""
    thing = row.thing()
    chosen = Q(on=thing.name) | Q(**{f"public__{thing.kind}": thing.id})
    if thing.kind == "office":
        chosen |= Q(office=thing.id)
    return deeds_readable(member).filter(chosen)
