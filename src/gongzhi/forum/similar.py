"""Voices that say the same: found by the pairs of characters that they share, rare ones first.

Chinese sets no spaces between words. A voice keeps the telling pairs of its text as a text vector
with an index; the database finds those that share any, and the nearest are weighed exactly.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank, SearchVectorField
from django.db.models import F, Func, QuerySet, TextField, Value

from gongzhi.core.charter import Member
from gongzhi.core.goals.likeness import parts_of, shared_words
from gongzhi.core.participating.finding import share, telling
from gongzhi.forum.models import Voice
from gongzhi.forum.posts import shown_only

LOOKED_AT = 60  # of the nearest by the index so many are weighed
PARTS_MAX = 60  # the first parts of what is being written; more finds nothing else
SHOWN_WORDS = 6


class Lexemes(Func):
    """Words as a text vector, just as they are."""

    function = "array_to_tsvector"
    output_field = SearchVectorField()


class AnyOf(SearchQuery):
    """The question for any of several words, just as they are."""

    template = "(%(expressions)s)::tsquery"

    def __init__(self, words: Iterable[str]) -> None:
        super().__init__(" | ".join(f"'{word}'" for word in words), search_type="raw")


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """A voice that says much the same, how much in a hundred, and the words that both use."""

    voice: Voice
    percent: int
    words: tuple[str, ...]


def keep_words(voice: Voice) -> None:
    """Keep by what a voice is found."""
    parts = telling(f"{voice.title} {voice.text}")
    vector = Lexemes(Value(parts, output_field=ArrayField(TextField())))
    Voice.objects.filter(pk=voice.pk).update(words=vector)


def similar_voices(
    text: str, *, member: Member, most: int, from_percent: int, but: UUID | None = None
) -> Sequence[Likeness]:
    """The voices most like a text that the member may read, the nearest first."""
    parts = telling(text)[:PARTS_MAX]
    if not parts:
        return ()
    near = list(_near(parts, member=member, but=but))
    found = [(share(text, _said(voice)), voice) for voice in near]
    chosen = sorted((each for each in found if each[0] >= from_percent), key=lambda each: -each[0])
    return tuple(
        Likeness(voice=voice, percent=percent, words=shared_words(text, _said(voice))[:SHOWN_WORDS])
        for percent, voice in chosen[:most]
    )


def found_voices(rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those of the rows that use the words that were asked for, the nearest first."""
    parts = telling(words)[:PARTS_MAX] or sorted(parts_of(words))[:PARTS_MAX]
    if not parts:
        return rows.none()
    asked = AnyOf(parts)
    ranked = rows.filter(words=asked).annotate(nearness=SearchRank(F("words"), asked))
    found: QuerySet[Any] = ranked.order_by("-nearness", "-pk")
    return found


def _near(parts: Sequence[str], *, member: Member, but: UUID | None) -> QuerySet[Any]:
    asked = AnyOf(parts)
    rows = shown_only(Voice.objects.visible_to(member).standing())
    rows = rows.filter(words=asked)
    if but is not None:
        rows = rows.exclude(pk=but)
    ranked = rows.annotate(nearness=SearchRank(F("words"), asked)).order_by("-nearness", "-pk")
    near: QuerySet[Any] = ranked.defer("words")[:LOOKED_AT]
    return near


def _said(voice: Voice) -> str:
    return f"{voice.title} {voice.text}"
