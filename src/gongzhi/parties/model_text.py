"""The model text that the program brings along, beside the rules as this place has them.

Where nothing was decided yet a newer model text is simply taken up. Where parts were adopted it is
a proposal like any other: an office proposes it, and the authority issues it or doesn't.
"""

from gongzhi.core.charter.amending import NOBODY, Changes
from gongzhi.core.charter.updating import changes_between
from gongzhi.parties.adoption import newest_version
from gongzhi.parties.charter_lookup import shipped_digest, whole_text
from gongzhi.parties.charter_texts import OWN_FILE
from gongzhi.parties.models import Adoption, CharterVersion


def model_text_is_due() -> bool:
    """Whether the shipped text is to be taken up: nothing was decided yet, and it isn't there."""
    newest = newest_version()
    if newest is None:
        return True
    is_untouched = newest.amendment_id is None and not Adoption.objects.exists()
    return is_untouched and newest.digest != shipped_digest()


def shipped_text_differs() -> bool:
    """Whether the program brings along something to propose that the newest version lacks."""
    newest = newest_version()
    return newest is not None and changes_to_model_text(newest) != Changes()


def changes_to_model_text(base: CharterVersion) -> Changes:
    """What to propose so that a version says what the shipped text says.

    What no amendment may touch is left out, and so is what the program brings along by itself.
    """
    here, shipped = whole_text(base.digest), whole_text(shipped_digest())
    changes = changes_between(here.texts, shipped.texts)
    fixed = {
        number
        for number, clause in here.clauses.items()
        if clause.protected or clause.amended_by == NOBODY
    }
    held_up = {p.id for p in here.policies if not p.permits and not fixed.isdisjoint(p.clauses)}
    return Changes(
        clauses={n: entry for n, entry in changes.clauses.items() if n not in fixed},
        institutions=changes.institutions,
        policies={
            identifier: change
            for identifier, change in changes.policies.items()
            if identifier not in held_up and change.file != OWN_FILE
        },
    )
