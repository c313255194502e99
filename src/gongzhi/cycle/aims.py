"""Which projects an aim is served by: those that name it or an aim under it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q

from gongzhi.core.charter import Member
from gongzhi.cycle.models import Aim, Profile
from gongzhi.parties.models import Organisation


def served_by(aim: Aim) -> list[UUID]:
    """The projects whose newest description names the aim or one under it."""
    newest = Profile.objects.newest().filter(aim__in=_under(aim))
    return list(newest.order_by("project_id").values_list("project_id", flat=True))


def aims_of(organisation: Organisation, *, reader: Member) -> list[Aim]:
    """The aims that projects serve of an organisation or one under it, as far as seen."""
    own = Q(project__unit=organisation) | Q(project__unit__parent=organisation)
    served = Profile.objects.visible_to(reader).newest().filter(own, aim__isnull=False)
    return list(Aim.objects.visible_to(reader).filter(pk__in=served.values("aim")))


def _under(aim: Aim) -> Collection[UUID]:
    """An aim and all under it."""
    within: dict[UUID | None, list[UUID]] = {}
    for key, wider in Aim.objects.values_list("pk", "within"):
        within.setdefault(wider, []).append(key)
    found, waiting = set[UUID](), [aim.pk]
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.add(each)
            waiting.extend(within.get(each, ()))
    return found
