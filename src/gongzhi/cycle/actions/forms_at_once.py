"""A unit's self-evaluations of a year, many at once: drafted from facts or a file, published."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.self_evaluating import SelfEvaluation, scored
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.actions.forms import draft_form, publish_form
from gongzhi.cycle.drafts_of_year import lacking_in
from gongzhi.cycle.models import FormVersion, Project
from gongzhi.cycle.self_evaluating import facts_of
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import Unsuitable
from gongzhi.rules.packs import load_packs

NO_SHEETS: Mapping[UUID, SelfEvaluation] = MappingProxyType({})
NONE_CHOSEN = Said("没有选项目")
NOT_WHOLE = Said("“{name}”还有没有填或者没有写理由的地方，不能公开")


def draft_forms(
    *,
    by: Member,
    organisation: Organisation,
    fiscal_year: FiscalYear,
    projects: Sequence[Project],
    sheets: Mapping[UUID, SelfEvaluation] = NO_SHEETS,
    key: str | None = None,
) -> list[FormVersion]:
    """Keep a self-evaluation of each project as a draft: as the sheets state it, else as facts do.

    What lacks its reason or is empty stays so: it is asked for before anything is published.
    """
    with act(by, "draft_forms", on=organisation, key=key) as record:
        if not projects:
            raise Unsuitable({"project": NONE_CHOSEN})
        drafted = []
        today = record.business_date
        for known in facts_of(projects, year=fiscal_year, on=today, reader=by):
            stated = sheets.get(known.project.pk, known.facts)
            whole = scored(stated, pack=load_packs()[known.pack])
            version = draft_form(
                by=by,
                project=known.project,
                form=replace(whole.as_form(), fiscal_year=fiscal_year),
                fiscal_year=fiscal_year,
                pack=known.pack,
                unfinished=True,
            )
            drafted.append(version)
        record["fiscal_year"] = fiscal_year
        record["count"] = len(drafted)
    return drafted


def publish_forms(
    *,
    by: Member,
    organisation: Organisation,
    versions: Sequence[FormVersion],
    review: str,
    key: str | None = None,
) -> list[FormVersion]:
    """Publish the drafts that are whole, all or none; `review` says what was found in each."""
    with act(by, "publish_forms", on=organisation, key=key) as record:
        if not versions:
            raise Unsuitable({"version": NONE_CHOSEN})
        for version in versions:
            if lacking_in(version).any:
                named = {"name": version.project.name}
                raise Unsuitable({f"version-{version.pk}": Said(NOT_WHOLE.text, named)})
        published = [publish_form(by=by, version=each, review=review) for each in versions]
        record["count"] = len(published)
    return published
