"""What a member may read of the cycle: one filter for each kind, compiled from the charter."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import and_
from typing import Any, Self
from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

from gongzhi.core.charter import Member
from gongzhi.core.terms import FormType
from gongzhi.parties.asked_once import answer
from gongzhi.parties.models import Organisation
from gongzhi.parties.reading import asked_for, certainly_readable_by, readable_by


def as_its_project(member: Member, *, way: str = "project__") -> Q:
    """The rows whose project the member may view; `way` leads from a row to its project."""
    return readable_by(member, "project", columns=_of_project(way))


def _of_project(way: str) -> dict[str, str]:
    return {
        "stage": f"{way}stage",
        "owner": f"{way}unit_id",
        "overseer": f"{way}unit__parent_id",
        "regions": f"{way}unit__region",
    }


def overseen(member: Member, *, way: str = "project__") -> Q:
    """The rows of projects whose single payments the member may read: the own, and those below."""
    return readable_by(member, "payment", columns=_of_project(way))


class ProjectQuerySet(models.QuerySet[Any]):
    """Projects."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(readable_by(member, "project", columns=_of_project("")))

    def overseen_by(self, member: Member) -> Self:
        """Those that the member answers for or oversees: all of their money is open to them."""
        return self.filter(overseen(member, way=""))


# Where a sum has what the charter asks about its projects; a region's has no unit to ask about.
SUMMED = {
    "stage": "stage",
    "owner": "unit_id",
    "overseer": "unit__parent_id",
    "regions": "region",
}
OF_A_UNIT = frozenset({"owner", "overseer"})


class SumQuerySet(models.QuerySet[Any]):
    """Sums over projects of a unit or of a region, and a stage: they are read by the same rights.

    A project is in one sum of a unit, one of a department and one of a region: asked are those of
    units one by one, or as a whole, never several.
    """

    def visible_to(self, member: Member) -> Self:
        """Those of units whose projects the member may view."""
        return self.filter(readable_by(member, "project", columns=SUMMED), unit__isnull=False)

    def overseen_by(self, member: Member) -> Self:
        """Those of units that the member answers for or oversees."""
        return self.filter(readable_by(member, "payment", columns=SUMMED), unit__isnull=False)

    def whole_for(self, member: Member, *, overseen: bool = False) -> Self:
        """Those that make up all that the member may view, or oversees: the fewest rows.

        Those of regions where the member may view projects whosever they are; of units where it
        is for the unit's sake.
        """
        wide = Q(unit__isnull=True, department__isnull=True)
        return self._whole(member, wide=wide, overseen=overseen)

    def by_department_for(self, member: Member, *, overseen: bool = False) -> Self:
        """The same in the sums of departments, and of units; by `Per.DEPARTMENT` told apart."""
        wide = Q(unit__isnull=True, department__isnull=False)
        return self._whole(member, wide=wide, overseen=overseen)

    def _whole(self, member: Member, *, wide: Q, overseen: bool) -> Self:
        kinds = ("project", "payment") if overseen else ("project",)
        whoever = reduce(and_, (_whoever(member, kind) for kind in kinds))
        each = reduce(and_, (readable_by(member, kind, columns=SUMMED) for kind in kinds))
        of_units = _units_asked_for(member, kinds) & each & ~whoever
        return self.filter((wide & whoever) | of_units)


def _whoever(member: Member, kind: str) -> Q:
    return certainly_readable_by(member, kind, columns=SUMMED, unknown=OF_A_UNIT)


def _units_asked_for(member: Member, kinds: Sequence[str]) -> Q:
    """The units whose projects a member may read for the unit's sake, asked for first: few."""
    own = [asked_for(member, kind, attribute="owner") for kind in kinds]
    above = [asked_for(member, kind, attribute="overseer") for kind in kinds]
    if None in own or None in above:
        return Q(unit__isnull=False)
    owners, overseers = (frozenset().union(*filter(None, each)) for each in (own, above))
    if not owners | overseers:
        return Q(pk__in=[])
    return Q(unit__in=answer(_Units(owners, overseers)))


@dataclass(frozen=True, slots=True)
class _Units:
    """The question which units these are, or are below these."""

    owners: frozenset[str]
    overseers: frozenset[str]

    def __call__(self) -> list[UUID]:
        units = Organisation.objects.filter(Q(pk__in=self.owners) | Q(parent__in=self.overseers))
        return list(units.values_list("pk", flat=True))


SELF_EVALUATIONS = [str(each) for each in FormType if each.is_self_evaluation]


class VersionQuerySet(models.QuerySet[Any]):
    """Versions of forms."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: what is published, and drafts of the own unit."""
        columns = {"stage": "stage", "owner": "project__unit_id", "authors": "drafted_by_id"}
        return self.filter(readable_by(member, "form_version", columns=columns))

    def published(self) -> Self:
        """Published ones, replaced ones too."""
        return self.filter(stage="published")

    def current(self) -> Self:
        """Published and not replaced by a published correction."""
        later = self.model._default_manager.filter(stage="published", replaces=OuterRef("pk"))
        return self.published().filter(~Exists(later))

    def self_evaluations(self) -> Self:
        """Those that report results with scores: units may publish goals and monitoring too."""
        return self.filter(form_type__in=SELF_EVALUATIONS)

    def with_finding(self, code: str) -> Self:
        """Those in which a check fired."""
        return self.filter(findings__code=code).distinct()

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("project__unit__region", "drafted_by")


class AnswerQuerySet(models.QuerySet[Any]):
    """Answers to findings."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {"owner": "version__project__unit_id"}
        return self.filter(readable_by(member, "answer", columns=columns))


def _as_goals(member: Member, *, way: str) -> Q:
    project = f"{way}project__"
    columns = {
        "stage": f"{way}stage",
        "owner": f"{project}unit_id",
        "overseer": f"{project}unit__parent_id",
        "authors": f"{way}drafted_by_id",
        "regions": f"{project}unit__region",
    }
    return readable_by(member, "goal_version", columns=columns)


class GoalQuerySet(models.QuerySet[Any]):
    """Versions of goals."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view: approved ones, and what is theirs to draft or examine."""
        return self.filter(_as_goals(member, way=""))

    def approved(self) -> Self:
        """Approved ones, replaced ones too."""
        return self.filter(stage="approved")

    def in_force(self) -> Self:
        """Approved and not replaced by an approved adjustment."""
        later = self.model._default_manager.filter(stage="approved", replaces=OuterRef("pk"))
        return self.approved().filter(~Exists(later))

    def in_force_on(self, day: date) -> Self:
        """Approved by a day and not replaced by it."""
        later = self.model._default_manager.filter(
            stage="approved", approved_on__lte=day, replaces=OuterRef("pk")
        )
        return self.approved().filter(~Exists(later), approved_on__lte=day)

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("project__unit__region", "drafted_by")


class OfGoalQuerySet(models.QuerySet[Any]):
    """What is part of a version of goals."""

    def visible_to(self, member: Member) -> Self:
        """Those of the versions that the member may view."""
        return self.filter(_as_goals(member, way="version__"))

    def in_force(self) -> Self:
        """Those of approved versions that no approved adjustment replaced."""
        later = Q(version__adjustments__stage="approved")
        return self.filter(version__stage="approved").filter(~later)


class MappingQuerySet(models.QuerySet[Any]):
    """Saved mappings of columns."""

    def visible_to(self, member: Member) -> Self:
        """Those of the own organisation."""
        return self.filter(
            readable_by(member, "saved_mapping", columns={"owner": "organisation_id"})
        )


class DeliveryQuerySet(models.QuerySet[Any]):
    """Files that brought facts."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {
            "owner": "organisation_id",
            "stage": "stage",
            "regions": "organisation__region",
        }
        return self.filter(readable_by(member, "delivery", columns=columns))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("organisation__region")


class FactQuerySet(models.QuerySet[Any]):
    """Facts of one kind."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {
            "stage": "project__stage",
            "owner": "unit_id",
            "overseer": "unit__parent_id",
            "regions": "unit__region",
        }
        return self.filter(readable_by(member, self.model.KIND, columns=columns))

    def standing(self) -> Self:
        """Those that no later row corrects."""
        later = self.model._default_manager.filter(
            identity=OuterRef("identity"), corrects=OuterRef("fingerprint"), id__gt=OuterRef("id")
        )
        return self.filter(~Exists(later))


class PromisedQuerySet(FactQuerySet):
    """Targets and plans that files told."""

    def visible_to(self, member: Member) -> Self:
        """Those of the projects that the member may view."""
        return self.filter(as_its_project(member))


class SettlementQuerySet(models.QuerySet[Any]):
    """Which readings stand."""

    def visible_to(self, member: Member) -> Self:
        """Those of the projects that the member may view."""
        return self.filter(as_its_project(member, way="reading__project__"))


class EvidenceQuerySet(models.QuerySet[Any]):
    """What readings rest on; a file is read by its own class besides."""

    def visible_to(self, member: Member) -> Self:
        """Those of the projects that the member may view."""
        return self.filter(as_its_project(member, way="reading__project__"))


class CollectionQuerySet(models.QuerySet[Any]):
    """Calls for readings."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {
            "owner": "organisation_id",
            "stage": "stage",
            "regions": "organisation__region",
        }
        return self.filter(readable_by(member, "collection", columns=columns))


class SubmissionQuerySet(models.QuerySet[Any]):
    """Answers to calls for readings."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        columns = {
            "owner": "unit_id",
            "overseer": "unit__parent_id",
            "regions": "unit__region",
        }
        return self.filter(readable_by(member, "submission", columns=columns))


def _as_alert(member: Member, *, way: str) -> Q:
    columns = {
        "stage": f"{way}stage",
        "label": f"{way}label",
        "owner": f"{way}project__unit_id",
        "overseer": f"{way}project__unit__parent_id",
        "regions": f"{way}project__unit__region",
    }
    return readable_by(member, "alert", columns=columns)


class AlertQuerySet(models.QuerySet[Any]):
    """Alerts."""

    def visible_to(self, member: Member) -> Self:
        """Those that the member may view."""
        return self.filter(_as_alert(member, way=""))

    def overseen_by(self, member: Member) -> Self:
        """Those of the projects that the member answers for or oversees."""
        return self.filter(overseen(member))

    def with_facts(self) -> Self:
        """With all that the charter asks about them, in the same query."""
        return self.select_related("project__unit__region").prefetch_related(self._steps())

    def _steps(self) -> "Prefetch[Any]":
        """Its steps with who did them, in their order, in one query."""
        steps = self.model._meta.get_field("steps").related_model._default_manager
        return Prefetch("steps", steps.select_related("office__person").order_by("id"))


class OfAlertQuerySet(models.QuerySet[Any]):
    """What was done to alerts."""

    def visible_to(self, member: Member) -> Self:
        """Those of the alerts that the member may view."""
        return self.filter(_as_alert(member, way="alert__"))
