"""Lists that people keep with their filters: which lists there are, and who keeps what of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_noop

from gongzhi.core.charter import VISITOR, Member
from gongzhi.desk.models import SavedView
from gongzhi.parties.middleware import MemberRequest
from gongzhi.web.filled import new_key
from gongzhi.web.filters import kept

# Every list that has filters, by the name of its address.
LISTS: Mapping[str, str] = {
    "projects": gettext_noop("财政项目"),
    "monitoring": gettext_noop("运行监控"),
    "alerts": gettext_noop("监控预警"),
    "goals": gettext_noop("各项目的绩效目标"),
    "results": gettext_noop("结果应用"),
    "allocation": gettext_noop("下年资金安排"),
    "forms": gettext_noop("公开的表"),
    "late": gettext_noop("逾期的事"),
    "audit": gettext_noop("查支付"),
    "audit-payees": gettext_noop("查收款人"),
    "audit-contracts": gettext_noop("查合同"),
    "desk": gettext_noop("工作台"),
    "ledger": gettext_noop("存证"),
    "organisations": gettext_noop("参与各方"),
    "search": gettext_noop("搜索"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A view that the reader may open: whether it is their own, and where it leads."""

    view: SavedView
    page: str
    address: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OfList:
    """What a list shows of views: those kept of it, and what it is asked for now."""

    page: str
    query: str
    views: tuple[Kept, ...]
    may_share: bool
    key: str


def saved_views(request: HttpRequest) -> Mapping[str, object]:
    """Context of every page: on a list with filters, its views, asked where they are shown."""
    page = (request.resolver_match.url_name or "") if request.resolver_match else ""
    member: Member = getattr(request, "member", VISITOR)
    if page not in LISTS or member.person is None:
        return {}

    def of_list() -> OfList:
        return OfList(
            page=page,
            query=kept(request.GET, of=page),
            views=_of_page(request, member, page=page),
            may_share=member.organisation is not None,
            key=new_key(),
        )

    return {"list_views": SimpleLazyObject(of_list)}


class ViewsRequest(MemberRequest):
    """A request that knows all that its reader keeps."""

    views: tuple[Kept, ...]


def views_here(request: HttpRequest) -> tuple[Kept, ...]:
    """What the reader keeps, of all lists: found once, for the page and for its own list."""
    asking = cast(ViewsRequest, request)
    if not hasattr(asking, "views"):
        asking.views = views_of(asking.member)
    return asking.views


def _of_page(request: HttpRequest, member: Member, *, page: str) -> tuple[Kept, ...]:
    if hasattr(request, "views"):
        return tuple(each for each in views_here(request) if each.view.page == page)
    return views_of(member, page=page)


def views_of(member: Member, *, page: str = "") -> tuple[Kept, ...]:
    """What the member keeps and what colleagues share: of a page, or of all."""
    readable = SavedView.objects.visible_to(member).filter(page__in=[page] if page else [*LISTS])
    rows = sorted(readable.select_related("person"), key=lambda row: [*LISTS].index(row.page))
    return tuple(
        Kept(
            view=row,
            page=LISTS[row.page],
            address=f"{reverse(row.page)}?{row.query}" if row.query else reverse(row.page),
            own=str(row.person_id) == member.person,
        )
        for row in rows
    )
