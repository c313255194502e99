"""Which deed brought a reading: its own, that of the answer to a call it came with, or a file's."""

from collections.abc import Collection, Mapping
from uuid import UUID

from gongzhi.cycle.models import Reading, Submission
from gongzhi.cycle.sealed_places import delivering_deeds
from gongzhi.parties.models import Deed

ALONE = ("add_reading", "correct_reading")
TOGETHER = "submit_readings"


def bringing_deeds(readings: Collection[Reading]) -> Mapping[UUID, Deed]:
    """The deed that brought each reading, by its key."""
    files = {row.pk: f"delivery:{row.delivery_id}" for row in readings if row.delivery_id}
    delivering = {
        deed.on: deed
        for deed in delivering_deeds({r.delivery_id for r in readings if r.delivery_id})
    }
    alone = _alone([row for row in readings if row.pk not in files])
    answers = _answers([row for row in readings if row.pk not in files and row.pk not in alone])
    names = {key: f"submission:{answer}" for key, answer in answers.items()}
    together = Deed.objects.filter(verb=TOGETHER, on__in=set(names.values()))
    named = delivering | {deed.on: deed for deed in together}
    found = {key: named.get(name) for key, name in (files | names).items()}
    return alone | {key: deed for key, deed in found.items() if deed is not None}


def _alone(readings: Collection[Reading]) -> dict[UUID, Deed]:
    """The deeds that brought one reading each; one that corrects is done on the corrected."""
    names = {f"reading:{key}" for row in readings for key in (row.pk, row.corrects_id) if key}
    deeds = Deed.objects.filter(verb__in=ALONE, on__in=names)
    told = {deed.public["reading"]: deed for deed in deeds}
    return {row.pk: told[str(row.pk)] for row in readings if str(row.pk) in told}


def _answers(readings: Collection[Reading]) -> dict[UUID, UUID]:
    """The answer that each came with.

    An answer from before its readings knew it is that of their unit on their day.
    """
    known = {row.pk: row.submission_id for row in readings if row.submission_id}
    older = [row for row in readings if row.submission_id is None]
    if not older:
        return known
    answers = Submission.objects.filter(
        unit__in={row.organisation_id for row in older},
        submitted_on__in={row.read_on for row in older},
        readings=None,
    )
    by_day = {(each.unit_id, each.submitted_on): each.pk for each in answers.order_by("pk")}
    days = {row.pk: by_day.get((row.organisation_id, row.read_on)) for row in older}
    return known | {key: answer for key, answer in days.items() if answer}
