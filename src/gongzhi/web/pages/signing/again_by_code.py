"""Showing again who one is, for accounts without password and factor: a code to one's contact."""

from django.http import HttpRequest

from gongzhi.core.terms import Said
from gongzhi.parties.entry_codes import entry_under_way, send_entry_code, take_entry_code
from gongzhi.parties.models import Contact, EntryCode, Person
from gongzhi.parties.sending import can_send
from gongzhi.web.limits import within_limit
from gongzhi.web.pages.signing.by_code import (
    ASKED_A_MINUTE_MAX,
    CODE_MAX,
    TOO_MANY_CODES,
    TRIED_A_MINUTE_MAX,
    WRONG_CODE,
)

AGAIN = "again"  # the code that somebody who is signed in waits for
NO_WAY = Said("您的账号没有能收验证码的联系方式，请退出后重新登录")


def has_no_password(person: Person) -> bool:
    """Whether somebody signs in without any password, so that none can be asked for."""
    return not person.has_usable_password()


def code_sent(request: HttpRequest) -> EntryCode | None:
    """The code that this browser waits for."""
    return entry_under_way(request.session.get(AGAIN))


def send_again(request: HttpRequest, person: Person) -> Said | None:
    """Send a code to the contact by which somebody signs in; why not, where it can't be."""
    if not within_limit(request, act="entry-code", times_a_minute=ASKED_A_MINUTE_MAX):
        return TOO_MANY_CODES
    ways = (each for each in Contact.objects.of(person).opening() if can_send(each.channel))
    contact = next(ways, None)
    if contact is None:
        return NO_WAY
    entry = send_entry_code(channel=contact.channel, address=contact.address)
    if entry is None:
        return TOO_MANY_CODES
    request.session[AGAIN] = str(entry.pk)
    return None


def fault_of_code(request: HttpRequest, person: Person) -> Said | None:
    """Why the code that came back doesn't do; None where it does, and it is used up."""
    entry = code_sent(request)
    if entry is None or not within_limit(
        request, act="entry-tried", times_a_minute=TRIED_A_MINUTE_MAX
    ):
        return WRONG_CODE
    proven = take_entry_code(entry, request.POST.get("code", "")[:CODE_MAX])
    if proven is None or Contact.objects.account_of(proven.digest) != person:
        return WRONG_CODE
    request.session.pop(AGAIN, None)
    return None
