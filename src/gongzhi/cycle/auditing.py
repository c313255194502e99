"""Hold what everybody reads against the deeds that made it so: forms, goals, facts, readings.

The register is held against the log before (`parties.auditing`), so what differs here was altered
in these tables: each version's content against its digest, and what the deed states beside it.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import QuerySet

from gongzhi.core.parts import in_parts
from gongzhi.core.sealed import NotCanonicalError, canonical, digest
from gongzhi.core.terms import Said
from gongzhi.cycle.fact_auditing import fact_faults
from gongzhi.cycle.models import FormVersion, GoalVersion, WholeForm
from gongzhi.cycle.reading_auditing import reading_faults
from gongzhi.cycle.result_auditing import result_faults
from gongzhi.parties.auditing import audit_all
from gongzhi.parties.register import Deed

ALTERED = "{what}（{version}）与存证所记的不符：{field} 被改动过"
GONE = "存证所记的 {version} 不见了"
NO_DEED = "{what}（{version}）没有存证"
FORM_FACTS = ("project", "form_type", "fiscal_year", "number", "pack", "form")
FORM_MAY_TELL = ("source", "replaces", "explained")
GOAL_MAY_TELL = ("replaces", "by_decision")
WHOLE_FACTS = ("organisation", "form_type", "fiscal_year", "number", "pack", "form")
GOAL_FACTS = ("project", "fiscal_year", "number", "pack", "goals")
DEEDS_AT_ONCE = 500
APPROVING = frozenset({"approve_goals", "approve_budget"})

Version: TypeAlias = FormVersion | GoalVersion | WholeForm
Facts: TypeAlias = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Versions of one table: which are public, what deeds told of them, what they tell."""

    public: Callable[[], QuerySet[Any]]
    verbs: frozenset[str]
    told: Callable[[Deed], Iterator[tuple[UUID, Facts]]]
    stands: Callable[[Any], Facts]


def audit_everything() -> Iterator[Said]:
    """What is wrong with the log, with the register, and with what is published from it."""
    yield from audit_all()
    for kind in KINDS:
        yield from version_faults(kind)
    yield from fact_faults()
    yield from reading_faults()
    yield from result_faults()


def version_faults(kind: Kind) -> Iterator[Said]:
    """Versions that tell something else than their deed, that it lacks, or that lack one."""
    seen: set[UUID] = set()
    deeds = Deed.objects.filter(verb__in=kind.verbs).order_by("pk").iterator(DEEDS_AT_ONCE)
    for some in in_parts(deeds, size=DEEDS_AT_ONCE):
        told = [each for deed in some for each in kind.told(deed)]
        seen |= {identifier for identifier, _ in told}
        yield from _differences(kind, told)
    for version in kind.public().exclude(pk__in=seen).iterator(DEEDS_AT_ONCE):
        yield Said(NO_DEED, {"what": str(version), "version": str(version.pk)})


def _differences(kind: Kind, told: Sequence[tuple[UUID, Facts]]) -> Iterator[Said]:
    rows = kind.public().in_bulk([identifier for identifier, _ in told])
    for identifier, facts in told:
        version = rows.get(identifier)
        if version is None:
            yield Said(GONE, {"version": str(identifier)})
            continue
        stands = kind.stands(version)
        for field, value in facts.items():
            if stands[field] != value:
                named = {"what": str(version), "version": str(identifier)}
                yield Said(ALTERED, named | {"field": field})


def _digest(record: object) -> str | None:
    """The digest that deeds state; None where the content is nothing that was ever written."""
    try:
        return digest(canonical(record))  # type: ignore[arg-type]
    except NotCanonicalError:
        return None


def _told(deed: Deed, *, facts: Collection[str], may_tell: Collection[str]) -> dict[str, Any]:
    """What a deed states of the version that it is on."""
    optional = {field: deed.public.get(field) for field in may_tell}
    return {**{field: deed.public[field] for field in facts}, **optional}


def _form_told(deed: Deed) -> Iterator[tuple[UUID, Facts]]:
    told = _told(deed, facts=FORM_FACTS, may_tell=FORM_MAY_TELL)
    yield _identifier(deed.on), {**told, "published_on": deed.business_date}


def _form_stands(version: FormVersion) -> Facts:
    return {
        "project": str(version.project_id),
        "form_type": version.form_type,
        "fiscal_year": version.fiscal_year,
        "number": version.number,
        "pack": version.pack,
        "form": _digest(version.record),
        "source": version.source_digest or None,
        "explained": _digest(version.explained) if version.explained else None,
        "replaces": str(version.replaces_id) if version.replaces_id else None,
        "published_on": version.published_on,
    }


def _whole_told(deed: Deed) -> Iterator[tuple[UUID, Facts]]:
    told = _told(deed, facts=WHOLE_FACTS, may_tell=("explained",))
    yield _identifier(deed.on), {**told, "published_on": deed.business_date}


def _whole_stands(form: WholeForm) -> Facts:
    return {
        "organisation": str(form.organisation_id),
        "form_type": form.form_type,
        "fiscal_year": form.fiscal_year,
        "number": form.number,
        "pack": form.pack,
        "form": _digest(form.record),
        "explained": _digest(form.explained) if form.explained else None,
        "published_on": form.published_on,
    }


def goals_told(deed: Deed) -> Iterator[tuple[UUID, Facts]]:
    """A version with all that is stated of it, or those of a whole budget with their digests."""
    of_all = {"approved_on": deed.business_date, "document_number": deed.public["document_number"]}
    if "versions" in deed.public:
        for version, content in zip(deed.public["versions"], deed.public["goals"], strict=True):
            yield UUID(version), {"goals": content, **of_all}
        return
    told = _told(deed, facts=GOAL_FACTS, may_tell=GOAL_MAY_TELL)
    yield _identifier(deed.on), {**told, **of_all}


def _goals_stand(version: GoalVersion) -> Facts:
    return {
        "project": str(version.project_id),
        "fiscal_year": version.fiscal_year,
        "number": version.number,
        "pack": version.pack,
        "goals": _digest(version.record),
        "replaces": str(version.replaces_id) if version.replaces_id else None,
        "by_decision": [str(version.decision_id)] if version.decision_id else None,
        "approved_on": version.approved_on,
        "document_number": version.document_number,
    }


def is_as_approved(version: GoalVersion, deeds: Iterable[Deed]) -> bool | None:
    """Whether a version says what its approval sealed; None where none of the deeds approved it."""
    for deed in deeds:
        if deed.verb in APPROVING:
            for identifier, facts in goals_told(deed):
                if identifier == version.pk:
                    return facts["goals"] == _digest(version.record)
    return None


def _identifier(on: str) -> UUID:
    return UUID(on.partition(":")[2])


KINDS = (
    Kind(
        public=lambda: FormVersion.objects.filter(stage="published").select_related("project"),
        verbs=frozenset({"publish_form", "correct_form"}),
        told=_form_told,
        stands=_form_stands,
    ),
    Kind(
        public=lambda: WholeForm.objects.filter(stage="published").select_related("organisation"),
        verbs=frozenset({"publish_whole_form"}),
        told=_whole_told,
        stands=_whole_stands,
    ),
    Kind(
        public=lambda: GoalVersion.objects.filter(stage="approved").select_related("project"),
        verbs=APPROVING,
        told=goals_told,
        stands=_goals_stand,
    ),
)
