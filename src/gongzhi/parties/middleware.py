"""Who is asking: every request carries its member, and the office it acts in."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gongzhi.core.charter import VISITOR, Member
from gongzhi.parties.asked_once import asked_once
from gongzhi.parties.business_date import business_date
from gongzhi.parties.charter_lookup import charter_asked_once
from gongzhi.parties.members import member_in, member_of, offices_held
from gongzhi.parties.models import Office
from gongzhi.parties.sign_in import chosen_office, standing


class MemberRequest(HttpRequest):
    """A request that knows who is asking."""

    member: Member
    office: Office | None


class MemberMiddleware:
    """Sets `request.member` and `request.office`; a visitor without a session costs no query.

    Both are asked anew with each request, so that an office that ended ends at once; and so is
    the charter, so that a right that was withdrawn is dead at once.
    """

    def __init__(self, get_response: Callable[[MemberRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: MemberRequest) -> HttpResponse:
        """Find the member, then go on."""
        request.office, request.member = None, VISITOR
        with asked_once(), charter_asked_once():
            if request.user.is_authenticated:
                held = list(offices_held(request.user, on=business_date()))
                request.office = chosen_office(request, held)
                request.member = _member(request)
            return self.get_response(request)


def _member(request: MemberRequest) -> Member:
    """The member, with what the session has shown of them."""
    shown = standing(request)
    if request.office:
        return member_in(request.office, second_factor=shown.second_factor, fresh=shown.fresh)
    return member_of(request.user, second_factor=shown.second_factor, fresh=shown.fresh)
