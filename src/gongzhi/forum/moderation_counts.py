"""How many posts were hidden for which category, and what became of the appeals: for everybody."""

from datetime import date

from gongzhi.core.participating.moderating import Moderated, moderated
from gongzhi.forum.models import Hiding
from gongzhi.rules.participation.moderation import moderation_rules


def counts_by_category(*, today: date) -> list[Moderated]:
    """The counts of all hidings there were, whoever asks; clause 5.17 has them published."""
    rows = Hiding.objects.order_by().values_list("category", "stage")
    return moderated(rows, rules=moderation_rules(on=today))
