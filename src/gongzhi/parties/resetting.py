"""A link to set a new password, sent to a verified contact of somebody who forgot theirs."""

from django.contrib.auth.tokens import default_token_generator
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from gongzhi.parties.contacts import reach
from gongzhi.parties.factors import limits
from gongzhi.parties.models import Person

PAUSE_S = 120  # between two links to the same person


def send_link(*, username: str, site: str, language: str) -> None:
    """Send the link, if there is such a person with a password and a verified contact.

    Who never accepted their invitation has no password, and gets none this way.
    """
    person = Person.objects.filter(username=username, is_active=True).first()
    if person is None or not person.has_usable_password():
        return
    if not cache.add(f"reset-{person.pk.hex}", 1, PAUSE_S):
        return
    token = default_token_generator.make_token(person)
    address = site + reverse("new-password", args=[person.pk, token])
    with translation.override(language or None):
        reach(
            person,
            subject=_("重设密码"),
            text=_(
                "请在 %(minutes)s 分钟内打开这个链接设置新密码：%(address)s "
                "不是您本人要求的，请不要理会，密码不会变。"
            )
            % {"minutes": limits().reset_link_minutes, "address": address},
        )
