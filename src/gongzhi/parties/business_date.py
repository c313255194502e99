"""The business date: what day it is for deadlines and papers; the log also keeps real time.

Asked here once and handed down as an argument. It is the day in the installation's time zone;
in a demo it can be moved (`actions.move_business_date`).
"""

from datetime import date

from django.conf import settings
from django.utils import timezone

from gongzhi.parties.charter_lookup import day_asked_once
from gongzhi.parties.register import DemoDate


def business_date() -> date:
    """Today; in a demo whose date was moved, that date.

    A request and a deed ask for it together with the charter, once.
    """
    if not settings.DEMO:
        return timezone.localdate()
    if (day := day_asked_once()) is not None:
        return day
    moved = DemoDate.objects.last()
    return moved.date if moved else timezone.localdate()
