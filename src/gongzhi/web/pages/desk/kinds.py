"""What kinds of things wait, by the names of their deeds, to filter a list by."""

from collections import Counter
from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _

from gongzhi.parties.rights import charter_in_force
from gongzhi.web.frame import reader_language
from gongzhi.words import say


def names_of_verbs(verbs: Iterable[str], *, asked: Mapping[str, str]) -> dict[str, str]:
    """A choice for each deed that waits, with how often.

    The one that was asked for stays a choice when nothing of it waits any more: a list that one
    works off doesn't end with an error.
    """
    counts = Counter(verbs)
    names = charter_in_force().verb_names
    wanted = asked.get("what", "")
    kinds = [*counts, *([wanted] if wanted in names and wanted not in counts else [])]
    found = {
        verb: _("%(what)s（%(count)s）")
        % {"what": say(names[verb], reader_language()), "count": counts[verb]}
        for verb in kinds
    }
    return {"": _("所有的事")} | found
