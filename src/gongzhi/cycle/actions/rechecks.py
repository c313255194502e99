"""Which self-evaluations of a year are checked again: drawn by class and size, then assigned.

The frame of the sample is every published self-evaluation of the region on the day of the
announcement; a project with a red alert that year is checked without a lot.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.sampling import Checkable, Sampled, sample
from gongzhi.core.scoring.records import said_as_record
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.actions.evaluations import NO_KIND, Assignment, choose_evaluation
from gongzhi.cycle.models import Draw, Evaluation, FormVersion, Profile, Project, Watched
from gongzhi.cycle.panels import pack_for
from gongzhi.papers.record import form_from_record
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.rules.packs.folders import USUAL

RECHECK = "recheck"
RED = "red"
MYRIAD, UNITS = "万元", Decimal(10_000)
UNCLASSED = Said("未分类").text
NOTHING_TO_CHECK = Said("{year} 年度没有可以抽查的单位自评")
MUST = Said("当年有红色预警")


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleAnnouncement:
    """Of which year self-evaluations are checked again, by whom, and why."""

    fiscal_year: FiscalYear
    evaluator: Organisation
    because: str


def sample_to_be(announcement: SampleAnnouncement, *, commissioner: Organisation) -> Draw:
    """The sample that is announced, without what takes part in it."""
    return Draw(
        fiscal_year=announcement.fiscal_year,
        kind=RECHECK,
        commissioner=commissioner,
        evaluator=announcement.evaluator,
        label="public",
        pack=USUAL,
        because=announcement.because.strip(),
    )


def frame_of(draw: Draw) -> list[dict[str, object]]:
    """What takes part in a sample; raises Unsuitable where it can't be announced."""
    kind = load_evaluation(draw.pack).kind(RECHECK)
    assert draw.evaluator is not None, "a sample is given to somebody"
    if kind is None or draw.evaluator.kind not in kind.parties:
        raise Unsuitable({"evaluator": NO_KIND})
    if not draw.because:
        raise Unsuitable({"because": NO_REASON})
    found = list(_frame(draw))
    if not found:
        values = {"year": draw.fiscal_year}
        raise Unsuitable({"fiscal_year": Said(NOTHING_TO_CHECK.text, values)})
    return found


def sampled_by(draw: Draw) -> list[dict[str, object]]:
    """What is checked again, computed anew from the seed and the frame of the sample."""
    rules = load_evaluation(draw.pack).sampling
    things = (_checkable(each) for each in draw.pool)
    return [_as_record(each) for each in sample(things, rules=rules, seed=draw.seed)]


def choose_sampled(draw: Draw, *, by: Member) -> None:
    """Assign a re-check of each that was drawn, but of what the evaluator can't check."""
    assert draw.evaluator is not None, "a sample is given to somebody"
    codes = list(draw.drawn())
    for project in Project.objects.filter(code__in=codes).select_related("unit__region"):
        if project.unit_id == draw.evaluator_id:
            continue
        choose_evaluation(
            by=by,
            assignment=Assignment(
                project=project,
                fiscal_year=draw.fiscal_year,
                kind=RECHECK,
                evaluator=draw.evaluator,
                pack=pack_for(project, year=draw.fiscal_year),
                because=draw.because,
            ),
            commissioner=draw.commissioner,
        )


def _frame(draw: Draw) -> Iterator[dict[str, object]]:
    """The published self-evaluations of the region that nobody checks again yet."""
    forms = FormVersion.objects.current().self_evaluations()
    mine = forms.filter(fiscal_year=draw.fiscal_year, stage="published")
    within = mine.filter(project__unit__region__in=_regions(draw.commissioner))
    busy = Evaluation.objects.filter(kind=RECHECK, fiscal_year=draw.fiscal_year)
    free = within.exclude(project__in=busy.that_stand().values("project"))
    rows = list(free.select_related("project").order_by("project__code"))
    projects = [row.project_id for row in rows]
    groups = dict(
        Profile.objects.newest().filter(project__in=projects).values_list("project", "category")
    )
    watched = Watched.objects.filter(project__in=projects, fiscal_year=draw.fiscal_year)
    seen = {row.project_id: row for row in watched.defer("curves", "signals", "forecasts")}
    for row in rows:
        known = seen.get(row.project_id)
        amount = known.budget if known and known.budget is not None else _budget_of(row)
        yield {
            "code": row.project.code,
            "group": groups.get(row.project_id) or UNCLASSED,
            "amount": str(amount),
            "must": known is not None and known.level == RED,
        }


def _regions(commissioner: Organisation) -> list[object]:
    """The commissioner's region, and those within it."""
    own = commissioner.region
    within = type(own)._default_manager.filter(ancestors__contains=[str(own.pk)])
    return [own.pk, *within.values_list("pk", flat=True)]


def _budget_of(row: FormVersion) -> Decimal:
    """The year's budget as the form says it, in units of the currency; nothing where it doesn't."""
    form = form_from_record(row.record)
    budget = form.budget or Decimal(0)
    return budget * UNITS if form.money_unit == MYRIAD else budget


def _checkable(each: dict[str, object]) -> Checkable:
    return Checkable(
        code=str(each["code"]),
        group=str(each["group"]),
        amount=Decimal(str(each["amount"])),
        must=MUST if each["must"] else None,
    )


def _as_record(each: Sampled) -> dict[str, object]:
    said = said_as_record(each.said)
    return {"code": each.code, "lot": each.lot, "drawn": True, "said": said}
