"""Self-evaluations of projects from their facts, and the reasons where one says otherwise.

What is explained is kept with the version as it was then: the field, both values, the reason. A
place that has been explained needs no second reason as long as both values stay the same.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from gongzhi.core.charter import Member
from gongzhi.core.goals import DraftGoal
from gongzhi.core.monitoring import curves
from gongzhi.core.self_evaluating import (
    Difference,
    SelfEvaluation,
    Survey,
    differences,
    prefilled,
    self_evaluation_of_form,
)
from gongzhi.core.terms import FiscalYear, Form, FormType, Said
from gongzhi.cycle.followed import Followed, followed
from gongzhi.cycle.models import Evidence, Project
from gongzhi.cycle.official import filler_of, goals_by_project, words_by_project
from gongzhi.desk.sentences import said_as_json, said_from_json
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.monitoring import load_monitoring

REASON_MAX = 500
Surveys = Mapping[UUID, Mapping[str, Survey]]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsOf:
    """What the facts say of a project's year, as a self-evaluation without points.

    is_told: there is anything to hold a self-evaluation against; pack is that of the goals.
    """

    project: Project
    pack: str
    is_told: bool
    has_goals: bool
    facts: SelfEvaluation


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A place where a version says otherwise than the facts did, and why."""

    difference: Difference
    reason: str

    def as_record(self) -> dict[str, Any]:
        """Plain values, exact."""
        each = self.difference
        return {
            "field": each.field,
            "said": said_as_json(each.said),
            "fact": None if each.fact is None else str(each.fact),
            "stated": None if each.stated is None else str(each.stated),
            "reason": self.reason,
        }


def explained_from(record: Mapping[str, Any]) -> Explained:
    """What was kept of a difference."""
    field = record["field"]
    difference = Difference(
        field=field,
        said=said_from_json(record["said"]),
        fact=_held(field, record["fact"]),
        stated=_held(field, record["stated"]),
    )
    return Explained(difference=difference, reason=record["reason"])


def facts_of(
    projects: Sequence[Project], *, year: FiscalYear, on: date, reader: Member
) -> Iterator[FactsOf]:
    """What is known of the year of each project by a day, as far as the reader may read it."""
    chosen = [project.pk for project in projects]
    goals = goals_by_project(chosen, year=year, on=on)
    words = words_by_project(chosen, year=year, on=on, reader=reader)
    surveys = _surveys(chosen, goals, year=year, on=on, reader=reader)
    seen = followed(chosen, year=year, today=on)
    for project, each in zip(projects, seen, strict=True):
        goal = goals.get(project.pk, DraftGoal(project=project.name, year=year))
        found = prefilled(
            goal,
            facts=each.facts,
            curves=curves(each.plan, each.facts, today=on, degrees=_degrees(each)),
            pack=load_packs()[each.pack],
            by=filler_of(project),
            words=words.get(project.pk, {}),
            surveys=surveys.get(project.pk, {}),
        )
        yield FactsOf(
            project=project,
            pack=each.pack,
            is_told=project.pk in goals or found.money.total.adjusted is not None,
            has_goals=project.pk in goals,
            facts=found,
        )


def differs(
    form: Form, *, project: Project, year: FiscalYear, pack: str, on: date, reader: Member
) -> tuple[Difference, ...]:
    """Where a form about a project's year says otherwise than the facts; nowhere without facts."""
    if form.form_type is not FormType.SELF_EVALUATION:
        return ()
    (found,) = facts_of([project], year=year, on=on, reader=reader)
    if not found.is_told:
        return ()
    stated = self_evaluation_of_form(form)
    return differences(stated, facts=found.facts, pack=load_packs()[pack])


def unexplained(explained: Sequence[Mapping[str, Any]]) -> int:
    """How many of a version's differences lack their reason."""
    return sum(not each["reason"] for each in explained)


def explanations(
    found: Sequence[Difference], reasons: Mapping[str, str], *, unfinished: bool = False
) -> tuple[list[Explained], Mapping[str, Said]]:
    """Each difference with its reason by field; and the fields that lack one, or have too much.

    One that is kept unfinished may lack reasons: they are asked for before it is published.
    """
    kept: list[Explained] = []
    faults: dict[str, Said] = {}
    for each in found:
        reason = reasons.get(each.field, "").strip()
        if not reason and not unfinished:
            text = "{what}与事实不一致，请写明理由"
            faults[f"why-{each.field}"] = Said(text, {"what": each.said})
        elif len(reason) > REASON_MAX:
            faults[f"why-{each.field}"] = Said("最多 {most} 字", {"most": REASON_MAX})
        else:
            kept.append(Explained(difference=each, reason=reason))
    return kept, faults


def _degrees(each: Followed) -> Any:
    return load_monitoring(each.pack).words.shares


def _surveys(
    projects: Sequence[UUID],
    goals: Mapping[UUID, DraftGoal],
    *,
    year: FiscalYear,
    on: date,
    reader: Member,
) -> Surveys:
    """The last survey that each indicator's readings of the year rest on."""
    who = {
        (project, line.key): line.asked.who
        for project, goal in goals.items()
        for line in goal.indicators
        if line.asked is not None
    }
    rows = Evidence.objects.visible_to(reader).filter(
        kind=Evidence.Kind.SURVEY,
        added_on__lte=on,
        reading__project__in=projects,
        reading__ends_on__year=year,
        reading__corrected_by__isnull=True,
    )
    fields = ("reading__project_id", "reading__indicator", "asked", "answered", "method")
    found: dict[UUID, dict[str, Survey]] = {}
    ordered = rows.order_by("reading__ends_on", "id").values_list(*fields)
    for project, indicator, asked, answered, method in ordered:
        found.setdefault(project, {})[indicator] = Survey(
            who=who.get((project, indicator), ""), asked=asked, answered=answered, how=method
        )
    return found


def _held(field: str, kept: str | None) -> Decimal | str | None:
    """A value as it was compared: texts are those of texts, all others are figures."""
    head = field.partition("-")[0]
    if kept is None or head in ("goal", "name", "target", "done"):
        return kept
    return Decimal(kept)
