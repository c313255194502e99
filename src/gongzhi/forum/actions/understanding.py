"""“看懂了吗?”: one tap on a page, counted by page and day, without author and moment."""

from django.db.models import F

from gongzhi.core.charter import INSTALLATION, Member
from gongzhi.forum.models import UnderstoodCount
from gongzhi.parties.business_date import business_date
from gongzhi.parties.deeds import act_unseen


def say_understood(*, by: Member, page: str, understood: bool) -> None:
    """Count that somebody understood a kind of page, or didn't; it enters the log with its day."""
    with act_unseen(by, "say_understood", on=INSTALLATION) as record:
        row, _ = UnderstoodCount.objects.get_or_create(page=page, day=business_date())
        column = "understood" if understood else "not_understood"
        UnderstoodCount.objects.filter(pk=row.pk).update(**{column: F(column) + 1})
        record["page"] = page
        record["understood"] = understood
