"""Keeping a list with its filters under a name, calling it otherwise, giving it up."""

from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.terms import Said
from gongzhi.desk.models import SavedView
from gongzhi.parties.deeds import act
from gongzhi.parties.members import NO_PERSON
from gongzhi.parties.unsuitable import Unsuitable

VIEWS_MAX = 100
TOO_MANY = Said("已经有 {count} 个了；先删掉不用的。", {"count": VIEWS_MAX})
TAKEN = Said("这个名称已经用在同一页的另一个条件上。")


def save_view(
    *,
    by: Member,
    page: str,
    query: str,
    name: str,
    shared: bool = False,
    key: str | None = None,
) -> SavedView:
    """Keep what a page is asked for; a name used before on that page is taken by the new one.

    The log learns that somebody keeps a view, not which.
    """
    view = SavedView(person_id=by.person or NO_PERSON, page=page, query=query, name=name)
    view.organisation_id = UUID(by.organisation) if shared and by.organisation else None
    with act(by, "save_view", on=view.thing(), key=key) as record:
        own = SavedView.objects.filter(person=view.person_id)
        if own.exclude(page=page, name=name).count() >= VIEWS_MAX:
            raise Unsuitable({"name": TOO_MANY})
        kept, _ = SavedView.objects.update_or_create(
            person_id=view.person_id,
            page=page,
            name=name,
            defaults={
                "query": query,
                "organisation_id": view.organisation_id,
                "saved_on": record.business_date,
            },
        )
    return kept


def rename_view(*, by: Member, view: SavedView, name: str, key: str | None = None) -> SavedView:
    """Call it otherwise."""
    with act(by, "rename_view", on=view, key=key):
        others = SavedView.objects.filter(person=view.person_id, page=view.page, name=name)
        if others.exclude(pk=view.pk).exists():
            raise Unsuitable({"name": TAKEN})
        view.name = name
        view.save(update_fields=["name"])
    return view


def delete_view(*, by: Member, view: SavedView, key: str | None = None) -> None:
    """Keep it no more."""
    with act(by, "delete_view", on=view, key=key):
        view.delete()
