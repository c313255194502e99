"""Files that bring facts: kept whole or not at all, sealed as one deed that proves every row."""

import secrets
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from hashlib import sha256
from typing import Any
from uuid import UUID

from gongzhi.connectors import mapping as layout
from gongzhi.connectors.importing import Batch, Changed, Importing
from gongzhi.connectors.kinds import KINDS
from gongzhi.connectors.mapping_record import mapping_as_record
from gongzhi.connectors.summing import Import, Mode
from gongzhi.core.charter import Member, Thing
from gongzhi.core.facts import Doubt
from gongzhi.core.ledger.batch import Repeated, Row
from gongzhi.core.sealed import SALT_BYTES
from gongzhi.core.terms import Money, Problem, Said, Where
from gongzhi.cycle.arriving import Arrival, Registered
from gongzhi.cycle.models import Delivery, SavedMapping
from gongzhi.desk.actions.attachments import attach_file
from gongzhi.desk.models import Attachment
from gongzhi.desk.sentences import said_as_json
from gongzhi.intake.listing import Listing
from gongzhi.intake.screening import ScreenedFile
from gongzhi.parties.currency import home_currency
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation

ROWS = "facts"  # what the rows of a delivery's batch are called in the log
FINGERPRINT = "fingerprint"
KIND = {made: Repeated({"kind": name}) for name, made in KINDS.items()}  # all that anybody may read
KNOWN = Said("这份文件以前导入过")
MEND = Said("请改正后再导入，或选择只导入好的行")


@dataclass(frozen=True, slots=True, kw_only=True)
class File:
    """A file that was opened, how it is read, and its total as its sender states it."""

    listing: Listing
    mappings: Sequence[layout.Mapping]
    mode: Mode = Mode.WHOLE
    changed: Changed = Changed.CONFLICT
    stated: Money | None = None


class NotAccepted(Exception):
    """A file that nothing was kept of, and what was wrong with it."""

    def __init__(self, result: Import, problem: Problem) -> None:
        super().__init__(f"{result.problem_count} problems")
        self.result = result
        self.problem = problem


def hand_in_file(
    *, by: Member, organisation: Organisation, file: ScreenedFile, key: str | None = None
) -> Delivery:
    """Keep a file whole, inside the organisation, to be read and perhaps corrected first."""
    delivery = Delivery(organisation=organisation, office_id=by.office, name=file.name[-300:])
    with act(by, "hand_in_file", on=delivery.thing(), key=key) as record:
        delivery.digest = f"sha256:{sha256(file.content).hexdigest()}"
        delivery.brought_on = record.business_date
        delivery.save(force_insert=True)
        attach_file(by=by, to=delivery, file=file, label=Attachment.Label.INTERNAL)
        record["delivery"] = str(delivery.pk)
    return delivery


def deliver_facts(
    *, by: Member, delivery: Delivery, file: File, key: str | None = None
) -> tuple[Delivery, Import]:
    """Keep the facts of the organisation's own money and projects, those of its units too.

    Raises NotAccepted, and keeps none, where the file isn't to be had as was asked.
    """
    with act(by, "deliver_facts", on=_on(delivery), key=key) as record:
        arrival = _arrival(delivery, file=file, record=record, own=delivery.organisation_id)
        result = _deliver(arrival, file=file, record=record)
    return delivery, result


def collect_facts(
    *, by: Member, delivery: Delivery, file: File, key: str | None = None
) -> tuple[Delivery, Import]:
    """Keep facts of whichever units of the region; raises NotAccepted like `deliver_facts`."""
    with act(by, "collect_facts", on=_on(delivery), key=key) as record:
        arrival = _arrival(delivery, file=file, record=record)
        result = _deliver(arrival, file=file, record=record)
    return delivery, result


def straight_from(file: File, *, by: Member, organisation: Organisation) -> Delivery:
    """The delivery of a file that nobody hands in first: a program reads it where it lies."""
    return Delivery(
        organisation=organisation,
        office_id=by.office,
        name=file.listing.name[-300:],
        digest=file.listing.digest,
    )


def save_mapping(
    *,
    by: Member,
    organisation: Organisation,
    name: str,
    mapping: layout.Mapping,
    key: str | None = None,
) -> SavedMapping:
    """Keep which column is which, so that the next file of the kind is read without asking."""
    saved = SavedMapping(organisation=organisation, name=name, record=mapping_as_record(mapping))
    with act(by, "save_mapping", on=saved.thing(), key=key) as record:
        saved.saved_on = record.business_date
        saved.save(force_insert=True)
        record["mapping"] = str(saved.pk)
        record.private("name", name)
    return saved


def _on(delivery: Delivery) -> Delivery | Thing:
    """What a delivery's deed is about: its row, or, before there is one, what it will be."""
    return delivery.thing() if delivery._state.adding else delivery


def _arrival(delivery: Delivery, *, file: File, record: Record, own: UUID | None = None) -> Arrival:
    return Arrival(
        delivery=delivery,
        registered=Registered.now(),
        kinds=frozenset(KINDS[fact.kind] for mapping in file.mappings for fact in mapping.facts),
        on=record.business_date,
        money=home_currency(),
        own=own,
    )


def _deliver(arrival: Arrival, *, file: File, record: Record) -> Import:
    delivery = arrival.delivery
    importing = Importing(
        file.listing,
        file.mappings,
        known=arrival.known,
        against=arrival.against,
        changed=file.changed,
        mode=file.mode,
    )
    record.batch(ROWS, _kept(importing, arrival))
    result = importing.result()
    if problem := _against(result, stated=file.stated):
        raise NotAccepted(result, problem)
    delivery.stage = Delivery.Stage.KEPT
    delivery.mappings = [mapping_as_record(mapping) for mapping in file.mappings]
    delivery.mode = file.mode
    delivery.counts = _counts(result)
    delivery.problems = [_told(each) for each in (*result.problems, *result.doubts)]
    delivery.brought_on = record.business_date
    delivery.save()
    record["delivery"] = str(delivery.pk)
    record["facts"] = dict(result.facts)
    record["years"] = [*sorted(arrival.years)]
    record.private("file", file.listing.digest)
    record.private("total", str(result.total))
    return result


def _against(result: Import, *, stated: Money | None) -> Problem | None:
    """Why nothing of a file is kept; None where it is."""
    if stated is not None and (astray := result.against(stated)):
        return astray
    if result.is_accepted:
        return None
    count = result.problem_count
    if not count:
        return Doubt(where=Where(), what=Said("没有新的内容，什么也没有导入"), hint=KNOWN)
    what = Said("有 {count} 处问题，什么也没有导入", {"count": count})
    return Problem(where=Where(), what=what, hint=MEND)


def _kept(importing: Importing, arrival: Arrival) -> Iterator[Row]:
    """The rows as the log holds them; those of each batch go to their tables the moment after.

    Nothing is on its way to the database while the log takes a row.
    """
    with arrival.on_the_way.until_all_is_there():
        for batch in importing:
            yield from _sealed(batch)
            arrival.keep(batch)


def _sealed(batch: Batch) -> Iterator[Row]:
    """What a row says is promised by its fingerprint, which anybody with the row can compute."""
    salts = secrets.token_bytes(SALT_BYTES * len(batch.facts))
    for at, (fact, mark) in enumerate(zip(batch.facts, batch.fingerprints, strict=True)):
        salt = salts[at * SALT_BYTES : (at + 1) * SALT_BYTES]
        yield Row(KIND[fact.__class__], {FINGERPRINT: mark}, salt)


def _counts(result: Import) -> Mapping[str, Any]:
    return {
        "rows": result.rows,
        "facts": dict(result.facts),
        "duplicates": result.duplicates,
        "known": result.known,
        "corrections": result.corrections,
        "conflicts": result.conflicts,
        "problems": result.problem_count,
        "doubts": result.doubt_count,
        "total": str(result.total),
        "by_month": {f"{year}-{month:02}": str(t) for (year, month), t in result.by_month.items()},
    }


def _told(problem: Problem) -> Mapping[str, Any]:
    """A problem as it is kept: where it stands, and its sentences in no language yet."""
    return {
        "where": {
            name: value for name, value in asdict(problem.where).items() if value is not None
        },
        "what": said_as_json(problem.what),
        "hint": said_as_json(problem.hint),
    }
