"""Ringing an alarm: it is written down, and told to its account's owner and to who must look."""

from django.db.models import Q
from django.utils.translation import gettext as _

from gongzhi.parties.alarms import raise_alarm
from gongzhi.parties.business_date import business_date
from gongzhi.parties.contacts import reach
from gongzhi.parties.models import Alarm, Office, Person

LOOKS_AFTER_IT = "security_admin"


def ring(kind: str, *, about: str, person: Person | None = None) -> None:
    """Raise an alarm, unless the same one rang within the hour, and tell of it."""
    alarm = raise_alarm(kind, about=about, person=person)
    if alarm is None:
        return
    what = Alarm.Kind(kind).label
    if person is not None:
        warning = _("不是您本人操作的，请更改密码，并联系本单位的安全管理员。")
        reach(person, subject=_("账号警报"), text=f"{what}。{warning}")
    today = business_date()
    running = Office.objects.filter(
        Q(until_on__isnull=True) | Q(until_on__gte=today),
        roles__contains=[LOOKS_AFTER_IT],
        since_on__lte=today,
    )
    for administrator in Person.objects.filter(offices__in=running, is_active=True).distinct():
        reach(administrator, subject=_("登录警报"), text=f"{what}。{_('请到“登录警报”页查看。')}")
