"""Hold readings and their evidence against what their deeds promised.

Readings that were handed in together before each was sealed by itself can't be told apart any more;
of those that files brought, the files' deeds are held against the rows (`fact_auditing`). A value
whose key was erased holds nothing against its row.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from gongzhi.core.parts import in_parts
from gongzhi.core.terms import Said
from gongzhi.cycle.actions.evidence import digest_of_evidence
from gongzhi.cycle.actions.readings import digest_of
from gongzhi.cycle.answered import ALONE, TOGETHER
from gongzhi.cycle.models import Evidence, Reading, Submission
from gongzhi.cycle.sealed_places import sealed_readings
from gongzhi.parties.models import Deed, SealedValue
from gongzhi.parties.subject_keys import keys_of

ALTERED = "{kind}（{which}）与存证所承诺的不符：被改动过"
GONE = "存证所记的{kind} {which} 不见了"
NO_DEED = "{kind}（{which}）没有存证"
DEEDS_AT_ONCE = 500
Promises = Mapping[UUID, str | None]  # of each row the digest; None where it was erased


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """Rows of a table: what they are called, how they are found, their digest, what promised it."""

    name: Said
    rows: Callable[[], QuerySet[Any]]
    digest: Callable[[Any], str]
    verbs: tuple[str, ...]
    promised: Callable[[Sequence[Deed]], Promises]
    unpromised: Callable[[], QuerySet[Any]]


def reading_faults() -> Iterator[Said]:
    """Rows that say something else than was promised, that are gone, or that no deed brought."""
    for kept in (READINGS, EVIDENCE):
        seen: set[UUID] = set()
        deeds = Deed.objects.filter(verb__in=kept.verbs).order_by("pk").iterator(DEEDS_AT_ONCE)
        for some in in_parts(deeds, size=DEEDS_AT_ONCE):
            promises = kept.promised(some)
            seen |= promises.keys()
            yield from _differences(kept, promises)
        for which in kept.unpromised().exclude(pk__in=seen).values_list("pk", flat=True):
            yield _said(NO_DEED, kept, which)


def _differences(kept: Kept, promises: Promises) -> Iterator[Said]:
    rows = kept.rows().in_bulk(list(promises))
    for which, promised in promises.items():
        if which not in rows:
            yield _said(GONE, kept, which)
        elif promised is not None and promised != kept.digest(rows[which]):
            yield _said(ALTERED, kept, which)


def _said(text: str, kept: Kept, which: UUID) -> Said:
    return Said(text, {"kind": kept.name, "which": str(which)})


def _promised_alone(deeds: Sequence[Deed], *, fact: str, field: str) -> Promises:
    """Of deeds with one row each: the row that a fact names, the digest that a field promises."""
    values = SealedValue.objects.filter(deed__in=[deed.pk for deed in deeds], field=field)
    keys = keys_of(value.subject for value in values)
    opened = {value.deed_id: value.opened(keys) for value in values}
    found = {deed.public[fact]: opened.get(deed.pk) for deed in deeds}
    return {UUID(which): str(held[1]) if held else None for which, held in found.items()}


def _readings_promised(deeds: Sequence[Deed]) -> Promises:
    alone = _promised_alone(
        [deed for deed in deeds if deed.verb in ALONE], fact="reading", field="read"
    )
    together = (sealed_readings(deed) for deed in deeds if deed.verb == TOGETHER)
    return {**alone, **{which: told for each in together for which, told in each.items()}}


def _evidence_promised(deeds: Sequence[Deed]) -> Promises:
    return _promised_alone(deeds, fact="evidence", field="shown")


def _readings_by_themselves() -> QuerySet[Any]:
    """Those of which a deed must tell: no file's, and of no answer that promised all as one."""
    older = Submission.objects.filter(
        unit=OuterRef("organisation"), submitted_on=OuterRef("read_on"), readings=None
    )
    return Reading.objects.filter(~Exists(older), delivery=None)


READINGS = Kept(
    name=Said("读数"),
    rows=Reading.objects.all,
    digest=lambda row: digest_of([row]),
    verbs=(*ALONE, TOGETHER),
    promised=_readings_promised,
    unpromised=_readings_by_themselves,
)
EVIDENCE = Kept(
    name=Said("佐证"),
    rows=lambda: Evidence.objects.select_related("attachment"),
    digest=digest_of_evidence,
    verbs=("add_evidence",),
    promised=_evidence_promised,
    unpromised=Evidence.objects.all,
)
