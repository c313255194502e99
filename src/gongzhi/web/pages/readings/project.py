"""A project's readings: by indicator and month, all parties' side by side, and which one stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from gongzhi.core.charter import Member, Thing
from gongzhi.core.terms import Said
from gongzhi.cycle.answered import bringing_deeds
from gongzhi.cycle.long_codes import indicator_key
from gongzhi.cycle.models import (
    Evidence,
    GoalIndicator,
    Project,
    Reading,
    Settlement,
    TargetLine,
)
from gongzhi.cycle.settled import what_stands
from gongzhi.desk.models import Attachment
from gongzhi.parties.business_date import business_date
from gongzhi.parties.members import own_organisation
from gongzhi.parties.middleware import MemberRequest
from gongzhi.trust.seals import Seal, seals_of
from gongzhi.web.filled import Fault, new_key
from gongzhi.web.here import NEW, Here, Permitted, about
from gongzhi.web.pages.readings.grounds import SeenEvidence, grounds_of
from gongzhi.web.readable import readable_project

# On which footing an organisation reads; anybody may also bring a survey or figures from elsewhere.
FOOTINGS: Mapping[str, str] = {"social": "social", "enterprise": "enterprise"}
ELSEWHERE = (Reading.Source.SURVEY, Reading.Source.DATA)
FIELDS = (
    "indicator", "starts_on", "ends_on", "source", "value", "reason", "kind", "shows", "made_on",
    "file", "asked", "answered", "method",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenReading:
    """A reading with its seal, whether it stands, and what its reader may do with it."""

    row: Reading
    seal: Seal | None
    corrected: bool
    settled: Settlement | None
    disputed: bool
    correct: Permitted | None
    settle: Permitted | None
    show: Permitted | None
    grounds: Sequence[SeenEvidence]


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """An indicator by its key, with its name and its target."""

    key: str
    name: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenIndicator:
    """An indicator with what was read of it, the newest first."""

    name: str
    target: str
    readings: Sequence[SeenReading]


@require_safe
def project_readings(request: MemberRequest, project: UUID) -> HttpResponse:
    """What was read of a project, by whom and on what evidence."""
    return readings_page(request, readable_project(request, project))


def readings_page(
    request: MemberRequest,
    project: Project,
    *,
    form: str = "",
    faults: Mapping[str, Said] | None = None,
) -> HttpResponse:
    """The page; `form` is the one that was sent and had faults."""
    rows = list(_rows(request.member, project))
    new = reading_to_be(request.member, project)
    here = about(request, project, *rows, *([thing_to_be(new)] if new else []))
    indicators = _indicators(request.member, project)
    add = here["add_reading"]
    context: dict[str, Any] = {
        "project": project,
        "indicators": list(_seen(request.member, rows, indicators, here=here)),
        "kinds": Evidence.Kind.choices,
        "labels": Attachment.Label.choices,
        "choices": list(indicators.values()),
        "add": add,
        "sources": sources_for(request.member, project),
        "form": form,
        "faults": _faults(form, faults or {}),
        "given": request.POST,
        "today": business_date(),
        "key": new_key(),
    }
    return render(request, "pages/readings/project.html", context, status=422 if faults else 200)


def _faults(form: str, faults: Mapping[str, Said]) -> list[Fault]:
    """The faults of the form that was sent, each leading to its field."""
    return [
        Fault(what=said, field=f"{form}-{name}" if name in FIELDS else "")
        for name, said in faults.items()
    ]


def _rows(member: Member, project: Project) -> Iterable[Reading]:
    readable = Reading.objects.visible_to(member).filter(project=project)
    whole = readable.select_related("organisation", "project__unit__region", "corrected_by")
    return whole.order_by("indicator", "-ends_on", "organisation__code", "id")


def reading_to_be(member: Member, project: Project) -> Reading | None:
    """The next reading of the member's organisation; None for who has none."""
    own = own_organisation(member)
    return Reading(project=project, organisation=own) if own else None


def thing_to_be(new: Reading) -> Thing:
    """A reading as the charter is asked about it before it is there."""
    return replace(new.thing(), id=NEW)


def sources_for(member: Member, project: Project) -> list[tuple[str, str]]:
    """On which footings a member may read: as what they are, or from a survey or data."""
    own = own_organisation(member)
    if own is None:
        return []
    mine = "unit" if own.pk == project.unit_id else FOOTINGS.get(own.kind)
    chosen = ([mine] if mine else []) + list(ELSEWHERE)
    names = {value: str(label) for value, label in Reading.Source.choices}
    return [(str(each), names[str(each)]) for each in chosen]


def _indicators(member: Member, project: Project) -> Mapping[str, Called]:
    """What indicators are called, and their targets, by key: as files say, else as was approved."""
    told = TargetLine.objects.visible_to(member).standing().filter(project=project)
    lines = told.order_by("fiscal_year", "id")
    rows = GoalIndicator.objects.filter(version__project=project, version__stage="approved")
    ordered = rows.order_by("version__fiscal_year", "version__number", "position")
    called = [
        Called(
            key=indicator_key(each.indicator),
            name=each.name or each.indicator,
            target=each.target,
        )
        for each in lines
    ] + [Called(key=each.key, name=each.name, target=each.target) for each in ordered]
    return {each.key: each for each in called}


def _seen(
    member: Member, rows: Sequence[Reading], indicators: Mapping[str, Called], *, here: Here
) -> Iterable[SeenIndicator]:
    seals, settled, grounds = _seals(rows), _settlements(rows), grounds_of(member, rows)
    by_key: dict[str, list[Reading]] = {}
    for row in rows:
        by_key.setdefault(row.indicator, []).append(row)
    order = {key: number for number, key in enumerate(indicators)}
    for key in sorted(by_key, key=lambda key: (order.get(key, len(order)), key)):
        known = indicators.get(key)
        yield SeenIndicator(
            name=known.name if known else key,
            target=known.target if known else "",
            readings=[
                _one(
                    row,
                    by_key[key],
                    seal=seals.get(row.pk),
                    settled=settled,
                    grounds=grounds.get(row.pk, ()),
                    here=here,
                )
                for row in by_key[key]
            ],
        )


def _one(
    row: Reading,
    beside: Sequence[Reading],
    *,
    seal: Seal | None,
    settled: Mapping[UUID, Settlement],
    grounds: Sequence[SeenEvidence],
    here: Here,
) -> SeenReading:
    standing = not _is_corrected(row)
    others = [
        each
        for each in beside
        if each.ends_on == row.ends_on
        and each.organisation_id != row.organisation_id
        and not _is_corrected(each)
    ]
    decided = any(settled.get(each.pk) for each in (row, *others))
    return SeenReading(
        row=row,
        seal=seal,
        corrected=not standing,
        settled=settled.get(row.pk),
        disputed=standing and not decided and any(each.value != row.value for each in others),
        correct=here.on(row, "correct_reading") if standing else None,
        settle=here.on(row, "settle_readings") if standing and others else None,
        show=here.on(row, "add_evidence"),
        grounds=grounds,
    )


def _is_corrected(row: Reading) -> bool:
    return hasattr(row, "corrected_by")


def _settlements(rows: Sequence[Reading]) -> Mapping[UUID, Settlement]:
    """The readings that stand by a decision, each with it."""
    decisions = Settlement.objects.filter(reading__in=rows).order_by("id")
    return what_stands((each.reading_id, each.against, each) for each in decisions)


def _seals(rows: Sequence[Reading]) -> Mapping[UUID, Seal]:
    """The seal of the deed that brought each."""
    leaves = {key: deed.leaf for key, deed in bringing_deeds(rows).items()}
    seals = seals_of(set(leaves.values()))
    return {key: seals[leaf] for key, leaf in leaves.items()}
