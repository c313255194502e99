"""Readings of indicators: called for by the month, handed in with evidence, set side by side.

Nothing is overwritten: whoever erred reads anew, and where parties disagree somebody who read
neither says which reading stands, and why.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gongzhi.core.charter import Member, Thing
from gongzhi.core.ledger.batch import Row
from gongzhi.core.sealed import SALT_BYTES, canonical, digest
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.core.working_days import due_on
from gongzhi.cycle.asked import asked_for
from gongzhi.cycle.models import Collection, Project, Reading, Settlement, Submission
from gongzhi.parties.deeds import Record, act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.calendar import load_calendar

EMPTY = Said("请填数值或文字；没有的，写明原因")
CORRECTED = Said("这个读数已经更正过，请更正最新的一个")
BACKWARDS = Said("结束日期早于开始日期")
AGREED = Said("没有不一致的读数需要认定")
ALREADY_CALLED = Said("这个月的填报任务已经发出")
LATE = Said("填报任务已经结束")
NOTHING_SAID = Said("一项也没有填；没有数值的，逐项写明原因")
ALREADY_ANSWERED = Said("这个月已经填报过，没有新的指标；读错的请逐项更正")
READ_ALREADY = Said("这个指标在这段时间已经读过；读错的请更正，原读数保留")
OTHERS_PROJECT = Said("只能填报本单位项目的指标")


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """What somebody read of an indicator over a period: a figure, words, or why there is none."""

    project: Project
    indicator: str
    starts_on: date
    ends_on: date
    source: str
    value: Decimal | None = None
    text: str = ""
    why_none: str = ""
    evidence: str = ""


def add_reading(
    *, by: Member, organisation: Organisation, read: Read, key: str | None = None
) -> Reading:
    """Keep a reading of one's own organisation; it stands beside those of others."""
    reading = _reading(read, organisation=organisation)
    with act(by, "add_reading", on=reading.thing(), key=key) as record:
        _not_twice([reading])
        _keep([reading], record=record)
        record["reading"] = str(reading.pk)
        record["project"] = str(read.project.pk)
        record["indicator"] = read.indicator
        record.private("read", digest_of([reading]))
    return reading


def correct_reading(
    *, by: Member, reading: Reading, read: Read, reason: str, key: str | None = None
) -> Reading:
    """Read anew what one's own organisation misread; the old reading stays beside the new one."""
    with act(by, "correct_reading", on=reading, key=key) as record:
        if Reading.objects.filter(corrects=reading).exists():
            raise Unsuitable({"value": CORRECTED})
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        anew = _reading(read, organisation=reading.organisation)
        anew.corrects = reading
        _keep([anew], record=record)
        record["reading"] = str(anew.pk)
        record["corrects"] = str(reading.pk)
        record.private("reason", reason)
        record.private("read", digest_of([anew]))
    return anew


def settle_readings(
    *, by: Member, reading: Reading, reason: str, key: str | None = None
) -> Settlement:
    """Say which of several readings of a period stands; raises Unsuitable where there is one."""
    with act(by, "settle_readings", on=reading, key=key) as record:
        others = others_of(reading)
        if not others:
            raise Unsuitable({"reading": AGREED})
        if not reason.strip():
            raise Unsuitable({"reason": NO_REASON})
        assert by.office is not None, "whoever settles stands in an office"
        settled = Settlement.objects.create(
            reading=reading,
            against=[str(other.pk) for other in others],
            reason=reason,
            office_id=by.office,
            settled_on=record.business_date,
        )
        record["reading"] = str(reading.pk)
        record["against"] = settled.against
        record.private("reason", reason)
    return settled


def others_of(reading: Reading) -> list[Reading]:
    """The readings of others for the same indicator and period that nobody has corrected."""
    same = Reading.objects.filter(
        project=reading.project, indicator=reading.indicator, ends_on=reading.ends_on
    )
    others = same.exclude(organisation=reading.organisation).filter(corrected_by__isnull=True)
    return list(others)


def open_collection(
    *,
    by: Member,
    organisation: Organisation,
    fiscal_year: FiscalYear,
    month: int,
    title: str,
    working_days: int,
    key: str | None = None,
) -> Collection:
    """Call all units for the readings of a month, to be handed in within so many working days."""
    called = Collection(
        organisation=organisation,
        fiscal_year=fiscal_year,
        month=month,
        title=title,
    )
    with act(by, "open_collection", on=called.thing(), key=key) as record:
        if Collection.objects.filter(
            organisation=organisation, fiscal_year=fiscal_year, month=month
        ).exists():
            raise Unsuitable({"month": ALREADY_CALLED})
        due = due_on(record.business_date, working_days=working_days, calendar=load_calendar())
        called.opened_on, called.due_on = record.business_date, due.on
        called.save(force_insert=True)
        record["collection"] = str(called.pk)
        record["fiscal_year"] = fiscal_year
        record["month"] = month
        record["due_on"] = due.on.isoformat()
    return called


def close_collection(*, by: Member, collection: Collection, key: str | None = None) -> Collection:
    """Take no more answers to a call."""
    with act(by, "close_collection", on=collection, key=key):
        collection.stage = Collection.Stage.CLOSED
        collection.save(update_fields=["stage"])
    return collection


def submit_readings(
    *,
    by: Member,
    collection: Collection,
    unit: Organisation,
    reads: Sequence[Read],
    key: str | None = None,
) -> Submission:
    """Answer a call for one's own unit with all that was read; late answers are taken, and show.

    An answer without a line is taken of who is asked for nothing. A second answer may say what the
    first one couldn't; what was read already is corrected, line by line, and not answered again.
    """
    answer = Submission(collection=collection, unit=unit, office_id=by.office)
    with act(by, "submit_readings", on=answer.thing(), key=key) as record:
        if collection.stage != Collection.Stage.OPEN:
            raise Unsuitable({"collection": LATE})
        _answers(collection, unit=unit, reads=reads)
        answer.submitted_on = record.business_date
        answer.counts = {
            "readings": len(reads),
            "without_value": sum(1 for each in reads if each.why_none.strip()),
        }
        answer.save(force_insert=True)
        readings = [_reading(read, organisation=unit) for read in reads]
        for each in readings:
            each.submission = answer
        _not_twice(readings)
        _keep(readings, record=record)
        record.batch("reading", map(_sealed, readings))
        record["collection"] = str(collection.pk)
        record["submission"] = str(answer.pk)
        record["readings"] = len(readings)
        record["late"] = record.business_date > collection.due_on
    return answer


def _sealed(reading: Reading) -> Row:
    """A reading as a row of its answer's deed: by itself it can be proved, and audited."""
    salt = secrets.token_bytes(SALT_BYTES)
    return Row({"reading": str(reading.pk)}, {"read": digest_of([reading])}, salt)


def _answers(collection: Collection, *, unit: Organisation, reads: Sequence[Read]) -> None:
    """Raise Unsuitable where an answer says nothing, again or about others."""
    if any(read.project.unit_id != unit.pk for read in reads):
        raise Unsuitable({"collection": OTHERS_PROJECT})
    if reads:
        return
    if Submission.objects.filter(collection=collection, unit=unit).exists():
        raise Unsuitable({"collection": ALREADY_ANSWERED})
    if asked_for(collection).filter(version__project__unit=unit).exists():
        raise Unsuitable({"collection": NOTHING_SAID})


def _not_twice(readings: Sequence[Reading]) -> None:
    """Raise Unsuitable where a party read the same on the same footing already, or twice here."""
    projects = {each.project_id for each in readings}
    organisations = {each.organisation_id for each in readings}
    list(Project.objects.select_for_update().filter(pk__in=projects).order_by("pk"))
    kept = Reading.objects.filter(
        project__in=projects,
        organisation__in=organisations,
        ends_on__in={each.ends_on for each in readings},
        corrected_by__isnull=True,
    )
    found = set(kept.values_list("project", "indicator", "ends_on", "source", "organisation"))
    for each in readings:
        which = (
            each.project_id, each.indicator, each.ends_on, str(each.source), each.organisation_id
        )  # fmt: skip
        if which in found:
            raise Unsuitable({"value": READ_ALREADY})
        found.add(which)


def _reading(read: Read, *, organisation: Organisation) -> Reading:
    return Reading(
        project=read.project,
        indicator=read.indicator,
        starts_on=read.starts_on,
        ends_on=read.ends_on,
        value=read.value,
        text=read.text.strip(),
        why_none=read.why_none.strip(),
        source=read.source,
        organisation=organisation,
        evidence=read.evidence,
    )


def _keep(readings: Sequence[Reading], *, record: Record) -> None:
    """Add readings, each with a value, with words, or with the reason why there is none."""
    for reading in readings:
        if reading.value is None and not reading.text and not reading.why_none:
            raise Unsuitable({"value": EMPTY})
        if reading.ends_on < reading.starts_on:
            raise Unsuitable({"ends_on": BACKWARDS})
        reading.read_on = record.business_date
    Reading.objects.bulk_create(readings)


def digest_of(readings: Sequence[Reading]) -> str:
    """The digest of readings that their deed promises."""
    return digest(
        canonical(
            [
                {
                    "reading": str(each.pk),
                    "project": str(each.project_id),
                    "indicator": each.indicator,
                    "from": each.starts_on.isoformat(),
                    "to": each.ends_on.isoformat(),
                    "value": None if each.value is None else f"{each.value.normalize():f}",
                    "text": each.text,
                    "why_none": each.why_none,
                    "evidence": each.evidence,
                }
                for each in readings
            ]
        )
    )


def expected_submission(collection: Collection, unit: Organisation) -> Thing:
    """A unit's answer to a call that isn't there yet."""
    return Submission(collection=collection, unit=unit).thing()
