"""Lock everything with the installation's key of today, so that the one before opens nothing.

Both keys are given while this runs: what was locked with the one before still opens, what is
written anew is locked with today's. It goes through the tables a few hundred rows a transaction;
where it was broken off, the next run finds what is left. Values about a subject are not touched:
they are locked with its own key, and only that one changes its lock.
"""

import secrets
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import models, transaction

from gongzhi.core.terms import Said
from gongzhi.parties.erasing import key_of_marks
from gongzhi.parties.former_keys import FormerKey, remember
from gongzhi.parties.identity import key_of_digests
from gongzhi.parties.locked_values import CannotUnlock, relocked
from gongzhi.parties.models import (
    Admission,
    Contact,
    EntryCode,
    Factor,
    Invitation,
    OutgoingMessage,
    SubjectKey,
    WaitingRow,
)
from gongzhi.parties.subject_keys import bond_of_key
from gongzhi.parties.unseen import take_away

ROWS_AT_ONCE = 500
LOST = "{table} 的 {row} 用现在和以前的密钥都打不开"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A column that is locked with the installation's key, and what its values are bound to."""

    model: type[models.Model]
    column: str
    bond: Callable[[Any], object] = str

    @property
    def held(self) -> models.QuerySet[Any, Any]:
        """Key and value of the rows that hold one, in the order of their keys."""
        rows = self.model._default_manager.exclude(**{self.column: None})
        return rows.order_by("pk").values_list("pk", self.column)

    def write(self, fresh: Mapping[Any, bytes]) -> None:
        """Put locked values into their rows."""
        rows = self.model._default_manager
        for key, value in fresh.items():
            rows.filter(pk=key).update(**{self.column: value})


class WaitingPlace(Place):
    """Rows that wait for their batch are never changed: each gives way to its like.

    They are written in an order of chance, so that their places tell nothing of when they came.
    """

    def write(self, fresh: Mapping[Any, bytes]) -> None:
        """Put other rows in their places."""
        rows = list(WaitingRow.objects.filter(pk__in=list(fresh)))
        secrets.SystemRandom().shuffle(rows)
        take_away([row.pk for row in rows])
        for row in rows:
            row.locked = fresh[row.pk]
        WaitingRow.objects.bulk_create(rows)


PLACES = (
    Place(model=FormerKey, column="locked"),
    Place(model=SubjectKey, column="locked_key", bond=bond_of_key),
    Place(model=Contact, column="locked_address"),
    Place(model=EntryCode, column="locked_address"),
    Place(model=Factor, column="secret"),
    Place(model=Admission, column="locked_applicant"),
    Place(model=Invitation, column="locked_invitee"),
    Place(model=OutgoingMessage, column="letter"),
    WaitingPlace(model=WaitingRow, column="locked"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rekeyed:
    """How many values were locked anew, how many were found, and which neither key opens."""

    locked: int
    found: int
    lost: tuple[Said, ...]


def rekey() -> Rekeyed:
    """Lock all that the key before this one locked with the key of today."""
    _remember_former_keys()
    locked, found, lost = 0, 0, list[Said]()
    for place in PLACES:
        for some in _chunks(place):
            with transaction.atomic():
                again, unopened = _rekeyed(place, some)
            locked, found = locked + again, found + len(some)
            lost += unopened
    return Rekeyed(locked=locked, found=found, lost=tuple(lost))


@transaction.atomic
def _remember_former_keys() -> None:
    before = settings.SECRET_KEY_FALLBACKS
    remember(FormerKey.Purpose.IDENTITY, map(key_of_digests, before))
    remember(FormerKey.Purpose.ERASED, map(key_of_marks, before))


def _chunks(place: Place) -> Iterator[Sequence[Any]]:
    """The keys of the rows that hold a value, some at a time."""
    last = None
    while True:
        left = place.held if last is None else place.held.filter(pk__gt=last)
        some = [key for key, _ in left[:ROWS_AT_ONCE]]
        if not some:
            return
        yield some
        last = some[-1]


def _rekeyed(place: Place, keys: Sequence[Any]) -> tuple[int, list[Said]]:
    """How many of these rows were locked anew, and which can't be."""
    fresh: dict[Any, bytes] = {}
    lost = []
    for key, locked in place.held.select_for_update().filter(pk__in=keys):
        try:
            value = relocked(locked, bound_to=place.bond(key))
        except CannotUnlock:
            lost.append(Said(LOST, {"table": place.model._meta.db_table, "row": str(key)}))
            continue
        if value is not None:
            fresh[key] = value
    place.write(fresh)
    return len(fresh), lost
