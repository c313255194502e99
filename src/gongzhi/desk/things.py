"""Things by their names: project:… leads to its row, for whoever may read it.

A kind is the name of its model in small letters, which a house test holds; so the desk can lead
to things of rooms above it without knowing them.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat

from gongzhi.core.charter import Member, Thing
from gongzhi.parties.models import Organisation, Region
from gongzhi.trust.identifiers import identifier_in

OWN = "gongzhi."
CAPITAL = re.compile(r"(?<!^)(?=[A-Z])")
# What the log itself names to everybody; those that have rows are read by everybody.
OPEN_KINDS = ("installation", "region", "organisation")
OPEN_MODELS: Mapping[str, type[models.Model]] = {"region": Region, "organisation": Organisation}


def kind_of(model: type[models.Model]) -> str:
    """The kind of thing that a model's rows are."""
    return CAPITAL.sub("_", model.__name__).lower()


@cache
def filtered_kinds() -> Mapping[str, type[models.Model]]:
    """The kinds whose rows are filtered for their reader, each with its model.

    What is only part of a thing, or a row of facts, has no name of its own and no deed is about it.
    """
    own = (app for app in apps.get_app_configs() if app.name.startswith(OWN))
    named = (m for app in own for m in app.get_models() if hasattr(m, "thing"))
    return {kind_of(m): m for m in named if hasattr(m._default_manager, "visible_to")}


def found(name: str) -> models.Model | None:
    """The row of that name, whoever asks: for jobs that decide whom to tell."""
    kind, identifier = _parted(name)
    model = filtered_kinds().get(kind) or OPEN_MODELS.get(kind)
    if model is None or identifier is None:
        return None
    return model._default_manager.filter(pk=identifier).first()


def readable(
    member: Member, names: Iterable[str], *, shown: bool = False
) -> Mapping[str, models.Model]:
    """Those of the things that the member may read, by name; one query for each kind.

    `shown`: only those whose words are shown to the member too.
    """
    wanted: dict[str, list[UUID]] = {}
    for kind, identifier in {_parted(name) for name in names}:
        if identifier is not None and (kind in filtered_kinds() or kind in OPEN_MODELS):
            wanted.setdefault(kind, []).append(identifier)
    rows = {}
    for kind, identifiers in wanted.items():
        found_rows = _rows(member, kind, shown=shown).filter(pk__in=identifiers)
        # What the rows are called stands in other rows; those come in the same query. What takes
        # another one comes when somebody asks for it.
        whole = found_rows.with_facts() if hasattr(found_rows, "with_facts") else found_rows
        for row in whole.prefetch_related(None):
            rows[f"{kind}:{row.pk}"] = row
    return rows


def organisations_concerned(thing: Thing) -> set[UUID]:
    """The organisation that a thing is or belongs to, and the one that is to answer."""
    whose = (thing.id if thing.kind == "organisation" else thing.owner, thing.addressed)
    found = (identifier_in(each) for each in whose if each is not None)
    return {identifier for identifier in found if identifier is not None}


def _rows(member: Member, kind: str, *, shown: bool = False) -> "models.QuerySet[Any]":
    """The rows of a kind that the member may read; of some kinds not all of them are shown."""
    filtered = filtered_kinds().get(kind)
    if filtered is None:
        return OPEN_MODELS[kind]._default_manager.all()
    readable_rows: models.QuerySet[Any] = filtered._default_manager.visible_to(member)  # type: ignore[attr-defined]
    if shown and hasattr(readable_rows, "shown_to"):
        readable_rows = readable_rows.shown_to(member)
    return readable_rows


def about_readable(
    member: Member,
    *,
    column: str,
    without: Iterable[str] = (),
    among: Iterable[str] | None = None,
    shown: bool = False,
) -> Q:
    """The rows whose column names a thing that the member may read, and is shown if asked so.

    Where it is known which things the rows name (`among`), only those are asked for: in a province
    all that somebody may read is a quarter of a million of projects alone.
    """
    if among is not None:
        wanted = [name for name in among if _parted(name)[0] not in without]
        return Q(**{f"{column}__in": list(readable(member, wanted, shown=shown))})
    condition = Q(pk__in=[])
    for kind in OPEN_KINDS:
        condition |= Q(**{f"{column}__startswith": f"{kind}:"})
    for kind in filtered_kinds():
        if kind in without or kind in OPEN_KINDS:
            continue
        own_name = Concat(Value(f"{kind}:"), Cast("pk", CharField()))
        names = _rows(member, kind, shown=shown).order_by().values_list(own_name)
        condition |= Q(**{f"{column}__in": names})
    return condition


def _parted(name: str) -> tuple[str, UUID | None]:
    kind, _, identifier = name.partition(":")
    return kind, identifier_in(identifier)
