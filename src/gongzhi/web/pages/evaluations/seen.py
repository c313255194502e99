"""An evaluation as its page shows it: its way, its sheet, its papers, what was said against it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from gongzhi.core.charter import Member
from gongzhi.core.evaluating.stages import FALLEN_AWAY, WAY, EvaluationStage
from gongzhi.core.scoring.frame import Frame
from gongzhi.core.scoring.records import frame_from_record
from gongzhi.core.scoring.sheet import (
    Origin,
    ScoredLine,
    Sheet,
    SheetProblem,
    SheetScore,
    problems_of,
    score_sheet,
)
from gongzhi.core.terms import Said, Text
from gongzhi.cycle.declared import DECLARED, missing_of
from gongzhi.cycle.evaluated_facts import sheet_of
from gongzhi.cycle.models import Evaluation, EvaluationStep, Objection, ScoreSheet, WorkingPaper
from gongzhi.desk.models import Attachment
from gongzhi.parties.rights import charter_in_force
from gongzhi.rules.packs import load_packs
from gongzhi.rules.packs.evaluation import load_evaluation
from gongzhi.trust.seals import Seal
from gongzhi.web.shown import Stage as Station
from gongzhi.web.step_seals import step_seals

ORIGINS: Mapping[Origin, Said] = {
    Origin.COMPUTED: Said("由数据算出"),
    Origin.JUDGED: Said("评价人判断"),
    Origin.OVERRIDDEN: Said("改了计算值"),
    Origin.MISSING: Said("还没有打分"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMark:
    """A line of a sheet: its points, what was computed, and what is wrong with it."""

    number: int
    scored: ScoredLine
    origin: Said
    given: str
    reason: str
    problem: Said | None
    papers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownSheet:
    """A version of a sheet with its sum; an empty one tells nothing of its lines yet."""

    row: ScoreSheet | None
    score: SheetScore
    full: Decimal
    lines: tuple[ShownMark, ...]
    problems: tuple[SheetProblem, ...]
    earlier: tuple[ScoreSheet, ...]
    tells: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownPaper:
    """A working paper, the name of its line, and the files beside it that the reader may see."""

    row: WorkingPaper
    line: Text | None
    files: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownObjection:
    """An objection beside its answer, and the line that it is about."""

    row: Objection
    line: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStep:
    """A step that was taken, its name and its seal."""

    step: EvaluationStep
    name: Said
    seal: Seal | None


def kind_name(evaluation: Evaluation) -> Text:
    """What the pack calls the kind; its code where the pack has given it up."""
    kind = load_evaluation(evaluation.pack).kind(evaluation.kind)
    return kind.name if kind else Text(zh=evaluation.kind, en=evaluation.kind)


def stations(evaluation: Evaluation) -> list[Station]:
    """The way of an evaluation: what it passed, where it stands, what comes.

    Its steps are asked once, where they were fetched with it.
    """
    stage = EvaluationStage(evaluation.stage)
    way = [each for each in WAY if each is not EvaluationStage.OBJECTED or _is_objected(evaluation)]
    if stage in FALLEN_AWAY:
        way = [EvaluationStage.ASSIGNED, stage]
    at = way.index(stage)
    names = dict(Evaluation.Stage.choices)
    return [
        Station(
            name=str(names[each]),
            state="done" if number < at else "here" if number == at else "next",
            said="",
        )
        for number, each in enumerate(way)
    ]


def _is_objected(evaluation: Evaluation) -> bool:
    if evaluation.stage == EvaluationStage.OBJECTED:
        return True
    return any(step.verb == "object_to_evaluation" for step in evaluation.steps.all())


def declared_of(evaluation: Evaluation) -> list[tuple[Said, str]]:
    """What was declared, in its order."""
    held = evaluation.declared
    return [(name, held[code]) for code, name in DECLARED.items() if held.get(code)]


def lacking(evaluation: Evaluation) -> list[Said]:
    """What clause 5.5 asks for and isn't stated."""
    return [DECLARED[code] for code in missing_of(evaluation)]


def shown_sheet(
    member: Member,
    evaluation: Evaluation,
    *,
    given: Mapping[str, str],
    fresh: Sheet | None,
    filled: Sheet | None = None,
    papers: Iterable[ShownPaper],
) -> ShownSheet | None:
    """The sheet that the reader may see.

    `fresh` is an empty one to begin with, `filled` one that a paper filled in, not kept yet.
    """
    readable = ScoreSheet.objects.visible_to(member).filter(evaluation=evaluation)
    versions = list(readable.select_related("evaluation", "drafted_by").order_by("number"))
    row = versions[-1] if versions else None
    sheet = filled or (sheet_of(row) if row else fresh)
    if sheet is None:
        return None
    problems = problems_of(sheet)
    score = score_sheet(sheet, pack=load_packs()[evaluation.pack])
    by_line = Counter(each.row.line for each in papers)
    return ShownSheet(
        row=row,
        score=score,
        full=sheet.frame.full,
        lines=tuple(_marks(score, problems=problems, given=given, papers=by_line)),
        problems=problems,
        earlier=tuple(versions[:-1]),
        tells=row is not None or filled is not None,
    )


def _marks(
    score: SheetScore,
    *,
    problems: tuple[SheetProblem, ...],
    given: Mapping[str, str],
    papers: Counter[str],
) -> Iterator[ShownMark]:
    said = {problem.line: problem.said for problem in problems}
    for number, scored in enumerate(score.lines, start=1):
        code = scored.line.code
        kept = "" if scored.points is None else f"{scored.points.normalize():f}"
        yield ShownMark(
            number=number,
            scored=scored,
            origin=ORIGINS[scored.origin],
            given=given.get(f"mark-{code}", kept),
            reason=given.get(f"reason-{code}", scored.reason),
            problem=said.get(code),
            papers=papers[code],
        )


def shown_papers(member: Member, evaluation: Evaluation) -> list[ShownPaper]:
    """The working papers that the reader may see."""
    frame = frame_from_record(evaluation.frame)
    papers = list(WorkingPaper.objects.visible_to(member).filter(evaluation=evaluation))
    names = [f"working_paper:{row.pk}" for row in papers]
    files: dict[str, list[Attachment]] = defaultdict(list)
    if names:
        for each in Attachment.objects.visible_to(member, beside=names).order_by("id"):
            files[each.about].append(each)
    return [
        ShownPaper(row=row, line=line_name(frame, row.line), files=tuple(files[name]))
        for row, name in zip(papers, names, strict=True)
    ]


def shown_objections(member: Member, evaluation: Evaluation) -> list[ShownObjection]:
    """The objections that the reader may see, each beside its answer."""
    frame = frame_from_record(evaluation.frame)
    rows = Objection.objects.visible_to(member).filter(evaluation=evaluation)
    return [
        ShownObjection(row=row, line=line_name(frame, row.line))
        for row in rows.select_related("raised_by__organisation", "answered_by__organisation")
    ]


def shown_steps(member: Member, evaluation: Evaluation) -> Iterator[ShownStep]:
    """The steps with the seals of their deeds."""
    seal = step_seals(member, evaluation.thing())
    names = charter_in_force().verb_names
    steps = EvaluationStep.objects.visible_to(member).filter(evaluation=evaluation)
    for step in steps.select_related("office__organisation"):
        yield ShownStep(step=step, name=names.get(step.verb, Said(step.verb)), seal=seal(step.verb))


def line_name(frame: Frame, code: str) -> Text | None:
    """What the frame calls a line; None for none of its lines, as for the whole."""
    line = frame.line(code)
    return line.name if line else None


def closed_because(evaluation: Evaluation) -> str:
    """Why the reader doesn't see the sheet yet."""
    if evaluation.stage in (EvaluationStage.ASSIGNED, EvaluationStage.ACCEPTED):
        return _("评价还在进行。评分表和工作底稿在同一项目的各方评价都提交之前不打开。")
    if evaluation.stage == EvaluationStage.HANDED_IN:
        return _("已经提交。同一项目的各方评价都提交以后，平台同时打开。")
    if evaluation.stage in map(str, FALLEN_AWAY):
        return ""
    return _("评价意见先送被评价单位听取意见，作出结论后公开。")
