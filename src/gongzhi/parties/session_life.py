"""Sessions end: when nobody used them for half an hour, and after twelve hours in any case."""

from collections.abc import Callable

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse

from gongzhi.parties.sign_in import is_over, note_seen

NOTED_EVERY_S = 60


class SessionLife:
    """Ends a session that is over; answers to somebody signed in are kept by no browser.

    So a page looked at before signing out doesn't come back from the browser's history.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Look at the clock, then go on; who is over goes on as a visitor."""
        is_signed_in = request.user.is_authenticated
        if is_signed_in and is_over(request):
            logout(request)
        elif is_signed_in:
            note_seen(request, every_s=NOTED_EVERY_S)
        answer = self.get_response(request)
        if is_signed_in:
            answer.headers.setdefault("Cache-Control", "no-store")
        return answer
