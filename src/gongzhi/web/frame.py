"""What the frame around every page needs to know of its reader."""

from collections.abc import Callable, Iterable, Mapping

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language

from gongzhi.core.terms import Said
from gongzhi.parties.business_date import business_date
from gongzhi.parties.currency import home_currency
from gongzhi.parties.members import offices_held
from gongzhi.parties.models import Office
from gongzhi.web.sections import Place, sections_for
from gongzhi.words import say

THEMES = ("auto", "light", "dark", "contrast")
SIZES = ("normal", "large")


def reader_language() -> str:
    """The reader's language as the words of the core name it: zh or en."""
    return "en" if (get_language() or "").startswith("en") else "zh"


def said(what: Said) -> str:
    """A sentence of the core in the reader's language."""
    return say(what, reader_language())


def money_unit() -> str:
    """The unit behind amounts in the reader's language: 元, yuan, reais."""
    return said(home_currency().said)


def chosen(request: HttpRequest, *, cookie: str, known: tuple[str, ...]) -> str:
    """What the reader chose before, if it is one of the known values; else the first."""
    value = request.COOKIES.get(cookie, "")
    return value if value in known else known[0]


def frame(request: HttpRequest) -> Mapping[str, object]:
    """Context of every page; what asks the database is a function, called where it is shown."""
    return {
        "language": reader_language(),
        "theme": chosen(request, cookie="theme", known=THEMES),
        "size": chosen(request, cookie="size", known=SIZES),
        "demo": settings.DEMO,
        "business_today": business_date,
        "here": request.get_full_path(),
        "section": request.resolver_match.url_name if request.resolver_match else "",
        "office": getattr(request, "office", None),
        "offices": offices_to_choose(request),
        "money_unit": SimpleLazyObject(money_unit),
        "sections": sections_of(request),
    }


def sections_of(request: HttpRequest) -> Callable[[], list[Place]]:
    """The sections in the bar; more of them for who is signed in or holds an office."""

    def sections() -> list[Place]:
        office, user = getattr(request, "office", None), getattr(request, "user", None)
        is_known = office is not None or (user is not None and user.is_authenticated)
        return sections_for(request, signed_in=is_known)

    return sections


def offices_to_choose(request: HttpRequest) -> Callable[[], Iterable[Office]]:
    """The offices of the reader's own that they may act in."""

    def offices() -> Iterable[Office]:
        if not request.user.is_authenticated:
            return ()
        return offices_held(request.user, on=business_date())

    return offices
