"""The self-evaluations of a unit's year, draft by draft: which are due, and what each lacks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.self_evaluating import Missing, missing, self_evaluation_of_form
from gongzhi.core.terms import FiscalYear
from gongzhi.cycle.models import DRAFTS, FormVersion, Project
from gongzhi.cycle.self_evaluating import unexplained
from gongzhi.cycle.self_evaluations_due import SELF_EVALUATION, unpublished
from gongzhi.papers.record import form_from_record
from gongzhi.parties.models import Organisation


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What a draft lacks: places that nobody filled in, and reasons that nobody wrote."""

    places: tuple[Missing, ...] = ()
    reasons: int = 0

    @property
    def any(self) -> bool:
        """Whether it isn't whole yet."""
        return bool(self.places) or self.reasons > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OfProject:
    """A project whose self-evaluation isn't published, with its draft if there is one."""

    project: Project
    draft: FormVersion | None
    lacking: Lacking

    @property
    def is_whole(self) -> bool:
        """Whether it may be published as it is."""
        return self.draft is not None and self.draft.stage == "draft" and not self.lacking.any


def lacking_in(version: FormVersion) -> Lacking:
    """What a draft lacks before it is whole."""
    sheet = self_evaluation_of_form(form_from_record(version.record))
    return Lacking(
        places=tuple(missing(sheet)),
        reasons=unexplained(version.explained),
    )


def drafts_of_year(member: Member, unit: Organisation, *, year: FiscalYear) -> Iterator[OfProject]:
    """The unit's projects that owe one still, in the order of their codes."""
    projects = unpublished(year, Project.objects.visible_to(member).filter(unit=unit))
    rows = FormVersion.objects.visible_to(member).filter(
        project__unit=unit, fiscal_year=year, form_type=SELF_EVALUATION, stage__in=DRAFTS
    )
    drafts: Mapping[UUID, Any] = {row.project_id: row for row in rows.with_facts()}
    for project in projects.select_related("unit__region").order_by("code"):
        draft = drafts.get(project.pk)
        lacking = lacking_in(draft) if draft else Lacking()
        yield OfProject(project=project, draft=draft, lacking=lacking)
