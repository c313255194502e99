"""Public posts as a page shows them: the words, or why they aren't shown; never both.

Their author alone reads on what isn't shown, with the reason that was given.

context["posts"] = shown_posts(rows, reader=member)  # rows: any kind of post
{% include "pieces/_post.html" with post=post only %}
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.terms import Text
from gongzhi.forum.models.moderation import Hiding, Post, Posted
from gongzhi.forum.posts import hidings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPost:
    """A post as anybody sees it; hidden ones come without their words."""

    name: str
    id: UUID
    text: str
    hidden: Text | None = None
    since: date | None = None
    own: str = ""
    reason: str = ""


def shown_posts(rows: Iterable[Post], *, reader: Member) -> list[ShownPost]:
    """The posts in the order of the rows."""
    posts = [row.posted() for row in rows]
    hidings = hidings_of([post.name for post in posts])
    return [_shown(post, hidings.get(post.name), reader=reader) for post in posts]


def _shown(post: Posted, hiding: Hiding | None, *, reader: Member) -> ShownPost:
    if hiding is None:
        return ShownPost(name=post.name, id=post.id, text=post.text)
    is_own = str(post.author) == reader.person
    return ShownPost(
        name=post.name,
        id=post.id,
        text="",
        hidden=hiding.category_name,
        since=hiding.hidden_on,
        own=post.text if is_own else "",
        reason=hiding.reason if is_own else "",
    )
