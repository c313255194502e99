"""Passwords: whether a new one is good enough, and setting it; every other session ends."""

from collections.abc import Sequence

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gongzhi.parties.contacts import reach
from gongzhi.parties.models import Person
from gongzhi.parties.sessions import end_sessions

PASSWORD_MAX = 200  # characters; more only makes the digest work


def faults_of_password(password: str, *, person: Person) -> Sequence[str]:
    """What is wrong with a new password, in the reader's language; nothing: it is good."""
    if len(password) > PASSWORD_MAX:
        return [_("密码最多 %(most)s 个字符。") % {"most": PASSWORD_MAX}]
    try:
        validate_password(password, person)
    except ValidationError as error:
        return list(error.messages)
    return []


def set_password(person: Person, password: str) -> None:
    """Give somebody a new password; all their sessions are dead."""
    person.set_password(password)
    person.save(update_fields=["password"])
    end_sessions(person)
    reach(
        person,
        subject=_("密码已更改"),
        text=_("您在“共治”的密码刚刚更改了。不是您本人操作的，请马上联系本单位的安全管理员。"),
    )


def change_password(request: HttpRequest, password: str) -> None:
    """Give oneself a new password; only the session at hand goes on, under a new identifier."""
    person = request.user
    assert isinstance(person, Person), "only somebody signed in changes a password"
    set_password(person, password)
    update_session_auth_hash(request, person)
