"""Second factors: taking them all from somebody who has lost them."""

from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.parties.contacts import reach
from gongzhi.parties.deeds import act
from gongzhi.parties.factors import Factor, RecoveryCode
from gongzhi.parties.people import Person
from gongzhi.parties.sessions import end_sessions
from gongzhi.parties.subject_keys import person_subject


def reset_factors(*, by: Member, person: Person, reason: str, key: str | None = None) -> Person:
    """Take all second factors and recovery codes from somebody whose identity was checked.

    Their sessions are dead with the next request; the password stays, and signing in leads to
    setting up a factor anew.
    """
    with act(by, "reset_factors", on=person, key=key) as record:
        count, _rows = Factor.objects.of(person).delete()
        RecoveryCode.objects.filter(person=person).delete()
        end_sessions(person)
        record["count"] = count
        record.private("reason", reason, about=person_subject(person.pk))
        warning = _("不是您本人要求的，请马上联系本单位的安全管理员。")
        reach(
            person,
            subject=_("第二重验证已重置"),
            text=f"{_('您的第二重验证刚刚由安全管理员重置，请登录后重新设置。')}{warning}",
        )
    return person
