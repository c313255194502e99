"""What the forum keeps of a person without words of theirs: counted for them alone."""

from collections.abc import Mapping

from gongzhi.forum.models import Remark, Stance, Support
from gongzhi.parties.models import Person


def counted_of(person: Person) -> Mapping[str, int]:
    """How often they stand behind a voice, took a stance, and wrote under their name in confidence.

    The words of remarks are locked with the person's key, and go with it.
    """
    who = person.human_id or person.pk
    return {
        "supports": Support.objects.filter(who=who).count(),
        "stances": Stance.objects.filter(who=who).count(),
        "remarks": Remark.objects.filter(person=person).count(),
    }
