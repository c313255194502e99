"""Draws as deeds: announced with everybody who takes part, held once the log gives their seed."""

from dataclasses import dataclass
from datetime import date

from gongzhi.core.charter import Member
from gongzhi.core.charter.asking import PartyKind
from gongzhi.core.evaluating.drawing import lots_of
from gongzhi.core.evaluating.rules import EvaluationKind
from gongzhi.core.sealed import canonical, digest
from gongzhi.core.terms import FiscalYear, Said
from gongzhi.cycle.actions.evaluations import NO_KIND, Assignment, choose_evaluation
from gongzhi.cycle.actions.rechecks import (
    SampleAnnouncement,
    choose_sampled,
    frame_of,
    sample_to_be,
    sampled_by,
)
from gongzhi.cycle.candidates import obstacles_of
from gongzhi.cycle.draw_seeds import seed_of
from gongzhi.cycle.models import Draw, Evaluation, Project
from gongzhi.parties.deeds import act
from gongzhi.parties.models import Organisation
from gongzhi.parties.unsuitable import NO_REASON, Unsuitable
from gongzhi.rules.packs.evaluation import load_evaluation

# Who is drawn by lot: those outside, whose existence here means that they were admitted.
DRAWN_FROM = (PartyKind.EVALUATOR, PartyKind.SOCIAL)
COUNT_MAX = 5
NO_POOL = Said("没有可以抽取的评价方：都有独立性的障碍，或者已经在评价")
WRONG_COUNT = Said("抽取的个数应在 1 与 {most} 之间")
NOT_YET = Said("抽签公告还没有进入存证的检查点，稍后再抽")


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """What is drawn: evaluators of a kind for a project and year, so many, and why."""

    project: Project
    fiscal_year: FiscalYear
    kind: str
    count: int
    pack: str
    because: str


def announce_draw(
    *,
    by: Member,
    announcement: Announcement | SampleAnnouncement,
    commissioner: Organisation,
    key: str | None = None,
) -> Draw:
    """Say that evaluators, or self-evaluations to check, are drawn by lot, and among which.

    The seed comes of the log after it.
    """
    draw = _to_be(announcement, commissioner=commissioner)
    with act(by, "announce_draw", on=draw.thing(), key=key) as record:
        draw.pool = _taking_part(announcement, draw, today=record.business_date)
        draw.announced_on = record.business_date
        draw.save()
        record["draw"] = str(draw.pk)
        if draw.project_id:
            record["project"] = str(draw.project_id)
        if draw.evaluator_id:
            record["organisation"] = str(draw.evaluator_id)
        record["fiscal_year"] = draw.fiscal_year
        record["kind"] = draw.kind
        record["count"] = draw.count
        record["pool"] = digest(canonical(draw.pool))
        record["reason"] = draw.because
    return draw


def hold_draw(*, by: Member, draw: Draw, key: str | None = None) -> Draw:
    """Draw by the log's seed, and choose who was drawn; whatever the lots say stands."""
    with act(by, "hold_draw", on=draw, key=key) as record:
        seed = seed_of(draw)
        if seed is None:
            raise Unsuitable({"draw": NOT_YET})
        draw.seed, draw.checkpoint = seed.root, seed.size
        draw.lots = lots_by(draw)
        draw.stage, draw.drawn_on = Draw.Stage.DRAWN, record.business_date
        draw.save(update_fields=["seed", "checkpoint", "lots", "stage", "drawn_on"])
        record["seed"] = draw.seed
        record["size"] = seed.size
        record["drawn"] = list(draw.drawn())
        record.then(lambda: _choose(draw, by=by))
    return draw


def lots_by(draw: Draw) -> list[dict[str, object]]:
    """The lots of a draw, computed anew from its seed and its pool."""
    if draw.project is None:
        return sampled_by(draw)
    eligible = [each["code"] for each in draw.pool if not each["out"]]
    lots = lots_of(eligible, seed=draw.seed, thing=draw.project.code, count=draw.count)
    return [{"code": each.code, "lot": each.lot, "drawn": each.drawn} for each in lots]


def _taking_part(
    announcement: Announcement | SampleAnnouncement, draw: Draw, *, today: date
) -> list[dict[str, object]]:
    """Everybody and everything of the pool; raises Unsuitable where there is nothing to draw."""
    if isinstance(announcement, SampleAnnouncement):
        return frame_of(draw)
    kind = _drawable(announcement)
    pool = _pool(announcement, kind=kind, today=today)
    if all(each["out"] for each in pool):
        raise Unsuitable({"kind": NO_POOL})
    return pool


def _to_be(announcement: Announcement | SampleAnnouncement, *, commissioner: Organisation) -> Draw:
    if isinstance(announcement, SampleAnnouncement):
        return sample_to_be(announcement, commissioner=commissioner)
    project = announcement.project
    return Draw(
        project=project,
        evaluated=project.unit,
        fiscal_year=announcement.fiscal_year,
        kind=announcement.kind,
        commissioner=commissioner,
        label=project.label,
        pack=announcement.pack,
        because=announcement.because.strip(),
        count=announcement.count,
    )


def _drawable(announcement: Announcement) -> EvaluationKind:
    """The kind, if somebody outside can be drawn for it; raises Unsuitable otherwise."""
    kind = load_evaluation(announcement.pack).kind(announcement.kind)
    if kind is None or not kind.frame or not set(kind.parties) & set(DRAWN_FROM):
        raise Unsuitable({"kind": NO_KIND})
    if not 1 <= announcement.count <= COUNT_MAX:
        raise Unsuitable({"count": Said(WRONG_COUNT.text, {"most": COUNT_MAX})})
    if not announcement.because.strip():
        raise Unsuitable({"because": NO_REASON})
    return kind


def _pool(
    announcement: Announcement, *, kind: EvaluationKind, today: date
) -> list[dict[str, object]]:
    """Everybody of the kinds that may do it, and what keeps some of them out."""
    parties = [str(each) for each in kind.parties if each in DRAWN_FROM]
    everybody = list(Organisation.objects.filter(kind__in=parties).order_by("code"))
    found = obstacles_of(
        everybody,
        project=announcement.project,
        evaluated=announcement.project.unit,
        year=announcement.fiscal_year,
        kind=kind,
        rules=load_evaluation(announcement.pack),
        today=today,
    )
    busy = _at_it(announcement)
    return [
        {
            "code": each.code,
            "out": ["busy"] if each.pk in busy else [stands.code for stands in found[each.pk]],
        }
        for each in everybody
    ]


def _at_it(announcement: Announcement) -> frozenset[object]:
    """Who evaluates it already, as the same kind in the same year."""
    rows = Evaluation.objects.filter(
        project=announcement.project,
        fiscal_year=announcement.fiscal_year,
        kind=announcement.kind,
    )
    return frozenset(rows.that_stand().values_list("evaluator", flat=True))


def _choose(draw: Draw, *, by: Member) -> None:
    """Choose who was drawn to evaluate, or the projects that were drawn to be checked again."""
    if draw.project is None:
        choose_sampled(draw, by=by)
        return
    codes = list(draw.drawn())
    drawn = {each.code: each for each in Organisation.objects.filter(code__in=codes)}
    for code in codes:
        choose_evaluation(
            by=by,
            assignment=Assignment(
                project=draw.project,
                fiscal_year=draw.fiscal_year,
                kind=draw.kind,
                evaluator=drawn[code],
                pack=draw.pack,
                because=draw.because,
            ),
            commissioner=draw.commissioner,
        )
