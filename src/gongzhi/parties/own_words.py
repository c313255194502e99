"""Words that people said for themselves, in rows of any room: found for them, erased with them.

A model that holds such words says which columns, and whose they are; nothing has to be registered.
The row stays, without words, so that counts, answers and the log stay true.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, Q, QuerySet

from gongzhi.core.terms import Said

ERASED = "—"
EVERY_ROW = Q()


def _as_it_was(rows: QuerySet[Any], *, today: date) -> None:
    """Nothing else becomes of the rows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnWords:
    """What such words are called, whose they are by which column, and in which columns they stand.

    `leaving` does what else becomes of rows whose words are to go, `told` are columns that only it
    empties.
    """

    name: Said
    whose: str
    columns: tuple[str, ...]
    told: tuple[str, ...] = ()
    among: Q = EVERY_ROW
    leaving: Callable[..., None] = _as_it_was


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnText:
    """Something that somebody said: what it is called, and the words."""

    name: Said
    row: Model
    text: str


def own_texts(person: UUID | str) -> Iterator[OwnText]:
    """All that somebody said for themselves and had not erased, room by room."""
    for words, rows in _of(person):
        for row in rows.order_by("pk"):
            held = [getattr(row, column) for column in (*words.columns, *words.told)]
            texts = [_as_text(value) for value in held if value]
            if any(text != ERASED for text in texts):
                yield OwnText(name=words.name, row=row, text="\n".join(texts))


def erase_own_words(person: UUID | str, *, today: date) -> None:
    """Empty all that somebody said for themselves; where there were no words there stay none."""
    for words, rows in _of(person):
        words.leaving(rows, today=today)
        for column in words.columns:
            rows.exclude(**{column: ""}).update(**{column: ERASED})


def _as_text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "、".join(f"{name}：{told}" for name, told in value.items())
    return str(value)


def _of(person: UUID | str) -> Iterator[tuple[OwnWords, QuerySet[Any]]]:
    for model in apps.get_models():
        words = getattr(model, "own_words", None)
        if isinstance(words, OwnWords):
            yield words, model._base_manager.filter(words.among, **{words.whose: person})
