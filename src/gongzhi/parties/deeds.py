"""A deed: allowed by a clause, done whole or not at all, left in the log in the same transaction.

    with act(by, "publish_form", on=version) as record:
        …                                    # change rows
        record["number"] = version.number    # what the public may know
        record.private("review", text)       # what the log only promises

A deed inside a deed joins its transaction and writes a leaf of its own, with `because`.
"""

import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from datetime import date, datetime
from typing import NoReturn
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from gongzhi.core.charter import Answer, Member, Refused, Thing
from gongzhi.core.ledger.batch import Batch, Row
from gongzhi.core.sealed import SALT_BYTES, Sealable, commitment
from gongzhi.parties.asked_once import forget
from gongzhi.parties.batches import store_batch
from gongzhi.parties.business_date import business_date
from gongzhi.parties.charter_lookup import charter_asked_once
from gongzhi.parties.models import Deed, IdempotencyKey, SealedValue
from gongzhi.parties.refusals import keep_refusals
from gongzhi.parties.register import sealed_rows
from gongzhi.parties.rights import On, charter_in_force, may, refusal, thing_of
from gongzhi.parties.subject_keys import keys_for, subject_of
from gongzhi.parties.unseen import Pool, UnseenRecord, let_wait
from gongzhi.trust.appending import leave
from gongzhi.trust.identifiers import new_id

__all__ = ["AlreadyDone", "Record", "Refused", "act", "act_unseen", "may", "refuse"]


class AlreadyDone(Exception):
    """The same form or call came a second time; its deed stands, nothing was done again."""

    def __init__(self, deed: Deed) -> None:
        super().__init__(str(deed))
        self.deed = deed


class Record:
    """What a deed leaves behind: public facts by name, private values as promises."""

    def __init__(self, *, business_date: date, because: UUID | None, subject: str) -> None:
        self.deed_id = new_id()
        self.subject = subject
        self.business_date = business_date
        self.done_at: datetime = timezone.now()
        self.because = because
        self.public: dict[str, Sealable] = {}
        self.sealed: dict[str, tuple[bytes, Sealable, str]] = {}
        self.rows: Batch | None = None
        self.names_party = True
        self.following: list[Callable[[], object]] = []

    def __setitem__(self, field: str, value: Sealable) -> None:
        """State a fact that anybody may read in the log."""
        self.public[field] = value

    def private(self, field: str, value: Sealable, *, about: str | None = None) -> None:
        """Promise a value: the log gets a commitment, the value stays here and can be erased.

        `about` is the subject with whom it is erased; else it goes with the party that acts.
        """
        self.sealed[field] = (secrets.token_bytes(SALT_BYTES), value, about or self.subject)

    def then(self, deed: Callable[[], object]) -> None:
        """Do what the deed leads to once it has left its leaf: whole with it, numbered after it."""
        self.following.append(deed)

    def batch(self, kind: str, rows: Iterable[Row]) -> None:
        """Let rows enter as one: the log gets their root, and any single one can be proved.

        Private values of a row that names no subject go with the party that acts.
        """
        assert self.rows is None, "a deed has one batch"
        self.rows = store_batch(self.deed_id, kind=kind, rows=rows, subject=self.subject)


_outer: ContextVar[Record | UnseenRecord | None] = ContextVar("deed under way", default=None)
_refused: ContextVar[list[tuple[Member, Thing, Refused]] | None] = ContextVar(
    "refused", default=None
)


@contextmanager
def act(by: Member, verb: str, *, on: On, key: str | None = None) -> Iterator[Record]:
    """Do a deed; raises Refused with its clauses, or AlreadyDone when the key was used before.

    A row is locked and read again before the charter is asked, so that nobody acts on a stage
    that has passed meanwhile.
    """
    outer = _outer.get()
    assert not isinstance(outer, UnseenRecord), "a deed within it would tell what is hidden"
    with _keeping_refusals(outermost=outer is None), transaction.atomic(), _charter(outer):
        record = Record(
            business_date=outer.business_date if outer else business_date(),
            because=outer.deed_id if outer else None,
            subject=subject_of(by),
        )
        if key is not None:
            _claim(by, verb, key=key, record=record)
        answer = _allowed(by, verb, on)
        token = _outer.set(record)
        try:
            yield record
        finally:
            _outer.reset(token)
        _enter(by, verb, thing_of(on), answer=answer, record=record)
        token = _outer.set(record)
        try:
            for deed in record.following:
                deed()
        finally:
            _outer.reset(token)


@contextmanager
def act_unseen(
    by: Member, verb: str, *, on: On, closes_with: Thing | None = None
) -> Iterator[UnseenRecord]:
    """Do a deed of which nobody shall know whose it is; raises Refused like every other.

    Neither register nor log get an entry of its own: what it leaves enters with all others of its
    day, or of the thing that they close with, shuffled (`actions.batches.close_pool`).
    """
    assert _outer.get() is None, "a deed around it would tell what is hidden"
    pool = Pool.of(verb, closes_with) if closes_with else Pool(verb=verb)
    with _keeping_refusals(outermost=True), transaction.atomic(), _charter(None):
        _allowed(by, verb, on)
        record = UnseenRecord()
        token = _outer.set(record)
        try:
            yield record
        finally:
            _outer.reset(token)
        if not record.kept_apart:
            let_wait(record.row, pool, day=business_date())


@contextmanager
def _keeping_refusals(*, outermost: bool) -> Iterator[None]:
    """Write the refusals of a deed down after its transaction, which may have been undone."""
    if not outermost:
        yield
        return
    token = _refused.set([])
    try:
        yield
    finally:
        refusals = _refused.get()
        _refused.reset(token)
        keep_refusals(refusals or [])


def refuse(by: Member, on: On, refused: Refused) -> NoReturn:
    """Refuse a deed under way, and note it: for what a clause says and no policy can, such as time.

    The deed's transaction is undone.
    """
    noted = _refused.get()
    assert noted is not None, "refusing happens within a deed"
    noted.append((by, thing_of(on), refused))
    raise refused


def insist(by: Member, verb: str, on: On) -> None:
    """Refuse before anything else of a form is looked at, so that nothing of it is given away."""
    with _keeping_refusals(outermost=True):
        _allowed(by, verb, thing_of(on))


def _charter(outer: Record | None) -> AbstractContextManager[None]:
    """A deed asks for the charter in its own transaction, a deed within it asks the same one."""
    return charter_asked_once() if outer is None else nullcontext()


def _allowed(by: Member, verb: str, on: On) -> Answer:
    forget()
    if isinstance(on, models.Model):
        _lock(on)
    answer = may(by, verb, on)
    if not answer.allowed:
        refuse(by, on, refusal(verb, answer, thing=thing_of(on)))
    return answer


def _lock(row: models.Model) -> None:
    row.refresh_from_db(from_queryset=type(row)._default_manager.select_for_update())


def _claim(by: Member, verb: str, *, key: str, record: Record) -> None:
    """Take the key for this deed; a second caller waits here until the first is through."""
    owner = by.person or by.party
    claim, is_new = IdempotencyKey.objects.get_or_create(
        person=owner,
        verb=verb,
        key=key,
        defaults={"deed": record.deed_id, "used_at": record.done_at},
    )
    if not is_new:
        raise AlreadyDone(Deed.objects.get(pk=claim.deed))


def _enter(by: Member, verb: str, thing: Thing, *, answer: Answer, record: Record) -> None:
    """Write the deed into the register and leave its leaf for the log."""
    public = {"deed": str(record.deed_id), **record.public}
    leaf = leave(
        {
            "v": 1,
            "verb": verb,
            "party": by.party if record.names_party else None,
            "clause": list(answer.clauses),
            "charter": charter_in_force().version,
            "on": thing.name,
            "business_date": record.business_date.isoformat(),
            "claimed_at": record.done_at.isoformat(),
            "public": public,
            "c": {
                field: commitment(value, salt=salt)
                for field, (salt, value, _) in record.sealed.items()
            },
            "because": str(record.because) if record.because else None,
            "batch": record.rows.facts if record.rows else None,
        }
    )
    Deed.objects.create(
        id=record.deed_id,
        verb=verb,
        on=thing.name,
        party=by.party,
        person=by.person,
        office=by.office,
        clauses=list(answer.clauses),
        public=public,
        because=record.because,
        leaf=leaf.pk,
        business_date=record.business_date,
        done_at=record.done_at,
    )
    if record.sealed:
        keys = keys_for(subject for _, _, subject in record.sealed.values())
        SealedValue.objects.bulk_create(sealed_rows(record.deed_id, record.sealed, keys=keys))
