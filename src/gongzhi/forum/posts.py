"""Public posts of every kind: who said it, who looks after it, and whether it is shown.

A kind of post is a model of the forum with `posted()` (models/moderation.py: Posted) whose rows
are filtered for their reader; nothing has to be registered.
A page shows a post, or that it is hidden, by `pieces/_post.html` with what `hidings_of` finds for
the posts of the page; a list leaves hidden posts out by `shown_only(rows)`.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.db.models import Model, QuerySet

from gongzhi.core.charter import Member
from gongzhi.core.participating.moderating import NOT_SHOWN
from gongzhi.core.privacy.masking import Personal, personal_in
from gongzhi.core.terms import Said
from gongzhi.desk.things import kind_of
from gongzhi.forum.models.moderation import Hiding, Post
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.trust.identifiers import identifier_in

Posts = TypeVar("Posts", bound=QuerySet[Any])

KIND_NAMES = {
    "姓名": Said("姓名"),
    "手机号": Said("手机号"),
    "电话号码": Said("电话号码"),
    "身份证号": Said("身份证号"),
}
PERSONAL = Said("第 {position} 字起有{what}（{mask}）：公开的发言不写个人信息，请删去再提交")


@cache
def kinds_of_posts() -> Mapping[str, type[Model]]:
    """The kinds of public posts, each with its model."""
    models = apps.get_app_config("forum").get_models()
    return {kind_of(each): each for each in models if issubclass(each, Post)}


def readable_post(member: Member, name: str) -> Post | None:
    """The post of that name, if the member may read it, shown or not."""
    kind, _, identifier = name.partition(":")
    model, key = kinds_of_posts().get(kind), identifier_in(identifier)
    if model is None or key is None:
        return None
    rows: QuerySet[Any] = model._default_manager.visible_to(member)  # type: ignore[attr-defined]
    found: Post | None = rows.filter(pk=key).first()
    return found


def hidings_of(names: Iterable[str]) -> Mapping[str, Hiding]:
    """Those of the posts that aren't shown, by name, each with why; in one query."""
    wanted = {name.partition(":")[2]: name for name in names}
    rows = Hiding.objects.filter(post_id__in=wanted, stage__in=NOT_SHOWN)
    return {row.post: row for row in rows if row.post in wanted.values()}


def hidden(kind: str) -> QuerySet[Any]:
    """The identifiers of the posts of a kind that aren't shown."""
    return Hiding.objects.not_shown(kind).values("post_id")


def shown_only(rows: Posts) -> Posts:
    """Those of the posts that aren't hidden."""
    return rows.exclude(pk__in=hidden(kind_of(rows.model)))


def refuse_personal(given: Mapping[str, str]) -> None:
    """Raise Unsuitable where personal data stand in texts that everybody will read, by field."""
    if faults := personal_faults(given):
        raise Unsuitable(faults)


def personal_faults(given: Mapping[str, str]) -> dict[str, Said]:
    """What keeps texts from being public, by field."""
    problems = {field: why_not_public(text) for field, text in given.items()}
    return {field: problem for field, problem in problems.items() if problem is not None}


def why_not_public(text: str) -> Said | None:
    """What keeps a text from being posted: personal data in it, told by place, kind and mask."""
    found: list[Personal] = personal_in(text)
    if not found:
        return None
    first = found[0]
    return Said(
        PERSONAL.text,
        {
            "position": first.start + 1,
            "what": KIND_NAMES[str(first.kind)],
            "mask": first.mask,
        },
    )
