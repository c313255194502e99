"""Public posts as a page shows them: the words, or why they aren't shown; never both.

context["posts"] = shown_posts(rows)                 # rows: any kind of post, of one kind
{% include "pieces/_post.html" with post=post only %}
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from gongzhi.core.terms import Text
from gongzhi.forum.models.moderation import Hiding, Post
from gongzhi.forum.posts import hidings_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPost:
    """A post as anybody sees it; hidden ones come without their words."""

    name: str
    id: UUID
    text: str
    hidden: Text | None = None
    since: date | None = None


def shown_posts(rows: Iterable[Post]) -> list[ShownPost]:
    """The posts in the order of the rows."""
    posts = [row.posted() for row in rows]
    hidings = hidings_of([post.name for post in posts])
    return [
        _shown(post.name, post.id, text=post.text, hiding=hidings.get(post.name)) for post in posts
    ]


def _shown(name: str, identifier: UUID, *, text: str, hiding: Hiding | None) -> ShownPost:
    if hiding is None:
        return ShownPost(name=name, id=identifier, text=text)
    return ShownPost(
        name=name, id=identifier, text="", hidden=hiding.category_name, since=hiding.hidden_on
    )
